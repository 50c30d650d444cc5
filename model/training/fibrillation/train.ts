import { FIBRILLATION_FEATURES } from "../../../signal/waveform/fibrillation-features.ts";
import { fibrillationProbability } from "../../../signal/waveform/fibrillation-judge.ts";
import type { FibrillationWeights } from "../../../signal/waveform/fibrillation-weights.ts";
import { type Examples, fitLogistic } from "./fit-logistic.ts";
import type { PatientSeconds, Source } from "./patients.ts";

const COUNT = FIBRILLATION_FEATURES.length;
const FOLDS = 5;
/** What a source's seconds without and with fibrillation count together. */
const WEIGHT: Readonly<Record<Source, { readonly without: number; readonly with: number }>> = {
  cudb: { without: 10_000, with: 6000 },
  vfdb: { without: 10_000, with: 6000 },
  mitdb: { without: 10_000, with: 600 },
  "mitdb-in-noise": { without: 5000, with: 0 },
  noise: { without: 3000, with: 0 },
  "challenge-2015": { without: 15_000, with: 600 },
};

/** A patient's seconds in one source, judged by weights that know nothing of the patient. */
export interface HeldOutSeconds {
  readonly patient: string;
  readonly source: Source;
  readonly labels: readonly number[];
  readonly probabilities: readonly number[];
}

export interface TrainedFibrillation {
  readonly weights: FibrillationWeights;
  readonly heldOut: readonly HeldOutSeconds[];
}

/** Weights from all patients, and what those of five patient-wise folds say of the patients they have not seen. */
export function trainFibrillation(all: readonly PatientSeconds[]): TrainedFibrillation {
  const patients = [...new Set(all.map(({ patient }) => patient))];
  const foldOf = ({ patient }: PatientSeconds): number => patients.indexOf(patient) % FOLDS;
  const heldOut = Array.from({ length: FOLDS }, (_, fold) => {
    const weights = fitLogistic(examplesOf(all.filter((one) => foldOf(one) !== fold)));
    return all
      .filter((one) => foldOf(one) === fold)
      .map(({ patient, source, labels, features }) => ({
        patient,
        source,
        labels,
        probabilities: labels.map((__, row) => fibrillationProbability(weights, features, row * COUNT)),
      }));
  }).flat();
  return { weights: fitLogistic(examplesOf(all)), heldOut };
}

function examplesOf(all: readonly PatientSeconds[]): Examples {
  const totals = new Map<string, number>();
  const keyOf = (source: Source, label: number): string => `${source} ${label}`;
  for (const { source, labels } of all) {
    for (const label of labels) totals.set(keyOf(source, label), (totals.get(keyOf(source, label)) ?? 0) + 1);
  }
  return {
    features: Float64Array.from(all.flatMap(({ features }) => features)),
    labels: Uint8Array.from(all.flatMap(({ labels }) => labels)),
    weights: Float64Array.from(
      all.flatMap(({ source, labels }) =>
        labels.map(
          (label) => WEIGHT[source][label === 1 ? "with" : "without"] / (totals.get(keyOf(source, label)) ?? 1),
        ),
      ),
    ),
  };
}
