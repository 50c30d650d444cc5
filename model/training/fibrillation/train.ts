import { FIBRILLATION_FEATURES } from "../../../signal/waveform/fibrillation-features.ts";
import { fibrillationProbability, type FibrillationTrees } from "../../../signal/waveform/fibrillation-score.ts";
import { type Examples, fitTrees } from "./fit-trees.ts";
import type { PatientSeconds, Source } from "./patients.ts";

const COUNT = FIBRILLATION_FEATURES.length;
const FOLDS = 5;
/** What a source's seconds without and with fibrillation count together. */
const WEIGHT: Readonly<Record<Source, { readonly without: number; readonly with: number }>> = {
  cudb: { without: 10_000, with: 6000 },
  vfdb: { without: 10_000, with: 6000 },
  mitdb: { without: 10_000, with: 600 },
  noise: { without: 3000, with: 0 },
  "challenge-2015": { without: 15_000, with: 600 },
};

/** A patient's seconds in one source, judged by trees that know nothing of the patient. */
export interface HeldOutSeconds {
  readonly patient: string;
  readonly source: Source;
  readonly labels: readonly number[];
  readonly probabilities: readonly number[];
}

export interface TrainedFibrillation {
  readonly trees: FibrillationTrees;
  readonly heldOut: readonly HeldOutSeconds[];
}

/** Trees from all patients, and what those of five patient-wise folds say of the patients they have not seen. */
export function trainFibrillation(all: readonly PatientSeconds[], seed: number): TrainedFibrillation {
  const patients = [...new Set(all.map(({ patient }) => patient))];
  const foldOf = ({ patient }: PatientSeconds): number => patients.indexOf(patient) % FOLDS;
  const heldOut = Array.from({ length: FOLDS }, (_, fold) => {
    const trees = fitTrees(examplesOf(all.filter((one) => foldOf(one) !== fold)), seed);
    return all
      .filter((one) => foldOf(one) === fold && !one.isCopy)
      .map(({ patient, source, labels, features }) => ({
        patient,
        source,
        labels,
        probabilities: labels.map((__, row) => fibrillationProbability(features, row * COUNT, trees)),
      }));
  }).flat();
  return { trees: fitTrees(examplesOf(all), seed), heldOut };
}

/** A patient's seconds count for the root of how many there are: one with ten times as many tells three times as much. */
function examplesOf(all: readonly PatientSeconds[]): Examples {
  const counts = new Map<string, number>();
  const totals = new Map<string, number>();
  const add = (to: Map<string, number>, key: string, value: number): void =>
    void to.set(key, (to.get(key) ?? 0) + value);
  for (const { patient, labels } of all) for (const label of labels) add(counts, `${patient} ${label}`, 1);
  const share = (patient: string, label: number): number => (counts.get(`${patient} ${label}`) ?? 1) ** -0.5;
  for (const { patient, source, labels } of all) {
    for (const label of labels) add(totals, `${source} ${label}`, share(patient, label));
  }
  const rows = all.reduce((sum, { labels }) => sum + labels.length, 0);
  const features = new Float64Array(rows * COUNT);
  const labels = new Uint8Array(rows);
  const weights = new Float64Array(rows);
  let row = 0;
  for (const one of all) {
    features.set(one.features, row * COUNT);
    labels.set(one.labels, row);
    for (const label of one.labels) {
      const of = WEIGHT[one.source][label === 1 ? "with" : "without"];
      weights[row++] = (of * share(one.patient, label)) / (totals.get(`${one.source} ${label}`) ?? 1);
    }
  }
  return { features, labels, weights };
}
