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

test("where checkpoints are written, nothing is passed that the last one does not tell", () => {
  const hold = new CommitHold();
  hold.awaitCheckpoint();
  for (let offset = 10; offset < 70; offset++) hold.finish(offset, "e", RATE, frame(offset - 10));
  // None yet: from the epoch's first frame on.
  expect(hold.offset).toBe(10);
  hold.checkpointed(15);
  expect(hold.offset).toBe(16);
  hold.checkpointed(68);
  expect(hold.offset).toBe(70 - REPLAY_SECONDS);
  // One is on its way that says that the epoch has ended; until it is there, the one before is gone on with.
  hold.finish(70, "e", RATE, { ...frame(60), ended: true });
  expect(hold.isHolding).toBe(false);
  expect(hold.offset).toBe(69);
  hold.checkpointed(null);
  expect(hold.offset).toBeNull();
});

test("a bed that comes back behind a long silence is held from where it comes back, not from its epoch's begin", () => {
  const hold = new CommitHold();
  hold.awaitCheckpoint();
  for (let offset = 0; offset < 60; offset++) hold.finish(offset, "e", RATE, frame(offset));
  hold.checkpointed(59);
  hold.release();
  hold.checkpointed(null);
  expect(hold.offset).toBeNull();
  for (let offset = 900; offset < 960; offset++) hold.finish(offset, "e", RATE, frame(offset - 800));
  expect(hold.offset).toBe(900);
  hold.checkpointed(950);
  expect(hold.offset).toBe(960 - REPLAY_SECONDS);
});

test("a bed whose checkpoint can't be written is held by its frames alone", () => {
  const hold = new CommitHold();
  hold.awaitCheckpoint();
  for (let offset = 0; offset < 60; offset++) hold.finish(offset, "e", RATE, frame(offset));
  hold.goWithoutCheckpoint();
  expect(hold.offset).toBe(60 - REPLAY_SECONDS);
  hold.checkpointed(30);
  expect(hold.offset).toBe(31);
});
