import type { Bus } from "../bus/bus.ts";
import { createMemoryBus } from "../bus/memory-bus.ts";
import { loadClassifier } from "../model/load.ts";
import { readConfig } from "../server/config.ts";
import type { TakenOver } from "../server/pipeline/checkpoints/take-over.ts";
import { runPipeline } from "../server/pipeline/pipeline.ts";
import { conclude } from "./harness/conclude.ts";
import { median, spread } from "./harness/measure.ts";
import { encodedFrames } from "./worker/encoded-frames.ts";
import { sampled, shareBelow } from "./worker/profile.ts";

/**
 * What checkpoints cost, `npm run bench -- checkpoint`: bytes of one, the share of a worker's processor time that they take, and
 * how long a worker takes that is given many beds at once. On the memory bus, so that the bus's own cost is left out.
 */
const RUNS = 7;
const BEDS = 64;
const SECONDS = 60;
const TAKEN_OVER = 500;
/** Each bed has been written by then. */
const TAKEN_OVER_SECONDS = 18;
const GROUP = "bench";

const config = readConfig();

const openBus = async (): Promise<Bus> => {
  const bus = createMemoryBus({ partitions: 8, maxMessages: 1e9, maxBytes: 1e12 });
  await bus.start();
  return bus;
};

const zero = async (lag: () => Promise<number | null>): Promise<void> => {
  while ((await lag()) !== 0) await new Promise((resolve) => setTimeout(resolve, 2));
};

const sizes: number[] = [];

/** Share of its processor time, %, that a worker which hears all beds' frames spends on checkpoints: writing them, and reading all there are. */
async function run(): Promise<number> {
  const bus = await openBus();
  const classifier = await loadClassifier(config.MODEL, config.ENGINE);
  const observer = { checkpoint: (bytes: number) => void sizes.push(bytes) };
  const pipeline = runPipeline({ bus, classifier, group: GROUP, credits: config.CREDITS, observer });
  await pipeline.lag();
  const { profile } = await sampled(async () => {
    // As they come: a worker that is behind has more of each bed on its way, and more to write.
    for (let next = 0; next < messages.length; next += BEDS) {
      await bus.publish(messages.slice(next, next + BEDS));
      await zero(() => pipeline.lag());
    }
  });
  await pipeline.close();
  await classifier.close();
  await bus.close();
  return shareBelow(profile, /pipeline\/checkpoints\//);
}

/** Seconds from when partitions are a worker's own until their beds go on. */
async function takeOver(): Promise<{ readonly seconds: number; readonly beds: number }> {
  const bus = await openBus();
  const classifier = await loadClassifier(config.MODEL, config.ENGINE);
  const options = { bus, classifier, group: GROUP, credits: config.CREDITS };
  const first = runPipeline(options);
  await first.lag();
  await bus.publish(encodedFrames(TAKEN_OVER, TAKEN_OVER_SECONDS));
  await zero(() => first.lag());
  await first.close();
  const taken = await new Promise<TakenOver>((resolve) => {
    const second = runPipeline({ ...options, observer: { tookOver: resolve } });
    void second.lag();
  });
  if (taken.beds !== TAKEN_OVER) throw new Error(`only ${taken.beds} of ${TAKEN_OVER} beds had a checkpoint`);
  return taken;
}

const messages = encodedFrames(BEDS, SECONDS);
await run();
sizes.length = 0;
const share: number[] = [];
for (let i = 0; i < RUNS; i++) share.push(await run());
const kilobytes = sizes.map((bytes) => bytes / 1000);
console.log(`a checkpoint: ${spread(kilobytes, (value) => value.toFixed(1))} kB, ${sizes.length / RUNS} in a run`);
console.log(`writing and reading them: ${spread(share, (value) => value.toFixed(1))} % of a worker's processor time`);
const { seconds } = await takeOver();
console.log(`${TAKEN_OVER} beds at once: ${seconds.toFixed(2)} s until they go on`);
conclude("checkpoint", { kilobytes: median(kilobytes), sharePercent: median(share), takeOverSeconds: seconds });
process.exit(0);
