import { expect, test } from "vitest";
import { ClockOffset, type OffClock } from "./clock-offset.ts";

const START_MS = Date.UTC(2026, 0, 1);
const FRAME_MS = 200;

/** Frames that come one each 200 ms, `delayMs` of each behind when its sender says that it was sent; what is known at their end. */
function heard(
  seconds: number,
  delayMs: (second: number) => number,
  { clock = new ClockOffset(), epoch = "e", fromMs = START_MS, isCurrent = true } = {},
): { clock: ClockOffset; endMs: number; found: OffClock | null } {
  let endMs = fromMs;
  let found: OffClock | null = null;
  for (let atMs = 0; atMs < seconds * 1000; atMs += FRAME_MS) {
    endMs = fromMs + atMs;
    clock.heard(epoch, endMs, endMs - delayMs(atMs / 1000));
    found = clock.off(endMs, isCurrent);
  }
  return { clock, endMs, found };
}

test.each([
  [0, null],
  [-59_000, null],
  [59_000, null],
  [-61_000, "ahead"],
  [61_000, "behind"],
  [-300_000, "ahead"],
  [300_000, "behind"],
])("frames that come %d ms behind what they say: %s", (delayMs, found) => {
  expect(heard(20, () => delayMs).found).toBe(found);
});

test("it is said once an epoch, with how much", () => {
  const { clock, endMs } = heard(20, (second) => -300_000 + 100 * Math.sin(second));
  const news = clock.news();
  expect(news?.epoch).toBe("e");
  expect(news?.offsetMs).toBeCloseTo(-300_000, -3);
  expect(clock.news()).toBeNull();
  expect(heard(20, () => -300_000, { clock, fromMs: endMs }).found).toBe("ahead");
  expect(clock.news()).toBeNull();
  expect(heard(20, () => -300_000, { clock, fromMs: endMs + 20_000, epoch: "next" }).found).toBe("ahead");
  expect(clock.news()).toEqual({ epoch: "next", offsetMs: -300_000 });
});

test("ten seconds are needed, and single frames prove nothing", () => {
  expect(heard(9, () => -300_000).found).toBeNull();
  expect(heard(20, (second) => (second % 4 < 1 ? -3_600_000 : 20)).found).toBeNull();
});

test("an outbox that drains is no clock: fast, in a burst, or over half a minute", () => {
  // Five minutes of frames within two seconds, then what is sent now.
  const burst = new ClockOffset();
  for (let i = 0; i < 1500; i++) burst.heard("e", START_MS + i, START_MS + i - 300_000 + i * 200);
  expect(heard(20, () => 30, { clock: burst, fromMs: START_MS + 2000 }).found).toBeNull();
  for (let seconds = 10; seconds <= 40; seconds++)
    expect(heard(seconds, (second) => Math.max(20, 300_000 - 10_000 * second)).found).toBeNull();
});

test("while this worker is itself behind, late frames say nothing of a clock, those of the future do; what was known stays known", () => {
  expect(heard(20, () => 300_000, { isCurrent: false }).found).toBeNull();
  expect(heard(20, () => -300_000, { isCurrent: false }).found).toBe("ahead");
  const { clock, endMs } = heard(20, () => 300_000);
  expect(heard(20, () => 300_000, { clock, fromMs: endMs, isCurrent: false }).found).toBe("behind");
});

test("a clock that is set right is right, one about the limit does not come and go, and of a bed that is silent nothing is known", () => {
  const { clock, endMs } = heard(20, () => 62_000);
  const about = heard(20, () => 58_000, { clock, fromMs: endMs });
  expect(about.found).toBe("behind");
  expect(clock.off(about.endMs + 61_000, true)).toBeNull();
  expect(heard(20, () => 10, { clock, fromMs: about.endMs }).found).toBeNull();
});
