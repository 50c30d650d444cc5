import type { Scalar, Tensor2D, Variable } from "@tensorflow/tfjs-node";
import { createRandom } from "../../../kit/random.ts";
import { GATE_INPUTS } from "../../gate/inputs.ts";
import type { GateWeights } from "../../gate/weights.ts";
import type { Tensorflow } from "../../tensorflow/load.ts";
import { learningRateAt, setLearningRate } from "../../fitting/schedule.ts";
import { shuffle } from "../../../kit/shuffle.ts";
import type { Readings } from "./readings.ts";

const UNITS = 16;
const BATCH = 512;
const SCHEDULE = { learningRate: 3e-3, epochs: 10 };
/** A V that is lost or made up costs alarms: it counts as so many readings. */
const VENTRICULAR_WEIGHT = 3;
const INPUTS = GATE_INPUTS.length;

/** Learns which readings noise has spoilt: weighted cross-entropy, Adam. Readings of fate −1 are left out. */
export function fitGate(tf: Tensorflow, all: readonly Readings[], seed: number): GateWeights {
  const random = createRandom(seed, "gate");
  const rows = all.flatMap(({ fates }, part) =>
    Array.from(fates, (fate, row) => ({ part, row, fate })).filter(({ fate }) => fate >= 0),
  );
  const { mean, deviation } = standard(all);
  const initial = (inputs: number, count: number): Float32Array =>
    Float32Array.from({ length: count }, () => random.normal() * Math.sqrt(2 / inputs));
  const kernel = tf.variable(tf.tensor2d(initial(INPUTS, INPUTS * UNITS), [INPUTS, UNITS]));
  const bias = tf.variable(tf.zeros([UNITS]));
  const output = tf.variable(tf.tensor2d(initial(UNITS, UNITS), [UNITS, 1]));
  const offset = tf.variable(tf.zeros([1]));
  const optimizer = tf.train.adam(SCHEDULE.learningRate);

  const batches = Math.floor(rows.length / BATCH);
  for (let epoch = 0; epoch < SCHEDULE.epochs; epoch++) {
    shuffle(rows, random);
    for (let batch = 0; batch < batches; batch++) {
      const chosen = rows.slice(batch * BATCH, (batch + 1) * BATCH);
      const inputs = new Float32Array(BATCH * INPUTS);
      const weights = new Float32Array(BATCH);
      chosen.forEach(({ part, row, fate }, place) => {
        const own = all[part].inputs.subarray(row * INPUTS, (row + 1) * INPUTS);
        for (let i = 0; i < INPUTS; i++) inputs[place * INPUTS + i] = (own[i] - mean[i]) / deviation[i];
        weights[place] = fate === 1 && all[part].ventricular[row] === 1 ? VENTRICULAR_WEIGHT : 1;
      });
      setLearningRate(optimizer, learningRateAt(epoch + batch / batches, SCHEDULE));
      tf.tidy(() => {
        const wanted = tf.tensor1d(chosen.map(({ fate }) => fate));
        const x = tf.tensor2d(inputs, [BATCH, INPUTS]);
        optimizer.minimize(() => {
          const logits = tf
            .relu(x.matMul(kernel as Variable & Tensor2D).add(bias))
            .matMul(output as Variable & Tensor2D);
          return tf.losses.sigmoidCrossEntropy(wanted, logits.add(offset).flatten(), tf.tensor1d(weights)) as Scalar;
        });
      });
    }
  }
  const columns = kernel.dataSync();
  const gate: GateWeights = {
    version: 1,
    inputs: [...GATE_INPUTS],
    mean: rounded(mean),
    deviation: rounded(deviation),
    hidden: {
      weights: Array.from({ length: UNITS }, (_, unit) =>
        rounded(Array.from({ length: INPUTS }, (__, i) => columns[i * UNITS + unit])),
      ),
      bias: rounded(bias.dataSync()),
    },
    output: { weights: rounded(output.dataSync()), bias: offset.dataSync()[0] },
  };
  for (const variable of [kernel, bias, output, offset]) variable.dispose();
  optimizer.dispose();
  return gate;
}

/** Mean and standard deviation of each input. */
function standard(all: readonly Readings[]): { mean: Float64Array; deviation: Float64Array } {
  const sum = new Float64Array(INPUTS);
  const squares = new Float64Array(INPUTS);
  let count = 0;
  for (const { inputs } of all) {
    inputs.forEach((value, at) => {
      sum[at % INPUTS] += value;
      squares[at % INPUTS] += value * value;
    });
    count += inputs.length / INPUTS;
  }
  const mean = sum.map((value) => value / count);
  return { mean, deviation: squares.map((value, i) => Math.sqrt(Math.max(1e-6, value / count - mean[i] ** 2))) };
}

const rounded = (values: ArrayLike<number>): number[] => Array.from(values, (value) => Number(value.toPrecision(7)));
