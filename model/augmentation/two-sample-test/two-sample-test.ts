import { BedsideError } from "../../../contracts/errors.ts";
import { createRandom } from "../../../kit/random.ts";
import { shuffle } from "../../../kit/shuffle.ts";
import { axesFor, fitPca, scoresOf } from "../gmm/pca.ts";
import { nearestNeighbours } from "./nearest-neighbours.ts";
import { perceptron } from "./perceptron.ts";
import type { LabelledPoints, Learner } from "./two-class.ts";

const LEARNERS = {
  logistic: perceptron(0),
  perceptron: perceptron(32),
  neighbours: nearestNeighbours,
} as const satisfies Record<string, Learner>;

export type LearnerName = keyof typeof LEARNERS;

export interface TwoSampleResult {
  /** Rows of each kind that were used. */
  readonly rows: number;
  /** Share of held-out rows that each learner puts right, 0 to 1; 0.5 is chance. */
  readonly accuracy: Readonly<Record<LearnerName, number>>;
  /** Of the learner that does best. */
  readonly best: number;
  /** 1.96 standard errors of an accuracy by chance with so many rows. */
  readonly margin: number;
}

const FOLDS = 5;
const VARIANCE_SHARE = 0.9995;
const MAX_AXES = 60;

/**
 * Classifier two-sample test of real and synthetic rows (D. Lopez-Paz & M. Oquab, ICLR 2017): as many of each, 5 folds, each held out once; learners see scores along principal axes of the training rows, scaled to unit
 * variance, which shows them small differences too. Rows: [n × length]. The real ones must not be what the generator was
 * fitted on. Throws BAD_ARGUMENT for fewer than 20 rows of a kind.
 */
export function twoSampleTest(
  real: Float32Array,
  synthetic: Float32Array,
  length: number,
  seed: number,
): TwoSampleResult {
  const rows = Math.min(real.length, synthetic.length) / length;
  if (rows < 20) throw new BedsideError("BAD_ARGUMENT", `${rows} rows of a kind are too few for a two-sample test`);
  const kinds = [real, synthetic].map((all, kind) => sample(all, length, rows, seed, kind));
  const hits: Record<LearnerName, number> = { logistic: 0, perceptron: 0, neighbours: 0 };
  for (let fold = 0; fold < FOLDS; fold++) {
    const part = (held: boolean): { rows: Float32Array; labels: Uint8Array } => {
      const chosen = kinds.map((all) => all.filter((_, i) => (i % FOLDS === fold) === held));
      const joined = new Float32Array(chosen.flat().length * length);
      chosen.flat().forEach((row, i) => joined.set(row, i * length));
      return { rows: joined, labels: Uint8Array.from(chosen.flatMap((own, kind) => own.map(() => kind))) };
    };
    const [training, test] = [part(false), part(true)];
    const pca = fitPca(training.rows, training.labels.length, length);
    const dimensions = axesFor(pca, VARIANCE_SHARE, MAX_AXES);
    const scaled = (values: Float32Array): Float64Array =>
      scoresOf(pca, values, dimensions).map((score, i) => score / Math.sqrt(pca.variances[i % dimensions] + 1e-12));
    const points: LabelledPoints = { values: scaled(training.rows), labels: training.labels, dimensions };
    const asked = scaled(test.rows);
    for (const [name, learn] of Object.entries(LEARNERS) as [LearnerName, Learner][]) {
      const said = learn(points, seed + fold)(asked);
      hits[name] += said.filter((label, i) => label === test.labels[i]).length;
    }
  }
  const share = (name: LearnerName): number => hits[name] / (2 * rows);
  const accuracy = { logistic: share("logistic"), perceptron: share("perceptron"), neighbours: share("neighbours") };
  return { rows, accuracy, best: Math.max(...Object.values(accuracy)), margin: 1.96 * Math.sqrt(0.25 / (2 * rows)) };
}

/** `count` of the rows, in an order drawn from the seed. */
function sample(all: Float32Array, length: number, count: number, seed: number, kind: number): Float32Array[] {
  const rows = Array.from({ length: all.length / length }, (_, i) => all.subarray(i * length, (i + 1) * length));
  return shuffle(rows, createRandom(seed, `two samples/${kind}`)).slice(0, count);
}
