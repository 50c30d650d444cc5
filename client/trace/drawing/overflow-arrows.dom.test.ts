import { expect, test } from "vitest";
import { sweepGeometry } from "./calibration.ts";
import { OverflowArrows } from "./overflow-arrows.ts";

/** 10 samples a pixel; 0 mV at y 62 of 100. */
const GEOMETRY = sweepGeometry({ speedMmPerS: 25, gainMmPerMv: 10, scale: 1 }, 400, 100, 1);
const RATE = 10 * GEOMETRY.pxPerSecond;

/** Columns of the canvas that arrows cover in its upper and lower half, as the first and last of each. */
function arrowsOf(valueAt: (x: number) => number, pieces: readonly number[]) {
  const canvas = Object.assign(document.createElement("canvas"), { width: 400, height: 100 });
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  const arrows = new OverflowArrows(context, RATE, "#fff");
  arrows.restartAt(0);
  const samples = { at: (position: number) => valueAt(position / 10) };
  for (const x of pieces) arrows.draw(samples, x * 10, GEOMETRY);
  return [0, 50].map((top) => {
    const { data } = context.getImageData(0, top, 400, 50);
    const columns = new Set<number>();
    for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 100) columns.add(((at / 4) % 400) - GEOMETRY.left);
    return columns.size === 0 ? null : (Math.min(...columns) + Math.max(...columns)) / 2;
  });
}

test("an arrow points where samples leave the trace, in the middle of where they do, whatever the pieces", () => {
  const tall = (x: number): number => (x >= 100 && x < 110 ? 3 : x >= 200 && x < 220 ? -3 : 1);
  const every = Array.from({ length: 150 }, (_, n) => 2 * n);
  for (const pieces of [[300], every]) {
    const [up, down] = arrowsOf(tall, pieces);
    expect(Math.abs((up ?? 0) - 105)).toBeLessThan(1);
    expect(Math.abs((down ?? 0) - 210)).toBeLessThan(1);
  }
});

test("what stays within it has none, nor has what is missing", () => {
  expect(arrowsOf((x) => (x > 100 && x < 120 ? Number.NaN : 1.2), [300])).toEqual([null, null]);
});
