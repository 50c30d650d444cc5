import { recordFolds } from "../../data/splits.ts";
import { FEATURE_NAMES, type FeatureName } from "../../signal/beat/features.ts";
import type { FoldFigures } from "../card/live-schema.ts";
import { MODEL_CLASSES } from "../network/shape.ts";
import { type Confusion, scoreBeats, sumConfusions } from "../../scoring/score.ts";
import { cardFigures } from "./figures.ts";
import type { PreparedRecord } from "./records/prepare.ts";
import type { TrainingRecord } from "./records/record.ts";

/**
 * RR and width, and nothing else: after G. J. Saenz-Cogollo & M. Agelli, "Investigating feature selection and random
 * forests for inter-patient heartbeat classification", Algorithms 13(4):75 (2020), who found six features enough.
 */
export const FLOOR_FEATURES: readonly FeatureName[] = [
  "rr10",
  "rr80",
  "next80",
  "rrToNext",
  "qrsSpread",
  "qrsLikeness",
];

const CLASSES = MODEL_CLASSES.length;
const STEPS = 400;
const LEARNING_RATE = 0.05;
const MOMENTUM = 0.9;
const DECAY = 0.999;

/** Weights [classes × (features + 1)] of a multinomial logistic regression, the last of each row the offset. */
type Weights = Float64Array;

/** What a model must beat to be worth its cost: a logistic regression of FLOOR_FEATURES in the same record-wise folds. */
export function floorFigures(prepared: readonly PreparedRecord[], folds: number): FoldFigures {
  const records = prepared.map(({ clean }) => clean);
  const confusions = recordFolds(
    records.map(({ name }) => name),
    folds,
  ).flatMap(({ train, heldOut }) => {
    const weights = fitLogistic(records.filter(({ name }) => train.includes(name)));
    return records.filter(({ name }) => heldOut.includes(name)).map((record) => confusionOfRecord(weights, record));
  });
  return cardFigures(sumConfusions(confusions));
}

/** Full-batch gradient descent with Adam's steps (Kingma & Ba, ICLR 2015) on the weighted cross-entropy. */
function fitLogistic(records: readonly TrainingRecord[]): Weights {
  const width = FLOOR_FEATURES.length + 1;
  const beats = records.flatMap((record) =>
    Array.from(record.targets, (target, beat) => ({ target, inputs: inputsOf(record, beat) })).filter(
      ({ target }) => target >= 0,
    ),
  );
  const weights: Weights = new Float64Array(CLASSES * width);
  const first = new Float64Array(weights.length);
  const second = new Float64Array(weights.length);
  const gradient = new Float64Array(weights.length);
  for (let step = 1; step <= STEPS; step++) {
    gradient.fill(0);
    for (const { target, inputs } of beats) {
      const probabilities = softmax(weights, inputs);
      for (let k = 0; k < CLASSES; k++) {
        const error = probabilities[k] - (k === target ? 1 : 0);
        for (let i = 0; i < width; i++) gradient[k * width + i] += error * inputs[i];
      }
    }
    for (let i = 0; i < weights.length; i++) {
      const slope = gradient[i] / beats.length;
      first[i] = MOMENTUM * first[i] + (1 - MOMENTUM) * slope;
      second[i] = DECAY * second[i] + (1 - DECAY) * slope * slope;
      const scale = Math.sqrt(second[i] / (1 - DECAY ** step)) + 1e-8;
      weights[i] -= (LEARNING_RATE * first[i]) / (1 - MOMENTUM ** step) / scale;
    }
  }
  return weights;
}

function confusionOfRecord(weights: Weights, record: TrainingRecord): Confusion {
  const found = Array.from(record.samples, (sample, beat) => {
    const probabilities = softmax(weights, inputsOf(record, beat));
    return { sample, beatClass: MODEL_CLASSES[probabilities.indexOf(Math.max(...probabilities))] };
  });
  return scoreBeats(record.reference, found, { samplingRateHz: record.samplingRateHz });
}

const PLACES = FLOOR_FEATURES.map((name) => FEATURE_NAMES.indexOf(name));

function inputsOf({ features }: TrainingRecord, beat: number): Float64Array {
  const inputs = new Float64Array(PLACES.length + 1).fill(1);
  PLACES.forEach((place, i) => (inputs[i] = features[beat * FEATURE_NAMES.length + place]));
  return inputs;
}

function softmax(weights: Weights, inputs: Float64Array): Float64Array {
  const logits = new Float64Array(CLASSES);
  for (let k = 0; k < CLASSES; k++) {
    for (let i = 0; i < inputs.length; i++) logits[k] += weights[k * inputs.length + i] * inputs[i];
  }
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
