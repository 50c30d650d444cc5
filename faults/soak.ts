import { createMemoryBus } from "../bus/memory-bus.ts";
import { TOPICS } from "../contracts/topics.ts";
import { command, run } from "../kit/cli/command.ts";
import { wholeNumber } from "../kit/cli/options.ts";
import { loadClassifier } from "../model/load.ts";
import { readConfig } from "../server/config.ts";
import { runPipeline } from "../server/pipeline/pipeline.ts";
import { openSources } from "../simulator/open-sources.ts";
import { Player } from "../simulator/player.ts";
import { toMessage } from "./ward.ts";

/**
 * A worker over a day and more of signal, as fast as it goes, on a bus within this process that keeps little: memory and handles at each
 * hour of signal, and whether as many frames were heard as were sent: `node --expose-gc --import tsx faults/soak.ts`.
 */
interface Options {
  readonly hours: number;
  readonly beds: number;
}

const FRAME_SECONDS = 0.2;
/** Frames of each bed that go out together. */
const TOGETHER = 50;
const HOUR = 3600 / FRAME_SECONDS;

const mebibytes = (bytes: number): number => Math.round(bytes / (1 << 20));

/** Of a line through the values by least squares, a step. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const [up, down] = values.reduce(
    ([a, b], value, i) => [a + (i - middle) * (value - mean), b + (i - middle) ** 2],
    [0, 0],
  );
  return up / down;
}

const program = command("soak", "A worker over a day of signal, as fast as it goes: memory, handles, counts.")
  .option("--hours <count>", "of signal", wholeNumber(2, 1000), 24)
  .option("--beds <count>", "beds", wholeNumber(1, 512), 8)
  .action(async ({ hours, beds }: Options) => {
    const config = readConfig();
    const classifier = await loadClassifier(config.MODEL, config.ENGINE);
    const bus = createMemoryBus({ partitions: config.KAFKA_PARTITIONS, maxMessages: 2000, maxBytes: 1 << 26 });
    await bus.start();
    let done = 0;
    let beats = 0;
    const observer = { done: () => void done++, beat: () => void beats++ };
    const pipeline = runPipeline({ bus, classifier, group: "soak", credits: config.CREDITS, observer });
    await pipeline.lag();
    const { sources } = await openSources(config.PHYSIONET_DIR);
    const players = Array.from({ length: beds }, (_, i) => {
      const source = sources[i % sources.length];
      const name = `b${i + 1}`;
      return new Player(name, source, "soak", FRAME_SECONDS * source.samplingRateHz, "in one epoch");
    });
    const epochStartMs = Date.now() - hours * 3_600_000;
    const heap: number[] = [];
    console.log(
      "| hour | heap, MiB | resident, MiB | handles | frames sent / heard | beats |\n| --- | --- | --- | --- | --- | --- |",
    );
    for (let sent = 0; sent < hours * HOUR; sent += TOGETHER) {
      const frames = players.flatMap((player) =>
        Array.from({ length: TOGETHER }, () => player.next(epochStartMs).frame),
      );
      await bus.publish(frames.map((frame) => toMessage({ ...frame, epochStartMs })));
      if ((sent + TOGETHER) % HOUR !== 0) continue;
      while ((await pipeline.lag()) !== 0 || done < beds * (sent + TOGETHER))
        await new Promise((resolve) => setTimeout(resolve, 20));
      globalThis.gc?.();
      const { heapUsed, rss } = process.memoryUsage();
      heap.push(heapUsed);
      const handles = process.getActiveResourcesInfo().length;
      const counts = `${beds * (sent + TOGETHER)} / ${done}`;
      console.log(
        `| ${heap.length} | ${mebibytes(heapUsed)} | ${mebibytes(rss)} | ${handles} | ${counts} | ${beats} |`,
      );
    }
    // What is kept of a day fills in its first half: histories are bounded by time and count.
    const kibibytes = slope(heap.slice(heap.length >> 1)) / 1024;
    console.log(`\nheap, in the second half: ${kibibytes.toFixed(1)} KiB more an hour`);
    const letters = (await bus.ends(TOPICS.deadLetter)).reduce((sum, end) => sum + end, 0);
    console.log(`dead letters: ${letters}`);
    await pipeline.close();
    await bus.close();
    await classifier.close();
  });

await run(program);
