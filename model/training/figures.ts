import { JUDGED_CLASSES } from "../../contracts/beat.ts";
import type { FoldFigures } from "../card/live-schema.ts";
import type { Classifier } from "../classifier.ts";
import { argmax } from "../../kit/argmax.ts";
import { figuresOf } from "../../scoring/figures.ts";
import type { Answer } from "../../scoring/calibration.ts";
import { type Confusion, scoreBeats, sumConfusions } from "../../scoring/score.ts";
import type { TrainingRecord } from "./records/record.ts";

const ENCODE_BATCH = 64;
const CLASSES = JUDGED_CLASSES.length;

/** Classifies each record from its first beat on, as live, and scores it against its reference. */
export async function confusionOf(classifier: Classifier, records: readonly TrainingRecord[]): Promise<Confusion> {
  return sumConfusions((await confusionsOf(classifier, records, true)).confusions);
}

/** The same record by record, with the probabilities, [count × 4] each; without `context` each beat is a bed's first. */
export async function confusionsOf(
  classifier: Classifier,
  records: readonly TrainingRecord[],
  context: boolean,
): Promise<{ confusions: Confusion[]; probabilities: Float32Array[] }> {
  const probabilities = await probabilitiesOf(classifier, records, context);
  const confusions = records.map(({ samplingRateHz, reference, samples }, index) => {
    const found = Array.from(samples, (sample, beat) => ({
      sample,
      beatClass: JUDGED_CLASSES[argmax(probabilities[index], beat * CLASSES, CLASSES)],
    }));
    return scoreBeats(reference, found, { samplingRateHz });
  });
  return { confusions, probabilities };
}

/** What was said of the beats that have a target. */
export function answersOf(records: readonly TrainingRecord[], probabilities: readonly Float32Array[]): Answer[] {
  return records.flatMap(({ targets }, record) =>
    Array.from(targets, (target, beat): Answer[] => {
      if (target < 0) return [];
      const [N, S, V, F] = probabilities[record].subarray(beat * CLASSES, (beat + 1) * CLASSES);
      return [{ truth: JUDGED_CLASSES[target], probabilities: { N, S, V, F } }];
    }).flat(),
  );
}

/** What the card keeps of a confusion. */
export function cardFigures(confusion: Confusion): FoldFigures {
  const { classes } = figuresOf(confusion).beats;
  const { N, S, V } = classes;
  return { classes, meanF1: [N, S, V].reduce((sum, { f1 }) => sum + (f1 ?? 0), 0) / 3 };
}

/** Each record's probabilities, [count × 4]; all records advance together, a beat a step. */
export async function probabilitiesOf(
  classifier: Classifier,
  records: readonly TrainingRecord[],
  context: boolean,
): Promise<Float32Array[]> {
  const { stateSize, featureCount, embeddingSize } = classifier.info;
  const embeddings: Float32Array[] = [];
  for (const record of records) embeddings.push(await encodeAll(classifier, record));
  const states = records.map(() => new Float32Array(stateSize));
  const probabilities = records.map(({ count }) => new Float32Array(count * CLASSES));
  const longest = Math.max(...records.map(({ count }) => count));
  for (let beat = 0; beat < longest; beat++) {
    const active = records.map((_, index) => index).filter((index) => beat < records[index].count);
    const inputs = new Float32Array(active.length * embeddingSize);
    const features = new Float32Array(active.length * featureCount);
    const state = new Float32Array(active.length * stateSize);
    active.forEach((index, row) => {
      const own = records[index].features.subarray(beat * featureCount, (beat + 1) * featureCount);
      inputs.set(embeddings[index].subarray(beat * embeddingSize, (beat + 1) * embeddingSize), row * embeddingSize);
      features.set(own, row * featureCount);
      state.set(states[index], row * stateSize);
    });
    const result = await classifier.step(inputs, features, state, active.length);
    active.forEach((index, row) => {
      if (context) states[index] = result.state.slice(row * stateSize, (row + 1) * stateSize);
      probabilities[index].set(result.probabilities.subarray(row * CLASSES, (row + 1) * CLASSES), beat * CLASSES);
    });
  }
  return probabilities;
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
