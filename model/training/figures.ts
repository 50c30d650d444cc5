import type { Figures } from "../card/schema.ts";
import type { Classifier } from "../classifier.ts";
import { MODEL_CLASSES } from "../network/shape.ts";
import { FALSE_BEAT, type TrainingRecord } from "./record.ts";

/** Rows: the reference N S V F and "no beat"; columns: the classifier's N S V F and "not detected". */
export type Confusion = number[][];

const SIZE = MODEL_CLASSES.length + 1;
const NONE = MODEL_CLASSES.length;
const ENCODE_BATCH = 64;

export const emptyConfusion = (): Confusion =>
  Array.from({ length: SIZE }, () => Array.from({ length: SIZE }, () => 0));

export const addConfusions = (a: Confusion, b: Confusion): Confusion =>
  a.map((row, i) => row.map((n, j) => n + b[i][j]));

/** Classifies each record from its first beat on, as live, and compares with the truth; missed and false beats count. */
export async function confusionOf(classifier: Classifier, records: readonly TrainingRecord[]): Promise<Confusion> {
  const confusion = emptyConfusion();
  const { stateSize, featureCount, embeddingSize } = classifier.info;
  const embeddings: Float32Array[] = [];
  for (const record of records) embeddings.push(await encodeAll(classifier, record));
  const states = records.map(() => new Float32Array(stateSize));
  const longest = Math.max(...records.map((record) => record.count));
  for (let beat = 0; beat < longest; beat++) {
    const active = records.map((_, index) => index).filter((index) => beat < records[index].count);
    const inputs = new Float32Array(active.length * embeddingSize);
    const features = new Float32Array(active.length * featureCount);
    const state = new Float32Array(active.length * stateSize);
    active.forEach((index, row) => {
      inputs.set(embeddings[index].subarray(beat * embeddingSize, (beat + 1) * embeddingSize), row * embeddingSize);
      features.set(
        records[index].features.subarray(beat * featureCount, (beat + 1) * featureCount),
        row * featureCount,
      );
      state.set(states[index], row * stateSize);
    });
    const result = await classifier.step(inputs, features, state, active.length);
    active.forEach((index, row) => {
      states[index] = result.state.slice(row * stateSize, (row + 1) * stateSize);
      const label = records[index].labels[beat];
      const reference = label === FALSE_BEAT ? NONE : label;
      if (reference >= 0) confusion[reference][largest(result.probabilities, row * NONE)]++;
    });
  }
  for (const { missed } of records) missed.forEach((count, label) => (confusion[label][NONE] += count));
  return confusion;
}

/** Sensitivity, positive predictivity and F1 of each class. */
export function figuresOf(confusion: Confusion): Figures {
  const each = MODEL_CLASSES.map((_, k) => {
    const hits = confusion[k][k];
    const support = confusion[k].reduce((a, b) => a + b, 0);
    const called = confusion.reduce((sum, row) => sum + row[k], 0);
    return {
      se: support > 0 ? hits / support : null,
      ppv: called > 0 ? hits / called : null,
      f1: support + called > 0 ? (2 * hits) / (support + called) : null,
      support,
    };
  });
  const [N, S, V, F] = each;
  return { classes: { N, S, V, F }, meanF1: [N, S, V].reduce((sum, { f1 }) => sum + (f1 ?? 0), 0) / 3 };
}

async function encodeAll(classifier: Classifier, record: TrainingRecord): Promise<Float32Array> {
  const { windowLength, embeddingSize } = classifier.info;
  const all = new Float32Array(record.count * embeddingSize);
  for (let from = 0; from < record.count; from += ENCODE_BATCH) {
    const count = Math.min(ENCODE_BATCH, record.count - from);
    const windows = record.windows.subarray(from * windowLength, (from + count) * windowLength);
    all.set(await classifier.encode(windows, count), from * embeddingSize);
  }
  return all;
}

function largest(probabilities: Float32Array, at: number): number {
  let best = 0;
  for (let k = 1; k < MODEL_CLASSES.length; k++) if (probabilities[at + k] > probabilities[at + best]) best = k;
  return best;
}
