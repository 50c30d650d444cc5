/** A database of PhysioNet, and what of it Bedside reads. */
export interface Database {
  readonly title: string;
  /** Folder within PhysioNet's `files/` tree. */
  readonly folder: string;
  /** The list of its records, by PhysioNet's name for it. */
  readonly records: string;
  /** How many records it has as published. */
  readonly count: number;
  /** Files of records that are needed, within the folder. */
  readonly wanted: RegExp;
  /** Files needed beside the records; of several names the first that is there. */
  readonly beside: readonly (readonly string[])[];
}

/** All are under the Open Data Commons Attribution License 1.0; data/README.md has the citations. */
export const DATABASES: Readonly<Record<string, Database>> = {
  mitdb: {
    title: "MIT-BIH Arrhythmia Database 1.0.0",
    folder: "mitdb/1.0.0",
    records: "RECORDS",
    count: 48,
    wanted: /^\d{3}\.(hea|dat|atr)$/,
    beside: [],
  },
  nstdb: {
    title: "MIT-BIH Noise Stress Test Database 1.0.0, its noises",
    folder: "nstdb/1.0.0",
    records: "RECORDS",
    count: 3,
    wanted: /^(bw|em|ma)\.(hea|dat)$/,
    beside: [],
  },
  svdb: {
    title: "MIT-BIH Supraventricular Arrhythmia Database 1.0.0",
    folder: "svdb/1.0.0",
    records: "RECORDS",
    count: 78,
    wanted: /^8\d\d\.(hea|dat|atr)$/,
    beside: [],
  },
  "challenge-2015": {
    title: "PhysioNet/CinC Challenge 2015 1.0.0, false alarms in the ICU, the public records",
    folder: "challenge-2015/1.0.0",
    records: "training/RECORDS",
    count: 750,
    wanted: /^training\/[abftv]\d{3}[ls]\.(hea|dat|mat)$/,
    beside: [["training/ALARMS"]],
  },
  "challenge-2017": {
    title: "PhysioNet/CinC Challenge 2017 1.0.0, AF in short strips, the public records",
    folder: "challenge-2017/1.0.0",
    records: "training/RECORDS",
    count: 8528,
    wanted: /^training\/(A\d\d\/)?A\d{5}\.(hea|dat|mat)$/,
    beside: [["REFERENCE-v3.csv", "training/REFERENCE.csv"]],
  },
  cudb: {
    title: "Creighton University Ventricular Tachyarrhythmia Database 1.0.0",
    folder: "cudb/1.0.0",
    records: "RECORDS",
    count: 35,
    wanted: /^cu\d\d\.(hea|dat|atr)$/,
    beside: [],
  },
  vfdb: {
    title: "MIT-BIH Malignant Ventricular Ectopy Database 1.0.0",
    folder: "vfdb/1.0.0",
    records: "RECORDS",
    count: 22,
    wanted: /^[46]\d\d\.(hea|dat|atr)$/,
    beside: [],
  },
  afdb: {
    title: "MIT-BIH Atrial Fibrillation Database 1.0.0, annotations and R peaks without the signals",
    folder: "afdb/1.0.0",
    records: "RECORDS",
    count: 25,
    wanted: /^\d{5}\.(hea|atr|qrs)$/,
    beside: [],
  },
};

/** What training and evaluating the live model need. */
export const DEFAULT_DATABASES: readonly string[] = ["mitdb", "nstdb", "svdb"];
