import { from, lastValueFrom, toArray } from "rxjs";
import { expect, test } from "vitest";
import type { Classifier } from "../../model/classifier.ts";
import { WINDOW_LENGTH } from "../../signal/events.ts";
import { classify, MAX_BATCH } from "./classify.ts";
import type { EpochState, Step, Work } from "./work.ts";

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

function epoch(bed: string): EpochState {
  return { bed, recurrent: new Float32Array(1) } as unknown as EpochState;
}

function beat(value: number): Step {
  const window = new Float32Array(WINDOW_LENGTH).fill(value);
  const event = {
    type: "beat" as const,
    sample: value,
    decidedAt: value,
    rrMs: null,
    heartRateBpm: null,
    foundLate: false,
    quality: 1,
    noise: new Float32Array(0),
    window,
    features: new Float32Array(1),
  };
  return { type: "beat", event, probabilities: null };
}

const work = (state: EpochState, steps: Step[]): Work => ({
  epoch: state,
  steps,
  outgoing: [],
  producedAtMs: null,
  reference: null,
  progress: null,
});

test("every beat meets its bed's state in order, however beds and batches fall", async () => {
  const beds = Array.from({ length: 7 }, (_, i) => epoch(`b${i}`));
  const works = Array.from({ length: 300 }, (_, i) =>
    work(
      beds[(i * i) % 7],
      Array.from({ length: i % 4 }, (__, k) => beat(10 * i + k)),
    ),
  );
  const batches: number[] = [];
  const out = await lastValueFrom(from(works).pipe(classify(countingClassifier(batches)), toArray()));

  expect(out).toEqual(works);
  const seen = new Map<EpochState | null, number>();
  for (const { epoch: bed, steps } of out) {
    for (const step of steps) {
      if (step.type !== "beat") continue;
      const before = seen.get(bed) ?? 0;
      expect(step.probabilities).toEqual(Float32Array.of(step.event.sample, 0, before, 0));
      seen.set(bed, before + 1);
    }
  }
  expect(Math.max(...batches)).toBeLessThanOrEqual(MAX_BATCH);
  expect(Math.max(...batches)).toBeGreaterThan(32);
});

test("where each bed has one beat, an engine that can takes both steps in one call", async () => {
  const beds = Array.from({ length: 3 }, (_, i) => epoch(`b${i}`));
  const batches: number[] = [];
  const calls: string[] = [];
  const two = countingClassifier(batches);
  const one: Classifier = {
    ...two,
    beat: async (windows, features, state, count) => two.step(await two.encode(windows, count), features, state, count),
  };
  const works = [work(beds[0], [beat(1)]), work(beds[1], [beat(2)]), work(beds[2], [beat(3), beat(4)])];
  const observer = { call: (call: string, count: number) => calls.push(`${call} ${count}`) };
  const out = await lastValueFrom(from(works).pipe(classify(one, observer), toArray()));
  expect(calls).toEqual(["beat 1", "encode 3", "step 2", "step 1"]);
  const told = out.flatMap(({ steps }) =>
    steps.map((step) => (step.type === "beat" ? [...(step.probabilities ?? [])] : [])),
  );
  expect(told).toEqual([
    [1, 0, 0, 0],
    [2, 0, 0, 0],
    [3, 0, 0, 0],
    [4, 0, 1, 0],
  ]);
});

test("works without beats do not wait for an engine", async () => {
  const batches: number[] = [];
  const out = await lastValueFrom(from([work(epoch("b1"), [])]).pipe(classify(countingClassifier(batches)), toArray()));
  expect(out).toHaveLength(1);
  expect(batches).toEqual([]);
});
