import { createMemoryBus } from "../bus/memory-bus.ts";
import { TOPICS } from "../contracts/topics.ts";
import { SYNTHETIC_BEDS } from "../data/synthetic/beds.ts";
import { syntheticRecord } from "../data/synthetic/record.ts";
import { loadClassifier } from "../model/load.ts";
import { readConfig } from "../server/config.ts";
import { runPipeline } from "../server/pipeline/pipeline.ts";
import { runSimulator } from "../simulator/simulator.ts";

/**
 * Bed-seconds of signal that one worker takes in a second of wall time, on the memory bus, simulator in the same process:
 * `npm run bench -- worker`.
 */
const SAMPLING_RATE_HZ = 360;
const RUNS = 3;

async function run(beds: number): Promise<number> {
  const config = readConfig();
  const sources = SYNTHETIC_BEDS.map(({ name, script, seed }) => ({
    ...syntheticRecord(script, { samplingRateHz: SAMPLING_RATE_HZ, seed }),
    name,
  }));
  const bus = createMemoryBus({ partitions: 8 });
  await bus.start();
  const classifier = await loadClassifier(config.MODEL, config.ENGINE);
  const pipeline = runPipeline({ bus, classifier, group: "bench", credits: config.CREDITS });
  await pipeline.lag();
  const playing = Array.from({ length: beds }, (_, i) => ({ bed: `b${i + 1}`, source: sources[i % sources.length] }));
  const bedSeconds = playing.reduce((sum, { source }) => sum + source.leads[0].samples.length / SAMPLING_RATE_HZ, 0);
  const start = performance.now();
  const simulator = runSimulator({
    bus,
    beds: playing,
    speed: Number.POSITIVE_INFINITY,
    loop: false,
    frameMs: 200,
    seed: 1,
    epoch: "e",
  });
  await simulator.done;
  while ((await pipeline.lag()) !== 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await pipeline.close();
  const seconds = (performance.now() - start) / 1000;
  const beats = (await bus.ends(TOPICS.beats)).reduce((sum, end) => sum + end, 0);
  await classifier.close();
  await bus.close();
  console.log(`${beds} beds: ${Math.round(bedSeconds)} bed-seconds and ${beats} beats in ${seconds.toFixed(2)} s`);
  return bedSeconds / seconds;
}

for (const beds of [8, 64]) {
  const rates: number[] = [];
  for (let i = 0; i < RUNS; i++) rates.push(await run(beds));
  rates.sort((a, b) => a - b);
  console.log(`${beds} beds: median of ${RUNS} runs ${Math.round(rates[1])} bed-seconds per second`);
}
