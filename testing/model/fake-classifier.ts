import { WINDOW_LENGTH } from "../../signal/events.ts";
import type { Classifier } from "../../model/classifier.ts";

const EMBEDDING_SIZE = 2;
const STATE_SIZE = 3;

/**
 * A classifier for tests, with no weights: what it says of a beat depends on the beat's window and features and, through
 * the state, on all of the bed's beats before it and their order; never on the other rows of a call.
 */
export function createFakeClassifier(featureCount: number): Classifier {
  return {
    info: {
      name: "fake",
      hash: "fake00000000",
      engine: "fake",
      classes: ["N", "S", "V", "F"],
      windowLength: WINDOW_LENGTH,
      featureCount,
      embeddingSize: EMBEDDING_SIZE,
      stateSize: STATE_SIZE,
    },
    async encode(windows, count) {
      const embeddings = new Float32Array(count * EMBEDDING_SIZE);
      for (let row = 0; row < count; row++) {
        const window = windows.subarray(row * WINDOW_LENGTH, (row + 1) * WINDOW_LENGTH);
        embeddings[row * EMBEDDING_SIZE] = Math.tanh(weightedMean(window, 1));
        embeddings[row * EMBEDDING_SIZE + 1] = Math.tanh(weightedMean(window, 7));
      }
      return embeddings;
    },
    async step(embeddings, features, state, count) {
      const probabilities = new Float32Array(count * 4);
      const next = new Float32Array(count * STATE_SIZE);
      for (let row = 0; row < count; row++) {
        const [a, b] = embeddings.subarray(row * EMBEDDING_SIZE, (row + 1) * EMBEDDING_SIZE);
        const c = Math.tanh(weightedMean(features.subarray(row * featureCount, (row + 1) * featureCount), 3));
        const [s0, s1, beats] = state.subarray(row * STATE_SIZE, (row + 1) * STATE_SIZE);
        const n0 = Math.sin(0.7 * s0 - 1.3 * s1 + a + 0.1 * c + 0.01 * beats);
        const n1 = Math.cos(0.4 * s1 + 0.9 * s0 + b - c);
        next.set([n0, n1, beats + 1], row * STATE_SIZE);
        probabilities.set(softmax([1 + a - n0, b * n1, n0 + c, n0 * n1 - 1]), row * 4);
      }
      return { probabilities, state: next };
    },
    close: async () => {},
  };
}

function weightedMean(values: Float32Array, stride: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * (((i * stride) % 11) - 5);
  return values.length === 0 ? 0 : sum / values.length;
}

function softmax(logits: readonly number[]): number[] {
  const exponentials = logits.map(Math.exp);
  const sum = exponentials.reduce((a, b) => a + b, 0);
  return exponentials.map((value) => value / sum);
}
