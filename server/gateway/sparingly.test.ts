import { afterEach, expect, test, vi } from "vitest";
import { sparingly } from "./sparingly.ts";

afterEach(() => void vi.useRealTimers());

test("one line in five seconds, with how many were left out", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const lines: string[] = [];
  const log = sparingly((what: string, more: number) => lines.push(`${what} +${more}`));
  for (let n = 0; n < 100; n++) {
    log(`m${n}`);
    vi.advanceTimersByTime(100);
  }
  expect(lines).toEqual(["m0 +0", "m50 +49"]);
});
