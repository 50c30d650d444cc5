import type { Classifier } from "../model/classifier.ts";
import { type EngineName, loadClassifier } from "../model/load.ts";
import { whatIsMissing } from "../model/tensorflow/place.ts";
import { readConfig } from "../server/config.ts";

/**
 * Milliseconds of one encode and one step call of the live model by engine and batch size, medians:
 * `npm run bench -- engines`. tfjs-node is measured where `npm run setup:tensorflow` has put it in place.
 */
const BATCHES = [1, 8, 32, 64];
const WARM_UP_CALLS = 20;
const CALLS = 201;

async function median(call: () => Promise<unknown>): Promise<number> {
  for (let i = 0; i < WARM_UP_CALLS; i++) await call();
  const times: number[] = [];
  for (let i = 0; i < CALLS; i++) {
    const start = performance.now();
    await call();
    times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[(CALLS - 1) / 2];
}

async function measure(classifier: Classifier, batch: number): Promise<string> {
  const { engine, windowLength, featureCount, stateSize } = classifier.info;
  const wave = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => Math.sin(i * 0.37));
  const windows = wave(batch * windowLength);
  const features = wave(batch * featureCount);
  const state = wave(batch * stateSize);
  const embeddings = await classifier.encode(windows, batch);
  const encodeMs = await median(() => classifier.encode(windows, batch));
  const stepMs = await median(() => classifier.step(embeddings, features, state, batch));
  const beatsPerSecond = Math.round((1000 * batch) / (encodeMs + stepMs));
  return `| ${engine} | ${batch} | ${encodeMs.toFixed(3)} | ${stepMs.toFixed(3)} | ${beatsPerSecond} |`;
}

const engines: EngineName[] = ["onnx", "tfjs-node"];
console.log("| engine | batch | encode, ms | step, ms | beats/s |\n| --- | --- | --- | --- | --- |");
for (const engine of engines) {
  const missing = engine === "tfjs-node" ? whatIsMissing() : null;
  if (missing) {
    console.log(`\n${engine} left out: ${missing}`);
    continue;
  }
  const classifier = await loadClassifier(readConfig().MODEL, engine);
  for (const batch of BATCHES) console.log(await measure(classifier, batch));
  await classifier.close();
}
