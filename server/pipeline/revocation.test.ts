import { expect, test } from "vitest";
import type { Bus, PartitionRef, Subscription } from "../../bus/bus.ts";
import { createMemoryBus } from "../../bus/memory-bus.ts";
import { partitionOf } from "../../bus/shared/partition.ts";
import { beatCodec } from "../../contracts/codec.ts";
import { decodeFrame } from "../../contracts/frame.ts";
import { TOPICS } from "../../contracts/topics.ts";
import type { Classifier } from "../../model/classifier.ts";
import { FEATURE_NAMES } from "../../signal/beat/features.ts";
import { createFakeClassifier } from "../../testing/model/fake-classifier.ts";
import { frameMessage, framesOf, RATE, until } from "../../testing/pipeline/frames.ts";
import { WARM_UP_SECONDS } from "./bed/epoch.ts";
import { runPipeline } from "./pipeline.ts";
import { runRecord } from "./run-record.ts";

const PARTITIONS = 4;
const BEDS = Array.from({ length: 6 }, (_, i) => `b${i + 1}`);

/** An engine that takes its time: works pile up before it. */
function slowClassifier(): Classifier {
  const fake = createFakeClassifier(FEATURE_NAMES.length);
  return {
    ...fake,
    encode: async (windows, count) => {
      await new Promise((resolve) => setTimeout(resolve, 8));
      return fake.encode(windows, count);
    },
  };
}

interface Watched {
  /** Ids of beats that the bus has acknowledged, over all members. */
  readonly told: Set<string>;
  readonly committed: (PartitionRef & { offset: number; told: ReadonlySet<string> })[];
  /** Frames that a member still held when it had given its partitions up. */
  readonly heldAtRevocation: number[];
}

/** The bus as one member sees it, its hooks the member's own; what it tells, commits and gives up is written down. */
function watchedBus(bus: Bus, { told, committed, heldAtRevocation }: Watched): Bus {
  return {
    partitions: bus.partitions,
    trouble: null,
    start: () => bus.start(),
    ends: (topic) => bus.ends(topic),
    close: () => bus.close(),
    publish: async (messages) => {
      await bus.publish(messages);
      for (const { topic, value } of messages) if (topic === TOPICS.beats) told.add(beatCodec.decode(value).id);
    },
    subscribe: async (options) => {
      let subscription: Subscription | null = null;
      subscription = await bus.subscribe({
        ...options,
        onRevoked: async (partitions) => {
          await options.onRevoked?.(partitions);
          heldAtRevocation.push(subscription?.inFlight ?? 0);
        },
      });
      const own = subscription;
      return {
        release: (count) => own.release(count),
        commit: (offsets) => {
          for (const place of offsets) committed.push({ ...place, told: new Set(told) });
          return own.commit(offsets);
        },
        seek: (position) => own.seek(position),
        get inFlight() {
          return own.inFlight;
        },
        lag: () => own.lag(),
        close: () => own.close(),
      };
    },
  };
}

test("a worker whose partitions are taken away under load finishes what it holds: nothing is lost, nothing committed too far", async () => {
  const bus = createMemoryBus({ partitions: PARTITIONS, maxMessages: 100_000, maxBytes: 1 << 30 });
  await bus.start();
  const watched: Watched = { told: new Set(), committed: [], heldAtRevocation: [] };
  const member = (): ReturnType<typeof runPipeline> =>
    runPipeline({ bus: watchedBus(bus, watched), classifier: slowClassifier(), group: "workers", credits: 300 });

  const first = member();
  await first.lag();
  const frames = BEDS.map((bed, i) => framesOf(bed, 50, 5 + i));
  const messages = frames[0].flatMap((_, i) => frames.map((of) => frameMessage(of[i])));
  await bus.publish(messages);
  await until(() => watched.told.size > 60);
  const second = member();
  await until(() => watched.heldAtRevocation.length > 0);
  const toldByFirst = watched.told.size;
  await until(async () => (await first.lag()) === 0 && (await second.lag()) === 0);
  await first.close();
  // What the first had not committed yet is the second's to read again; one that closes meanwhile leaves it to the next.
  await until(async () => (await second.lag()) === 0);
  await second.close();
  await bus.close();

  const clean = await Promise.all(BEDS.map((_, i) => beatsOf(frames[i])));
  expect(watched.heldAtRevocation.every((held) => held === 0)).toBe(true);
  expect([...watched.told].toSorted()).toEqual(
    clean
      .flat()
      .map(({ id }) => id)
      .toSorted(),
  );
  expect(toldByFirst).toBeLessThan(watched.told.size);

  // Whoever begins at what was committed withholds a warm-up: what lies in it must have been told before.
  for (const { partition, offset, told } of watched.committed) {
    const log = messages.filter(({ key }) => partitionOf(key, PARTITIONS) === partition);
    for (const [i, bed] of BEDS.entries()) {
      const next = log.slice(offset).find(({ key }) => key === bed);
      if (!next) continue;
      const { firstSample } = decodeFrame(next.value);
      const settled = firstSample === 0 ? 0 : firstSample + WARM_UP_SECONDS * RATE;
      const missing = clean[i].filter(({ sample, id }) => sample < settled && !told.has(id));
      expect(missing).toEqual([]);
    }
  }
  expect(watched.committed.length).toBeGreaterThan(0);
});

/** What one worker that nobody disturbs says of a bed. */
async function beatsOf(frames: ReturnType<typeof framesOf>): Promise<{ id: string; sample: number }[]> {
  const { bed, samplingRateHz } = frames[0];
  const leads = frames[0].leads.map((lead, index) => ({
    ...lead,
    samples: Int16Array.from(frames.flatMap((frame) => [...frame.leads[index].samples])),
  }));
  const events = await runRecord({ name: bed, samplingRateHz, leads }, createFakeClassifier(FEATURE_NAMES.length));
  return events.flatMap(({ topic, data }) =>
    topic === "beats" ? [{ id: data.id.replace("record/record", `${bed}/e`), sample: data.sample }] : [],
  );
}
