import { createRandom } from "../../../kit/random.ts";
import { shuffle } from "../../../kit/shuffle.ts";
import { type Learner, pointAt } from "./two-class.ts";

const ROUNDS = 60;
const BATCH = 32;
const LEARNING_RATE = 0.005;
const DECAY = 1e-4;

/**
 * A network of one hidden layer of ReLUs and a logistic output; `hidden` = 0: logistic regression. Cross-entropy by Adam
 * (D. P. Kingma & J. Ba, ICLR 2015) with decoupled weight decay. Plain loops: so small a network in batches of 32 takes
 * tfjs-node some 80 times as long.
 */
export const perceptron =
  (hidden: number): Learner =>
  (training, seed) => {
    const { labels, dimensions } = training;
    const random = createRandom(seed, `perceptron/${hidden}`);
    const network = new Network(dimensions, hidden, () => random.normal());
    const order = Array.from(labels, (_, i) => i);
    for (let round = 0; round < ROUNDS; round++) {
      shuffle(order, random);
      const rate = LEARNING_RATE * (1 - round / ROUNDS);
      for (let from = 0; from < order.length; from += BATCH) {
        const batch = order.slice(from, from + BATCH);
        for (const i of batch) network.learn(pointAt(training, i), labels[i]);
        network.step(rate, batch.length);
      }
    }
    return (asked) =>
      Uint8Array.from({ length: asked.length / dimensions }, (_, i) =>
        Number(network.logit(asked.subarray(i * dimensions, (i + 1) * dimensions)) > 0),
      );
  };

class Network {
  /** Rows of the hidden layer, each with its bias last; then the output's row with its bias. */
  private readonly weights: Float64Array;
  private readonly gradient: Float64Array;
  private readonly first: Float64Array;
  private readonly second: Float64Array;
  private readonly active: Float64Array;
  private readonly outputAt: number;
  private steps = 0;

  constructor(
    private readonly inputs: number,
    private readonly hidden: number,
    normal: () => number,
  ) {
    const last = hidden === 0 ? inputs : hidden;
    this.outputAt = hidden * (inputs + 1);
    const length = this.outputAt + last + 1;
    this.active = new Float64Array(last);
    this.weights = Float64Array.from({ length }, (_, i) => {
      const fanIn = i < this.outputAt ? inputs : last;
      return hidden === 0 ? 0 : normal() * Math.sqrt(2 / fanIn);
    });
    for (let k = 0; k < hidden; k++) this.weights[(k + 1) * (inputs + 1) - 1] = 0;
    this.weights[length - 1] = 0;
    this.gradient = new Float64Array(length);
    this.first = new Float64Array(length);
    this.second = new Float64Array(length);
  }

  logit(point: Float64Array): number {
    const { inputs, hidden, weights, active, outputAt } = this;
    if (hidden === 0) active.set(point);
    for (let k = 0; k < hidden; k++) {
      const at = k * (inputs + 1);
      let sum = weights[at + inputs];
      for (let i = 0; i < inputs; i++) sum += weights[at + i] * point[i];
      active[k] = Math.max(0, sum);
    }
    let sum = weights[outputAt + active.length];
    for (let k = 0; k < active.length; k++) sum += weights[outputAt + k] * active[k];
    return sum;
  }

  /** Adds a point's gradient. */
  learn(point: Float64Array, label: number): void {
    const error = 1 / (1 + Math.exp(-this.logit(point))) - label;
    const { inputs, hidden, weights, gradient, active, outputAt } = this;
    for (let k = 0; k < active.length; k++) gradient[outputAt + k] += error * active[k];
    gradient[outputAt + active.length] += error;
    for (let k = 0; k < hidden; k++) {
      if (active[k] === 0) continue;
      const back = error * weights[outputAt + k];
      const at = k * (inputs + 1);
      for (let i = 0; i < inputs; i++) gradient[at + i] += back * point[i];
      gradient[at + inputs] += back;
    }
  }

  step(rate: number, points: number): void {
    const { weights, gradient, first, second } = this;
    this.steps++;
    const scale = (rate * Math.sqrt(1 - 0.999 ** this.steps)) / (1 - 0.9 ** this.steps);
    for (let i = 0; i < weights.length; i++) {
      const slope = gradient[i] / points;
      first[i] = 0.9 * first[i] + 0.1 * slope;
      second[i] = 0.999 * second[i] + 0.001 * slope * slope;
      weights[i] -= (scale * first[i]) / (Math.sqrt(second[i]) + 1e-8) + rate * DECAY * weights[i];
      gradient[i] = 0;
    }
  }
}
