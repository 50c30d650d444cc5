import { parseArgs } from "node:util";
import type { BusMessage } from "../bus/bus.ts";
import { createMemoryBus } from "../bus/memory-bus.ts";
import { TOPICS } from "../contracts/topics.ts";
import { loadClassifier } from "../model/load.ts";
import { readConfig } from "../server/config.ts";
import { runPipeline } from "../server/pipeline/pipeline.ts";
import { profiled } from "./worker/profile.ts";
import { encodedFrames, FRAMES_PER_SECOND } from "./worker/encoded-frames.ts";

/**
 * Beds that one core carries: bed-seconds of signal that one worker takes in a second of its processor time, on the memory
 * bus, with inference. The frames lie on the bus before the clock starts. `npm run bench -- worker [--json] [--profile]`.
 */
const RUNS = 5;
/** Not measured: the detectors' thresholds and the compiler settle. */
const WARM_SECONDS = 8;
const CASES = [
  { beds: 1, seconds: 4000 },
  { beds: 8, seconds: 500 },
  { beds: 64, seconds: 80 },
  { beds: 512, seconds: 10 },
  { beds: 2000, seconds: 4 },
];

interface Result {
  readonly bedsPerCore: number;
  readonly beats: number;
}

const { values: flags } = parseArgs({
  args: process.argv.slice(2),
  options: { json: { type: "boolean", default: false }, profile: { type: "boolean", default: false } },
});
const config = readConfig();
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[(values.length - 1) >> 1];

/** One run of a worker over frames that wait on the bus. */
async function run(messages: readonly BusMessage[], beds: number, seconds: number): Promise<Result> {
  const bus = createMemoryBus({ partitions: 8, maxMessages: 1e9, maxBytes: 1e12 });
  await bus.start();
  const classifier = await loadClassifier(config.MODEL, config.ENGINE);
  const pipeline = runPipeline({ bus, classifier, group: "bench", credits: config.CREDITS });
  await pipeline.lag();
  const beatCount = async (): Promise<number> => (await bus.ends(TOPICS.beats)).reduce((sum, end) => sum + end, 0);
  const drained = async (): Promise<void> => {
    while ((await pipeline.lag()) !== 0) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const warm = beds * WARM_SECONDS * FRAMES_PER_SECOND;
  await bus.publish(messages.slice(0, warm));
  await drained();
  const before = await beatCount();
  await bus.publish(messages.slice(warm));
  const measure = async (): Promise<number> => {
    const start = process.cpuUsage();
    await drained();
    await pipeline.close();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  };
  const used = flags.profile ? await profiled(measure) : await measure();
  const beats = (await beatCount()) - before;
  await classifier.close();
  await bus.close();
  return { bedsPerCore: (beds * seconds) / used, beats };
}

const byBeds: Record<number, number> = {};
for (const { beds, seconds } of CASES) {
  const messages = encodedFrames(beds, WARM_SECONDS + seconds);
  const results: Result[] = [];
  for (let i = 0; i < (flags.profile ? 1 : RUNS); i++) results.push(await run(messages, beds, seconds));
  byBeds[beds] = Math.round(median(results.map(({ bedsPerCore }) => bedsPerCore)));
  const rate = (results[0].beats / (beds * seconds)).toFixed(2);
  console.log(`${beds} beds: ${byBeds[beds]} beds a core (median of ${results.length}; ${rate} beats a bed-second)`);
}
if (flags.json) console.log(JSON.stringify({ bench: "worker", bedsPerCore: byBeds[64], byBeds }));
