import { expect, test } from "vitest";
import type { Trend, TrendPoint } from "../../../contracts/history.ts";
import { brushedBy, overviewOf, ratePath, within } from "./overview.ts";

const HOUR = 3_600_000;
const NOW = 1000 * HOUR;

test("an overview is of the next span that is four times as long, up to now, or around what lies long ago", () => {
  expect(overviewOf({ fromMs: NOW - HOUR, toMs: NOW }, NOW)).toEqual({ fromMs: NOW - 6 * HOUR, toMs: NOW });
  expect(overviewOf({ fromMs: NOW - 5 * HOUR, toMs: NOW - 4 * HOUR }, NOW)).toEqual({
    fromMs: NOW - 6 * HOUR,
    toMs: NOW,
  });
  const old = overviewOf({ fromMs: NOW - 101 * HOUR, toMs: NOW - 100 * HOUR }, NOW);
  expect(old).toEqual({ fromMs: NOW - 103.5 * HOUR, toMs: NOW - 97.5 * HOUR });
  expect(overviewOf({ fromMs: NOW - 168 * HOUR, toMs: NOW }, NOW)).toEqual({ fromMs: NOW - 168 * HOUR, toMs: NOW });
});

test("keys move a stretch by a quarter, halve and double it, and never leave the overview", () => {
  const all = { fromMs: 0, toMs: 6 * HOUR };
  const shown = { fromMs: HOUR, toMs: 2 * HOUR };
  expect(brushedBy("ArrowRight", shown, all)).toEqual({ fromMs: 1.25 * HOUR, toMs: 2.25 * HOUR });
  expect(brushedBy("ArrowUp", shown, all)).toEqual({ fromMs: 1.25 * HOUR, toMs: 1.75 * HOUR });
  expect(brushedBy("ArrowDown", shown, all)).toEqual({ fromMs: 0.5 * HOUR, toMs: 2.5 * HOUR });
  expect(brushedBy("Home", shown, all)).toEqual({ fromMs: 0, toMs: HOUR });
  expect(brushedBy("End", shown, all)).toEqual({ fromMs: 5 * HOUR, toMs: 6 * HOUR });
  expect(brushedBy("ArrowLeft", { fromMs: 0, toMs: HOUR }, all)).toEqual({ fromMs: 0, toMs: HOUR });
  expect(brushedBy("ArrowUp", { fromMs: 0, toMs: 60_000 }, all)).toEqual({ fromMs: 0, toMs: 60_000 });
  expect(brushedBy("Enter", shown, all)).toBeNull();
  expect(within({ fromMs: -HOUR, toMs: 9 * HOUR }, all)).toEqual(all);
});

test("the line is broken where there is no signal, or no rate in it", () => {
  const rates: readonly (readonly [number, number | null])[] = [
    [0, 40],
    [1, 120],
    [2, null],
    [3, 40],
    [6, 80],
  ];
  const points = rates.map(([step, heartRateBpm]) => ({ timeMs: step * 10, heartRateBpm }) as TrendPoint);
  const trend: Trend = { bed: "b1", stepMs: 10, points };
  expect(ratePath(trend, { fromMs: 0, toMs: 100 }, 100, 10)).toBe("M5.0 10.0h0L15.0 0.0M35.0 10.0h0M65.0 5.0h0");
});
