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
