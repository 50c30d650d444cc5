import { expect, test } from "vitest";
import { Delays } from "./delays.ts";

test("the median, the worst, and nothing of a broker that was never away", () => {
  const delays = new Delays();
  for (const [i, seconds] of [0.3, 5, 0.2].entries()) delays.add(seconds, 1000 * i);
  expect(delays.median).toBe(0.3);
  expect(delays.worst).toBe(5);
  expect(delays.caughtUp).toBeNull();
  expect(new Delays().median).toBeNaN();
  expect(new Delays().worst).toBeNaN();
});

test("caught up with the last beat that came late behind the last return", () => {
  const delays = new Delays();
  delays.returned(10_000);
  delays.add(9, 20_000);
  delays.returned(30_000);
  delays.add(12, 32_000);
  delays.add(2.6, 34_500);
  delays.add(2.4, 60_000);
  expect(delays.caughtUp).toBe(4.5);
});
