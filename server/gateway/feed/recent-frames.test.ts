import { expect, test } from "vitest";
import { encodeFrame, type Frame } from "../../../contracts/frame.ts";
import { frameAt } from "../../../testing/gateway/messages.ts";
import { RecentFrames } from "./recent-frames.ts";

const add = (recent: RecentFrames, frame: Frame): void => void recent.add(frame, encodeFrame(frame));
const kept = (recent: RecentFrames, bed: string): number[] => recent.of(bed).map(({ frame }) => frame.sequence);

test("so many seconds of each bed are kept, and no less", () => {
  const recent = new RecentFrames({ seconds: 0.6, bytes: 1 << 20 });
  for (let n = 0; n < 6; n++) add(recent, frameAt("b1", n));
  add(recent, frameAt("b2", 9));
  expect(kept(recent, "b1")).toEqual([3, 4, 5]);
  expect(kept(recent, "b2")).toEqual([9]);
  expect(kept(recent, "b3")).toEqual([]);
});

test("another epoch begins with itself", () => {
  const recent = new RecentFrames({ seconds: 10, bytes: 1 << 20 });
  add(recent, frameAt("b1", 0));
  add(recent, { ...frameAt("b1", 1), epoch: "e2" });
  expect(kept(recent, "b1")).toEqual([1]);
});

test("above so many bytes the bed silent longest is forgotten", () => {
  const { length } = encodeFrame(frameAt("b1", 0));
  const recent = new RecentFrames({ seconds: 10, bytes: 3 * length + 20 });
  for (const bed of ["b1", "b2", "b1", "b3"]) add(recent, frameAt(bed, 0));
  expect(kept(recent, "b2")).toEqual([]);
  expect([kept(recent, "b1").length, kept(recent, "b3").length]).toEqual([2, 1]);
});

test("a head is the same while nothing of it changes", () => {
  const recent = new RecentFrames();
  add(recent, frameAt("b1", 0));
  add(recent, frameAt("b1", 1));
  add(recent, { ...frameAt("b1", 2), source: "other" });
  const [first, second, third] = recent.of("b1").map(({ head }) => head);
  expect(second).toBe(first);
  expect(third).not.toBe(second);
});
