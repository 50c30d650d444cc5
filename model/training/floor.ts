import type { Tensor2D, Variable } from "@tensorflow/tfjs-node";
import { JUDGED_CLASSES } from "../../contracts/beat.ts";
import { recordFolds } from "../../data/splits/folds.ts";
import { scoreBeats } from "../../scoring/score.ts";
import { FEATURE_NAMES, type FeatureName } from "../../signal/beat/features.ts";
import type { Tensorflow } from "../tensorflow/load.ts";
import { type PooledFigures, pooledFigures } from "./folds.ts";
import type { PreparedRecord } from "./records/prepare.ts";
import type { TrainingRecord } from "./records/record.ts";
import { loadCopy } from "./records/stored.ts";

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

const PLACES = FLOOR_FEATURES.map((name) => FEATURE_NAMES.indexOf(name));
/** The features and a constant. */
const WIDTH = PLACES.length + 1;
const STEPS = 400;
const LEARNING_RATE = 0.05;

/** What a model must beat to be worth its cost: a logistic regression of FLOOR_FEATURES in the same record-wise folds. */
export async function floorFigures(
  tf: Tensorflow,
  prepared: readonly PreparedRecord[],
  folds: number,
): Promise<PooledFigures> {
  const records = await Promise.all(prepared.map(({ readings: [{ clean }] }) => loadCopy(clean)));
  const names = records.map(({ name }) => name);
  const scored = recordFolds(names, folds).flatMap(({ train, heldOut }) => {
    const kernel = fitLogistic(
      tf,
      records.filter(({ name }) => train.includes(name)),
    );
    const own = records
      .filter(({ name }) => heldOut.includes(name))
      .map((record) => {
        const called = tf.tidy(() =>
          inputsOf(tf, record, allBeats(record)).matMul<Tensor2D>(kernel).argMax(1).dataSync(),
        );
        const found = Array.from(record.samples, (sample, beat) => ({
          sample,
          beatClass: JUDGED_CLASSES[called[beat]],
        }));
        const confusion = scoreBeats(record.reference, found, { samplingRateHz: record.samplingRateHz });
        return { name: record.name, confusion };
      });
    kernel.dispose();
    return own;
  });
  return pooledFigures(scored);
}

/** Weights [WIDTH × classes] of a multinomial logistic regression, by full-batch gradient descent with Adam's steps. */
function fitLogistic(tf: Tensorflow, records: readonly TrainingRecord[]): Tensor2D {
  const kernel = tf.variable(tf.zeros([WIDTH, JUDGED_CLASSES.length])) as Variable & Tensor2D;
  const optimizer = tf.train.adam(LEARNING_RATE);
  tf.tidy(() => {
    const trained = records.map((record) => ({
      record,
      beats: allBeats(record).filter((beat) => record.targets[beat] >= 0),
    }));
    const inputs = tf.concat(trained.map(({ record, beats }) => inputsOf(tf, record, beats)));
    const targets = trained.flatMap(({ record, beats }) => beats.map((beat) => record.targets[beat]));
    const wanted = tf.oneHot(tf.tensor1d(targets, "int32"), JUDGED_CLASSES.length);
    for (let step = 0; step < STEPS; step++) {
      optimizer.minimize(() => tf.losses.softmaxCrossEntropy(wanted, inputs.matMul(kernel)).asScalar());
    }
  });
  optimizer.dispose();
  return kernel;
}

const allBeats = ({ count }: TrainingRecord): number[] => Array.from({ length: count }, (_, beat) => beat);

/** [beats × WIDTH]. */
function inputsOf(tf: Tensorflow, { features }: TrainingRecord, beats: readonly number[]): Tensor2D {
  const values = beats.flatMap((beat) => [...PLACES.map((place) => features[beat * FEATURE_NAMES.length + place]), 1]);
  return tf.tensor2d(values, [beats.length, WIDTH]);
}
