import { JUDGED_CLASSES } from "../../../contracts/beat.ts";
import type { Classifier } from "../../classifier.ts";
import { GATE_INPUTS, gateInputs } from "../../gate/inputs.ts";
import { SCORED_CLASSES } from "../../../scoring/figures.ts";
import type { ScoredBeat } from "../../../scoring/reference.ts";
import { pairBeats, type Pairing } from "../../../scoring/score.ts";
import { argmax } from "../../../kit/argmax.ts";
import { probabilitiesOf } from "../figures.ts";
import type { TrainingRecord } from "../records/record.ts";

/** What became of a reading: 1 spoilt by noise, 0 not, −1 wrong anyway, which says nothing of noise. */
export type Fate = 1 | 0 | -1;

/** Readings of held-out beats. */
export interface Readings {
  readonly count: number;
  /** [count × GATE_INPUTS.length]. */
  readonly inputs: Float32Array;
  /** [count] of Fate. */
  readonly fates: Int8Array;
  /** [count]: 1 where the beat is V or was read so. */
  readonly ventricular: Uint8Array;
}

/** Readings of a recording as it is, of its scored beats, and of its noisy copies. */
export interface RecordReadings {
  readonly clean: Readings;
  readonly noisy: readonly Readings[];
}

interface Found extends ScoredBeat {
  readonly index: number;
}

const COUNT = GATE_INPUTS.length;
const CLASSES = JUDGED_CLASSES.length;

/**
 * What a classifier that has not seen the record reads in it and in its noisy copies. A beat's reading is spoilt where it is
 * wrong in the copy and right in the clean record, and where there is no beat.
 */
export async function readingsOf(
  classifier: Classifier,
  clean: TrainingRecord,
  copies: readonly TrainingRecord[],
): Promise<RecordReadings> {
  const records = [clean, ...copies];
  const probabilities = await probabilitiesOf(classifier, records, true);
  const pairings = records.map((record, index) => pair(record, probabilities[index]));
  const right = pairings[0].pairs.map(({ reference, found }) => found?.beatClass === reference.beatClass);
  const [own, ...noisy] = records.map((record, index) => {
    const isRight = index === 0 ? null : right;
    return collect(record, probabilities[index], fatesOf(pairings[index], isRight));
  });
  return { clean: own, noisy };
}

function pair(
  { reference, samples, samplingRateHz, count }: TrainingRecord,
  probabilities: Float32Array,
): Pairing<Found> {
  const found = Array.from({ length: count }, (_, index): Found => {
    const beatClass = JUDGED_CLASSES[argmax(probabilities, index * CLASSES, CLASSES)];
    return { index, sample: samples[index], beatClass };
  });
  return pairBeats(reference, found, { samplingRateHz });
}

interface Judged {
  readonly found: Found;
  readonly fate: Fate;
  readonly ventricular: boolean;
}

/** `right`: which of the reference's beats are read right in the clean record; null for that record itself. */
function fatesOf({ pairs, unpaired }: Pairing<Found>, right: readonly boolean[] | null): Judged[] {
  const judged: Judged[] = [];
  pairs.forEach(({ reference, found }, index) => {
    if (!found || !SCORED_CLASSES.some((name) => name === reference.beatClass)) return;
    const wrong = found.beatClass !== reference.beatClass;
    const fate = !wrong || right === null ? 0 : right[index] ? 1 : -1;
    judged.push({ found, fate, ventricular: reference.beatClass === "V" || found.beatClass === "V" });
  });
  for (const found of unpaired) judged.push({ found, fate: 1, ventricular: found.beatClass === "V" });
  return judged;
}

function collect(record: TrainingRecord, probabilities: Float32Array, judged: readonly Judged[]): Readings {
  const inputs = new Float32Array(judged.length * COUNT);
  const noiseWidth = record.noise.length / record.count;
  const featureWidth = record.features.length / record.count;
  judged.forEach(({ found: { index } }, row) => {
    const of = (values: Float32Array, width: number): Float32Array =>
      values.subarray(index * width, (index + 1) * width);
    const reading = {
      noise: of(record.noise, noiseWidth),
      features: of(record.features, featureWidth),
      probabilities: of(probabilities, CLASSES),
    };
    gateInputs(reading, inputs, row * COUNT);
  });
  return {
    count: judged.length,
    inputs,
    fates: Int8Array.from(judged, ({ fate }) => fate),
    ventricular: Uint8Array.from(judged, ({ ventricular }) => Number(ventricular)),
  };
}
