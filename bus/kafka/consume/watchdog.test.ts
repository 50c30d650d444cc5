import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createWatchdog } from "./watchdog.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("barks once when nothing has lived for the limit", () => {
  const onStall = vi.fn<() => void>();
  const watchdog = createWatchdog(1000, onStall);
  for (let i = 0; i < 5; i++) {
    vi.advanceTimersByTime(900);
    watchdog.alive();
  }
  expect(onStall).not.toHaveBeenCalled();
  vi.advanceTimersByTime(5000);
  watchdog.alive();
  vi.advanceTimersByTime(5000);
  expect(onStall).toHaveBeenCalledTimes(1);
});

test("is silent once stopped, even by a late sign of life", () => {
  const onStall = vi.fn<() => void>();
  const watchdog = createWatchdog(1000, onStall);
  watchdog.stop();
  watchdog.alive();
  vi.advanceTimersByTime(5000);
  expect(onStall).not.toHaveBeenCalled();
});
