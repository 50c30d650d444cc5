import { from, lastValueFrom, mergeMap, toArray } from "rxjs";
import { expect, test } from "vitest";
import type { Classifier } from "../../model/classifier.ts";
import { WINDOW_LENGTH } from "../../signal/events.ts";
import { heardBeat, heardWork } from "../../testing/pipeline/heard.ts";
import { classifyStage, MAX_BATCH } from "./classify-stage.ts";
import type { BeatToClassify, HeardWork, Work } from "./work.ts";

/**
 * Its state is the number of the bed's beats so far, its probability of V the beat's own number: out of order shows.
 */
function countingClassifier(batches: number[]): Classifier {
  return {
    info: {
      name: "counting",
      hash: "0",
      engine: "fake",
      classes: ["N", "S", "V", "F"],
      windowLength: WINDOW_LENGTH,
      featureCount: 1,
      embeddingSize: 1,
      stateSize: 1,
    },
    encode: async (windows, count) => {
      batches.push(count);
      await new Promise((resolve) => setTimeout(resolve, 1));
      return Float32Array.from({ length: count }, (_, row) => windows[row * WINDOW_LENGTH]);
    },
    step: async (embeddings, _features, state, count) => {
      const probabilities = new Float32Array(count * 4);
      for (let row = 0; row < count; row++) probabilities.set([embeddings[row], 0, state[row], 0], row * 4);
      return { probabilities, state: state.map((value) => value + 1) };
    },
    close: async () => {},
  };
}

type State = Pick<HeardWork["epoch"], "recurrent">;

const epoch = (): State => ({ recurrent: [new Float32Array(1)] });
const beat = (value: number): BeatToClassify =>
  heardBeat(value, { window: new Float32Array(WINDOW_LENGTH).fill(value), features: new Float32Array(1) });
const classified = (works: readonly Work[], classifier: Classifier, observer = {}): Promise<Work[]> =>
  lastValueFrom(
    from(works.map((one) => [one])).pipe(
      classifyStage(classifier, observer),
      mergeMap((some) => some),
      toArray(),
    ),
  );
const told = (works: readonly Work[]): number[][] =>
  works
    .flatMap((work) => (work.type === "heard" ? work.events : []))
    .flatMap((event) => (event.type === "beat" ? [[...(event.probabilities ?? [])]] : []));

test("every beat meets its bed's state in order, however beds and batches fall", async () => {
  const beds = Array.from({ length: 7 }, epoch);
  const works = Array.from({ length: 300 }, (_, i) =>
    heardWork(
      beds[(i * i) % 7],
      Array.from({ length: i % 4 }, (__, k) => beat(10 * i + k)),
    ),
  );
  const batches: number[] = [];
  const out = await classified(works, countingClassifier(batches));

  expect(out).toEqual(works);
  const seen = new Map<State, number>();
  for (const { epoch: bed, events } of works) {
    for (const event of events) {
      if (event.type !== "beat") continue;
      const before = seen.get(bed) ?? 0;
      expect(event.probabilities).toEqual(Float32Array.of(event.event.sample, 0, before, 0));
      seen.set(bed, before + 1);
    }
  }
  expect(Math.max(...batches)).toBeLessThanOrEqual(MAX_BATCH);
  expect(Math.max(...batches)).toBeGreaterThan(32);
});

test("where each bed has one beat, an engine that can takes both steps in one call", async () => {
  const beds = Array.from({ length: 3 }, epoch);
  const batches: number[] = [];
  const calls: string[] = [];
  const two = countingClassifier(batches);
  const one: Classifier = {
    ...two,
    beat: async (windows, features, state, count) => two.step(await two.encode(windows, count), features, state, count),
  };
  const observer = { call: (call: string, count: number) => calls.push(`${call} ${count}`) };
  const single = await classified([heardWork(beds[0], [beat(1)]), heardWork(beds[1], [beat(2)])], one, observer);
  const twice = [heardWork(beds[2], [beat(3), beat(4)]), heardWork(beds[0], [beat(5)])];
  const out = [...single, ...(await classified(twice, one, observer))];
  expect(calls).toEqual(["beat 2", "encode 3", "step 2", "step 1"]);
  expect(told(out)).toEqual([
    [1, 0, 0, 0],
    [2, 0, 0, 0],
    [3, 0, 0, 0],
    [4, 0, 1, 0],
    [5, 0, 1, 0],
  ]);
});

test("a beat that has its probabilities keeps them, and its bed's state", async () => {
  const bed = epoch();
  const known = { ...beat(1), probabilities: Float32Array.of(9, 0, 0, 0) };
  const out = await classified([heardWork(bed, [known, beat(2)])], countingClassifier([]));
  expect(told(out)).toEqual([
    [9, 0, 0, 0],
    [2, 0, 0, 0],
  ]);
});

test("works without beats do not wait for an engine", async () => {
  const batches: number[] = [];
  const out = await classified([heardWork(epoch(), [])], countingClassifier(batches));
  expect(out).toHaveLength(1);
  expect(batches).toEqual([]);
});
