import { expect, test, vi } from "vitest";
import { drawn, sceneOf, textOf } from "../../../testing/client/dom.ts";
import { beatOf, frameOf } from "../../../testing/client/messages.ts";
import { MonitoredBed } from "../../ward/monitored-bed.ts";
import { HeartRateTrend } from "./heart-rate-trend.ts";
import { RrTachogram } from "./rr-tachogram.ts";
import type { TimeChart } from "./time-chart.ts";

/** A chart of a bed at 0:40, a beat at each of these seconds. */
async function chartOf<C extends TimeChart>(chart: C, seconds: readonly number[], change = {}): Promise<C> {
  const bed = new MonitoredBed("b1");
  bed.addFrame(frameOf(9950), performance.now());
  for (const second of seconds) bed.addBeat(beatOf(250 * second, change));
  Object.assign(chart, { bed }).style.cssText = "width: 400px; height: 200px";
  await sceneOf().show(chart);
  const svg = (): SVGElement | null => chart.renderRoot.querySelector(".plot svg");
  await vi.waitFor(() => expect(svg()?.getAttribute("viewBox")).toMatch(/^0 0 3\d\d /));
  await drawn(chart);
  return chart;
}

const rates = (chart: TimeChart): Element[] => [...chart.renderRoot.querySelectorAll(".rate")];
const beats = (chart: TimeChart): Element[] => [...chart.renderRoot.querySelectorAll(".plot g")];

test("the heart rate is a line, broken where beats are too far apart to be joined", async () => {
  expect(rates(await chartOf(new HeartRateTrend(), []))).toHaveLength(0);
  expect(rates(await chartOf(new HeartRateTrend(), [30, 31, 32, 33]))).toHaveLength(1);
  expect(rates(await chartOf(new HeartRateTrend(), [20, 21, 33, 34]))).toHaveLength(2);
  expect(rates(await chartOf(new HeartRateTrend(), [30, 31], { heartRateBpm: null }))).toHaveLength(0);
  expect(rates(await chartOf(new HeartRateTrend(), [30, 31], { beatClass: "Q" }))).toHaveLength(0);
});

test("its axis is in minutes before now, and holds rates out of the ordinary", async () => {
  const chart = await chartOf(new HeartRateTrend(), [30, 31], { heartRateBpm: 210 });
  expect(textOf(chart)).toMatch(/now.*−1 min.*−5 min/);
  expect(Number(textOf(chart).match(/\b2\d0\b/)?.[0])).toBeGreaterThanOrEqual(200);
});

test("each beat's RR interval stands at its time, its class by shape and colour", async () => {
  const normal = beats(await chartOf(new RrTachogram(), [20, 30]));
  const early = beats(await chartOf(new RrTachogram(), [30], { beatClass: "S", rrMs: 400 }));
  expect(normal).toHaveLength(2);
  const path = (mark: Element): string | null | undefined => mark.querySelector("path")?.getAttribute("d");
  expect(path(normal[0])).not.toBe(path(early[0]));
  expect(getComputedStyle(normal[0]).fill).not.toBe(getComputedStyle(early[0]).fill);
  expect(normal[0].getBoundingClientRect().x).toBeLessThan(normal[1].getBoundingClientRect().x);
  expect(early[0].getBoundingClientRect().y).toBeGreaterThan(normal[1].getBoundingClientRect().y);
});

test("a beat without an interval has no place; one beyond the axis stands at its end", async () => {
  expect(beats(await chartOf(new RrTachogram(), [30], { rrMs: null }))).toHaveLength(0);
  const places = await Promise.all(
    [1600, 2900].map(async (rrMs) => beats(await chartOf(new RrTachogram(), [30], { rrMs }))[0]),
  );
  const top = (mark: Element): string | undefined => mark.getAttribute("transform")?.split(" ")[1];
  expect(top(places[0])).toBe(top(places[1]));
});
