import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../server/config.ts";
import type { Classifier } from "../classifier.ts";
import { loadClassifier } from "../load.ts";
import { loadRowClassifier } from "../rows/load.ts";
import { leftOutWithoutTensorflow } from "../../testing/model/tensorflow.ts";
import { beatsForTests, type TestBeats } from "../../testing/model/random-beats.ts";

const LIVE = path.join(import.meta.dirname, "..", "artifacts", "live");
const ROWS = path.join(import.meta.dirname, "..", "artifacts", "rows");

/** Classifies each series of beats from its first on; all series advance together. */
async function classifySeries(classifier: Classifier, series: readonly TestBeats[]): Promise<Float32Array[]> {
  const { stateSize, embeddingSize } = classifier.info;
  const length = Math.min(...series.map((beats) => beats.windows.length));
  let state = new Float32Array(series.length * stateSize);
  const results: Float32Array[] = [];
  for (let beat = 0; beat < length; beat++) {
    const windows = joined(series.map((beats) => beats.windows[beat]));
    const features = joined(series.map((beats) => beats.features[beat]));
    const embeddings = await classifier.encode(windows, series.length);
    expect(embeddings.length).toBe(series.length * embeddingSize);
    const result = await classifier.step(embeddings, features, state, series.length);
    state = Float32Array.from(result.state);
    results.push(embeddings, result.probabilities, result.state);
  }
  return results;
}

const joined = (parts: readonly Float32Array[]): Float32Array => Float32Array.from(parts.flatMap((part) => [...part]));

describe("onnxruntime", () => {
  let classifier: Classifier;
  let beats: TestBeats;
  beforeAll(async () => {
    classifier = await loadClassifier(LIVE, "onnx");
    [beats] = await beatsForTests();
  });
  afterAll(() => classifier.close());

  it("gives a beat the same bits in batches of 1 to 64, in any order, in two calls or in one", async () => {
    const { stateSize, embeddingSize, featureCount } = classifier.info;
    const windows = joined(beats.windows.slice(0, 64));
    const features = joined(beats.features.slice(0, 64));
    const state = Float32Array.from({ length: 64 * stateSize }, (_, i) => Math.sin(i * 1.7));
    const embeddings = await classifier.encode(windows, 64);
    const stepped = await classifier.step(embeddings, features, state, 64);

    const pick = (all: Float32Array, rows: readonly number[], width: number): Float32Array =>
      joined(rows.map((row) => all.subarray(row * width, (row + 1) * width)));
    const orders = Array.from({ length: 64 }, (_, count) =>
      Array.from({ length: count + 1 }, (__, i) => (i * 37 + count) % 64),
    );
    for (const rows of orders) {
      const { length } = rows;
      const some = await classifier.encode(pick(windows, rows, 187), length);
      expect(some).toEqual(pick(embeddings, rows, embeddingSize));
      const result = await classifier.step(
        some,
        pick(features, rows, featureCount),
        pick(state, rows, stateSize),
        length,
      );
      expect(result.probabilities).toEqual(pick(stepped.probabilities, rows, 4));
      expect(result.state).toEqual(pick(stepped.state, rows, stateSize));
      const atOnce = await classifier.beat?.(
        pick(windows, rows, 187),
        pick(features, rows, featureCount),
        pick(state, rows, stateSize),
        length,
      );
      expect(atOnce).toEqual(result);
    }
  });

  it("tells beats apart, and remembers", async () => {
    const [once, again] = [await classifySeries(classifier, [beats]), await classifySeries(classifier, [beats])];
    expect(again).toEqual(once);
    const probabilities = once.filter((_, index) => index % 3 === 1);
    for (const row of probabilities) expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
    const forgetful = await classifier.step(
      once[once.length - 3],
      beats.features[beats.features.length - 1],
      new Float32Array(classifier.info.stateSize),
      1,
    );
    expect(forgetful.probabilities).not.toEqual(probabilities[probabilities.length - 1]);
  });
});

const withoutTensorflow = leftOutWithoutTensorflow("agreement of tfjs-node with onnxruntime");
describe.each(["tfjs-node", "tfjs-wasm"] as const)("%s", (engine) => {
  it.skipIf(engine === "tfjs-node" && withoutTensorflow)(
    "agrees with onnxruntime within 1e-4 over series of beats",
    async () => {
      const [onnx, tfjs] = await Promise.all([loadClassifier(LIVE, "onnx"), loadClassifier(LIVE, engine)]);
      expect(tfjs.info).toEqual({ ...onnx.info, engine });
      const series = await beatsForTests(readConfig().PHYSIONET_DIR);
      const expected = await classifySeries(onnx, series);
      const actual = await classifySeries(tfjs, series);
      // Relative where a value is beyond ± 1, as the LSTM's cells may be.
      const difference = (a: number, b: number): number => Math.abs(a - b) / Math.max(1, Math.abs(a));
      const largest = Math.max(
        ...expected.map((values, call) =>
          values.reduce((worst, value, i) => Math.max(worst, difference(value, actual[call][i])), 0),
        ),
      );
      const records = series.map(({ name }) => name).join(", ");
      console.log(`largest difference of ${engine} and onnx over ${records}: ${largest.toExponential(1)}`);
      expect(largest).toBeLessThanOrEqual(1e-4);
      await Promise.all([onnx.close(), tfjs.close()]);
    },
  );
});

it.skipIf(withoutTensorflow)("the engines of tfjs do not get into each other's way", async () => {
  const [node, wasm] = await Promise.all([loadClassifier(LIVE, "tfjs-node"), loadClassifier(LIVE, "tfjs-wasm")]);
  const [{ windows }] = await beatsForTests();
  const first = await node.encode(windows[0], 1);
  const other = await wasm.encode(windows[0], 1);
  const calls = [node.encode(windows[0], 1), wasm.encode(windows[0], 1), node.encode(windows[0], 1)];
  expect(await Promise.all(calls)).toEqual([first, other, first]);
  expect(other).not.toEqual(new Float32Array(other.length));
  await Promise.all([node.close(), wasm.close()]);
});

it("the row model on tfjs-wasm agrees with onnxruntime within 1e-4", async () => {
  const rows = Float32Array.from({ length: 40 * 187 }, (_, i) => Math.abs(Math.sin(i * 0.37) * Math.cos(i * 0.011)));
  const [onnx, wasm] = [await loadRowClassifier(ROWS, "onnx"), await loadRowClassifier(ROWS, "tfjs-wasm")];
  const [expected, actual] = [await onnx.classify(rows, 40), await wasm.classify(rows, 40)];
  const largest = Math.max(...expected.map((value, i) => Math.abs(value - actual[i])));
  console.log(`largest difference of tfjs-wasm and onnx over rows: ${largest.toExponential(1)}`);
  expect(largest).toBeLessThanOrEqual(1e-4);
  await Promise.all([onnx.close(), wasm.close()]);
});
