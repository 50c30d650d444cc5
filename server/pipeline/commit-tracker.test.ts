import { expect, test } from "vitest";
import { TOPICS } from "../../contracts/topics.ts";
import { CommitTracker, REPLAY_SECONDS } from "./commit-tracker.ts";

const RATE = 100;

/** One-second frames: sample index = 100 × second. */
function finish(
  tracker: CommitTracker,
  bed: string,
  partition: number,
  offset: number,
  second: number,
  ended = false,
): void {
  const progress = {
    bed,
    epoch: "e",
    samplingRateHz: RATE,
    firstSample: second * RATE,
    endSample: (second + 1) * RATE,
    ended,
  };
  tracker.finish({ topic: TOPICS.frames, partition, offset, receivedAtMs: 0 }, progress);
}

test("a bed's partition is committed REPLAY_SECONDS behind its last finished frame", () => {
  const tracker = new CommitTracker();
  for (let second = 0; second < 100; second++) finish(tracker, "b1", 0, second, second);
  const [due] = tracker.due();
  expect(due).toEqual({ topic: TOPICS.frames, partition: 0, offset: 100 - REPLAY_SECONDS });
  expect(tracker.due()).toEqual([]);
});

test("the slowest bed of a partition decides; other partitions go on", () => {
  const tracker = new CommitTracker();
  finish(tracker, "slow", 0, 0, 0);
  for (let second = 0; second < 60; second++) {
    finish(tracker, "fast", 0, second + 1, second);
    finish(tracker, "other", 1, second, second);
  }
  const offsets = new Map(tracker.due().map(({ partition, offset }) => [partition, offset]));
  expect(offsets.get(0)).toBe(0);
  expect(offsets.get(1)).toBe(60 - REPLAY_SECONDS);
});

test("an ended or released bed holds nothing back", () => {
  const tracker = new CommitTracker();
  finish(tracker, "ended", 0, 0, 0);
  finish(tracker, "silent", 0, 1, 0);
  finish(tracker, "ended", 0, 2, 1, true);
  tracker.release("silent");
  expect(tracker.due()).toEqual([{ topic: TOPICS.frames, partition: 0, offset: 3 }]);
});

test("messages that are no frames move the offset on, but not past a hold", () => {
  const tracker = new CommitTracker();
  tracker.finish({ topic: TOPICS.frames, partition: 0, offset: 0, receivedAtMs: 0 }, null);
  expect(tracker.due()).toMatchObject([{ offset: 1 }]);
  finish(tracker, "b1", 0, 1, 0);
  tracker.finish({ topic: TOPICS.frames, partition: 0, offset: 2, receivedAtMs: 0 }, null);
  expect(tracker.due()).toEqual([]);
});

test("frames that bring nothing new are not piled up, and the first of them is kept", () => {
  const tracker = new CommitTracker();
  const waiting = { bed: "b1", epoch: "e", samplingRateHz: RATE, firstSample: 0, endSample: 0, ended: false };
  for (let offset = 0; offset < 100; offset++) {
    tracker.finish({ topic: TOPICS.frames, partition: 0, offset, receivedAtMs: 0 }, waiting);
  }
  expect(tracker.kept).toBe(1);
  finish(tracker, "b1", 0, 100, 0);
  expect(tracker.due()).toMatchObject([{ offset: 0 }]);
});

test("a partition taken away is forgotten", () => {
  const tracker = new CommitTracker();
  finish(tracker, "b1", 0, 0, 0);
  tracker.drop(new Set([0]));
  expect(tracker.due()).toEqual([]);
});
