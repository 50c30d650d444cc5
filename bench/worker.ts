import type { BusMessage } from "../bus/bus.ts";
import { createMemoryBus } from "../bus/memory-bus.ts";
import { TOPICS } from "../contracts/topics.ts";
import { loadClassifier } from "../model/load.ts";
import { readConfig } from "../server/config.ts";
import { runPipeline } from "../server/pipeline/pipeline.ts";
import { conclude } from "./harness/conclude.ts";
import { cpuSeconds, inTurns, median, spread } from "./harness/measure.ts";
import { encodedFrames, FRAMES_PER_SECOND } from "./worker/encoded-frames.ts";
import { profiled } from "./worker/profile.ts";

/**
 * Beds that one core carries: bed-seconds of signal that one worker takes in a second of its processor time, on the memory
 * bus, with inference: `npm run bench -- worker`. The frames lie on the bus before the clock starts. With `--profile`: where
 * the time goes instead.
 */
const RUNS = 5;
/** Not measured: the detectors' thresholds settle. */
const WARM_SECONDS = 8;
/** Of signal, in each run: about as many bed-seconds for any number of beds. */
const SECONDS: Readonly<Record<number, number>> = { 1: 6000, 8: 750, 64: 100, 512: 15, 2000: 5 };
const PROFILED = 64;
const SENT_LEADS = [0, 1];

const config = readConfig();

/** One run of a worker that reads `leads`, over frames that wait on the bus; bed-seconds a processor second. */
async function run(beds: number, leads: readonly number[], profile = false): Promise<number> {
  const messages = framesOf(beds);
  const bus = createMemoryBus({ partitions: 8, maxMessages: 1e9, maxBytes: 1e12 });
  await bus.start();
  const classifier = await loadClassifier(config.MODEL, config.ENGINE);
  const chooseLeads = (): readonly number[] => leads;
  const pipeline = runPipeline({ bus, classifier, group: "bench", credits: config.CREDITS, chooseLeads });
  await pipeline.lag();
  const drained = async (): Promise<void> => {
    while ((await pipeline.lag()) !== 0) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const warm = beds * WARM_SECONDS * FRAMES_PER_SECOND;
  await bus.publish(messages.slice(0, warm));
  await drained();
  await bus.publish(messages.slice(warm));
  const work = async (): Promise<void> => {
    await drained();
    await pipeline.close();
  };
  const seconds = await cpuSeconds(() => (profile ? profiled(work) : work()));
  beats = (await bus.ends(TOPICS.beats)).reduce((sum, end) => sum + end, 0);
  await classifier.close();
  await bus.close();
  return (beds * SECONDS[beds]) / seconds;
}

let beats = 0;
let encoded: { readonly beds: number; readonly messages: readonly BusMessage[] } = { beds: 0, messages: [] };

/** Kept from one run to the next of as many beds: they are encoded once. */
function framesOf(beds: number): readonly BusMessage[] {
  if (encoded.beds !== beds) encoded = { beds, messages: encodedFrames(beds, WARM_SECONDS + SECONDS[beds]) };
  return encoded.messages;
}

if (process.argv.includes("--profile")) {
  await run(PROFILED, [0]);
  const bedsPerCore = Math.round(await run(PROFILED, [0], true));
  conclude("worker", { bedsPerCore });
} else {
  const byBeds: Record<string, number> = {};
  const byBedsTwoLeads: Record<string, number> = {};
  for (const beds of Object.keys(SECONDS).map(Number)) {
    await run(beds, [0]);
    const { one, two } = await inTurns(RUNS, { one: () => run(beds, [0]), two: () => run(beds, SENT_LEADS) });
    byBeds[beds] = Math.round(median(one));
    byBedsTwoLeads[beds] = Math.round(median(two));
    const rate = (beats / beds / (WARM_SECONDS + SECONDS[beds])).toFixed(2);
    console.log(
      `${beds} beds, ${rate} beats a second each: ${spread(one)} beds a core; both leads read: ${spread(two)}`,
    );
  }
  conclude("worker", { bedsPerCore: byBeds[PROFILED], byBeds, byBedsTwoLeads });
}
