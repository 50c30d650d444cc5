import { expect, test } from "vitest";
import { TOPICS } from "../../contracts/topics.ts";
import { CommitHold, REPLAY_SECONDS } from "./bed/commit-hold.ts";
import { CommitTracker } from "./commit-tracker.ts";

const RATE = 100;

/** A worker's beds, each of one-second frames: sample index = 100 × second. */
function worker() {
  const tracker = new CommitTracker();
  const beds = new Map<string, { partition: number; hold: CommitHold }>();
  const finish = (name: string, partition: number, offset: number, second: number, ended = false): void => {
    const bed = beds.get(name) ?? { partition, hold: new CommitHold() };
    beds.set(name, bed);
    const progress = { firstSample: second * RATE, endSample: (second + 1) * RATE, ended };
    bed.hold.finish(offset, "e", RATE, progress);
    tracker.finish({ partition, offset });
  };
  const commit = () => {
    const due = tracker.due(beds.values());
    tracker.settle(due);
    return due;
  };
  return { tracker, beds, finish, commit };
}

test("a bed's partition is committed REPLAY_SECONDS behind its last finished frame", () => {
  const { finish, commit } = worker();
  for (let second = 0; second < 100; second++) finish("b1", 0, second, second);
  expect(commit()).toEqual([{ topic: TOPICS.frames, partition: 0, offset: 100 - REPLAY_SECONDS }]);
  expect(commit()).toEqual([]);
});

test("the slowest bed of a partition decides; other partitions go on", () => {
  const { finish, commit } = worker();
  finish("slow", 0, 0, 0);
  for (let second = 0; second < 60; second++) {
    finish("fast", 0, second + 1, second);
    finish("other", 1, second, second);
  }
  const offsets = new Map(commit().map(({ partition, offset }) => [partition, offset]));
  expect(offsets.get(0)).toBe(0);
  expect(offsets.get(1)).toBe(60 - REPLAY_SECONDS);
});

test("an ended or released bed holds nothing back", () => {
  const { beds, finish, commit } = worker();
  finish("ended", 0, 0, 0);
  finish("silent", 0, 1, 0);
  finish("ended", 0, 2, 1, true);
  beds.get("silent")?.hold.release();
  expect(commit()).toEqual([{ topic: TOPICS.frames, partition: 0, offset: 3 }]);
});

test("messages that are no frames move the offset on, but not past a hold", () => {
  const { tracker, finish, commit } = worker();
  tracker.finish({ partition: 0, offset: 0 });
  expect(commit()).toMatchObject([{ offset: 1 }]);
  finish("b1", 0, 1, 0);
  tracker.finish({ partition: 0, offset: 2 });
  expect(commit()).toEqual([]);
});

test("what could not be committed is due again", () => {
  const { tracker, beds, finish, commit } = worker();
  finish("ended", 0, 0, 0, true);
  const due = [{ topic: TOPICS.frames, partition: 0, offset: 1 }];
  expect(tracker.due(beds.values())).toEqual(due);
  expect(commit()).toEqual(due);
  expect(commit()).toEqual([]);
});

test("a partition taken away is forgotten", () => {
  const { tracker, beds, finish, commit } = worker();
  finish("b1", 0, 0, 0);
  beds.clear();
  tracker.drop(new Set([0]));
  expect(commit()).toEqual([]);
});

test("a partition is committed before an epoch's begin or behind its first second, wherever other beds are held", () => {
  const { finish, commit } = worker();
  finish("b1", 0, 0, 0);
  // Held at 1, between b1's first frame and its second.
  finish("slow", 0, 1, 0);
  for (let second = 1; second < 60; second++) finish("b1", 0, second + 1, second);
  expect(commit()).toEqual([{ topic: TOPICS.frames, partition: 0, offset: 0 }]);
  for (let second = 1; second < 60; second++) finish("slow", 0, second + 60, second);
  // b1's is held among slow's first frames.
  expect(commit()).toEqual([]);
  for (let second = 60; second < 120; second++) finish("b1", 0, second + 60, second);
  expect(commit()).toEqual([{ topic: TOPICS.frames, partition: 0, offset: 120 - REPLAY_SECONDS }]);
});
