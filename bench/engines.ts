import { BedsideError } from "../contracts/errors.ts";
import { type EngineName, loadClassifier } from "../model/load.ts";
import { loadRowClassifier } from "../model/rows/load.ts";
import { readConfig } from "../server/config.ts";
import { type Cost, liveCost, rowsCost } from "./engines/cost.ts";

/**
 * What the models cost: parameters and operations from their layers, and milliseconds of a call and of a beat by engine
 * and batch size, medians, with the processor's time beside, which other work on the machine disturbs less: `npm run bench -- engines`. An engine that is not in place is said to be left out.
 */
const ENGINES: readonly EngineName[] = ["onnx", "tfjs-node", "tfjs-wasm"];
const BATCHES = [1, 32];
/** Until the compiler has done its part: a monitor runs for weeks. */
const WARM_UP_MS = 1000;
const WARM_UP_CALLS = 10;
const CALLS = 201;
/** A slow engine is called less often, but so often at least. */
const LEAST_CALLS = 15;
const PATIENCE_MS = 5000;

interface Bench {
  /** Milliseconds of a call for so many beats. */
  call(batch: number): () => Promise<unknown>;
  close(): Promise<void>;
}

/** Milliseconds of a call: the median, and the processor's time of all calls over their number. */
async function measure(call: () => Promise<unknown>): Promise<{ median: number; processor: number }> {
  const begun = performance.now();
  for (let i = 0; i < WARM_UP_CALLS || performance.now() - begun < WARM_UP_MS; i++) await call();
  const times: number[] = [];
  const before = process.cpuUsage();
  while (times.length < CALLS) {
    if (times.length >= LEAST_CALLS && performance.now() - begun > WARM_UP_MS + PATIENCE_MS) break;
    const start = performance.now();
    await call();
    times.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(before);
  const median = times.toSorted((a, b) => a - b)[times.length >> 1];
  return { median, processor: (user + system) / 1000 / times.length };
}

const wave = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => Math.abs(Math.sin(i * 0.37)));

/** A beat is one encode and one step, or both in one call where the engine has it, as the pipeline does. */
async function openLive(folder: string, engine: EngineName): Promise<Bench> {
  const classifier = await loadClassifier(folder, engine);
  const { windowLength, featureCount, stateSize } = classifier.info;
  return {
    call(batch) {
      const [windows, features, state] = [windowLength, featureCount, stateSize].map((width) => wave(batch * width));
      if (classifier.beat) return async () => classifier.beat?.(windows, features, state, batch);
      return async () => classifier.step(await classifier.encode(windows, batch), features, state, batch);
    },
    close: () => classifier.close(),
  };
}

async function openRows(folder: string, engine: EngineName): Promise<Bench> {
  const classifier = await loadRowClassifier(folder, engine);
  return {
    call(batch) {
      const rows = wave(batch * 187);
      return () => classifier.classify(rows, batch);
    },
    close: () => classifier.close(),
  };
}

const { MODEL, ROWS_MODEL } = readConfig();
const models: { name: string; cost: Promise<Cost>; open: (engine: EngineName) => Promise<Bench> }[] = [
  { name: "live", cost: liveCost(MODEL), open: (engine) => openLive(MODEL, engine) },
  { name: "rows", cost: rowsCost(ROWS_MODEL), open: (engine) => openRows(ROWS_MODEL, engine) },
];

console.log("| model | parameters | MFLOP a beat |\n| --- | --- | --- |");
for (const { name, cost } of models) {
  const { parameters, mflop } = await cost;
  console.log(`| ${name} | ${parameters.toLocaleString("en")} | ${mflop.toFixed(2)} |`);
}
console.log(
  "\n| model | engine | batch | ms a call | ms a beat | of the processor | beats/s |\n| --- | --- | --- | --- | --- | --- | --- |",
);
const leftOut = new Set<string>();
for (const { name, open } of models) {
  for (const engine of ENGINES) {
    const bench = await open(engine).catch((error: unknown) => {
      if (!(error instanceof BedsideError) || error.code !== "ENGINE_UNAVAILABLE") throw error;
      leftOut.add(`${engine} is left out: ${error.message}`);
      return null;
    });
    if (!bench) continue;
    for (const batch of BATCHES) {
      const { median, processor } = await measure(bench.call(batch));
      const perBeat = [median / batch, processor / batch].map((ms) => ms.toFixed(4));
      const figures = [median.toFixed(3), ...perBeat, Math.round((1000 * batch) / median)];
      console.log(`| ${name} | ${engine} | ${batch} | ${figures.join(" | ")} |`);
    }
    await bench.close();
  }
}
for (const line of leftOut) console.log(`\n${line}`);
