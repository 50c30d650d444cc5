/** A database of PhysioNet, and what of it Bedside reads. */
export interface Database {
  readonly title: string;
  /** Folder within PhysioNet's `files/` tree. */
  readonly folder: string;
  readonly wanted: RegExp;
}

/** Both are under the Open Data Commons Attribution License 1.0; data/README.md has the citations. */
export const DATABASES: Readonly<Record<string, Database>> = {
  mitdb: {
    title: "MIT-BIH Arrhythmia Database 1.0.0",
    folder: "mitdb/1.0.0",
    wanted: /^(\d{3}\.(hea|dat|atr)|RECORDS|LICENSE\.txt)$/,
  },
  nstdb: {
    title: "MIT-BIH Noise Stress Test Database 1.0.0",
    folder: "nstdb/1.0.0",
    wanted: /^((bw|em|ma)\.(hea|dat)|LICENSE\.txt)$/,
  },
};
