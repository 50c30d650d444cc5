import { expect, test } from "vitest";
import { CommitHold, REPLAY_SECONDS } from "./commit-hold.ts";

const RATE = 100;
const frame = (second: number, seconds = 1) => ({
  firstSample: second * RATE,
  endSample: (second + seconds) * RATE,
  ended: false,
});

test("frames that bring nothing new are not piled up, and the first of them is held", () => {
  const hold = new CommitHold();
  const waiting = { firstSample: 0, endSample: 0, ended: false };
  for (let offset = 0; offset < 100; offset++) hold.finish(offset, "e", RATE, waiting);
  expect(hold.length).toBe(1);
  hold.finish(100, "e", RATE, frame(0));
  expect(hold.offset).toBe(0);
});

test("however many frames fall into the time held, the first of them is held", () => {
  const hold = new CommitHold();
  const perSecond = 50;
  for (let i = 0; i < 100 * perSecond; i++) hold.finish(i, "e", RATE, frame(i / perSecond, 1 / perSecond));
  expect(hold.offset).toBe((100 - REPLAY_SECONDS) * perSecond);
  expect(hold.length).toBe(REPLAY_SECONDS * perSecond);
});

test("an epoch that ends holds nothing; the end of another than the one held changes nothing", () => {
  const hold = new CommitHold();
  hold.finish(3, "e", RATE, frame(0));
  hold.finish(4, "e-0", RATE, { ...frame(7), ended: true });
  expect(hold.offset).toBe(3);
  hold.finish(5, "e-2", RATE, frame(0));
  expect(hold.offset).toBe(5);
  hold.finish(6, "e-2", RATE, { ...frame(1), ended: true });
  expect(hold.offset).toBeNull();
});

/** Frames of a second each that come and are through, so many seconds into the epoch. */
function hear(hold: CommitHold, from: number, to: number, begin = 0): void {
  for (let offset = from; offset < to; offset++) {
    hold.heard(offset);
    hold.finish(offset, "e", RATE, frame(begin + offset - from));
  }
}

test("where checkpoints are written, nothing is passed that the last one does not tell", () => {
  const hold = new CommitHold();
  hold.awaitCheckpoint();
  hear(hold, 10, 70);
  // None yet: from the epoch's first frame on.
  expect(hold.offset).toBe(10);
  hold.checkpointed(15, true);
  expect(hold.offset).toBe(16);
  hold.checkpointed(68, true);
  expect(hold.offset).toBe(70 - REPLAY_SECONDS);
  // One is on its way that says that the epoch has ended; until it is there, the one before is gone on with.
  hold.heard(70);
  hold.finish(70, "e", RATE, { ...frame(60), ended: true });
  expect(hold.isHolding).toBe(false);
  expect(hold.offset).toBe(69);
  hold.checkpointed(70, false);
  expect(hold.offset).toBeNull();
});

test("a bed that comes back behind a long silence is held from its first frame, which may wait for one that is missing", () => {
  const hold = new CommitHold();
  hold.awaitCheckpoint();
  hear(hold, 0, 60);
  hold.checkpointed(59, true);
  hold.release();
  expect(hold.offset).toBe(60);
  hold.checkpointed(59, false);
  expect(hold.offset).toBeNull();
  // It brings nothing, so the bed is still silent, and let go of again.
  hold.heard(900);
  hold.finish(900, "e", RATE, { ...frame(100, 0) });
  hold.release();
  expect(hold.offset).toBe(900);
  // Captured before it came.
  hold.checkpointed(899, false);
  expect(hold.offset).toBe(900);
  hear(hold, 901, 961, 101);
  expect(hold.offset).toBe(900);
  hold.checkpointed(950, true);
  expect(hold.offset).toBe(961 - REPLAY_SECONDS);
});

test("a bed whose checkpoint can't be written is held by its frames alone", () => {
  const hold = new CommitHold();
  hold.awaitCheckpoint();
  hear(hold, 0, 60);
  hold.goWithoutCheckpoint();
  expect(hold.offset).toBe(60 - REPLAY_SECONDS);
  hold.checkpointed(30, true);
  expect(hold.offset).toBe(31);
});
