import { expect, test } from "vitest";
import type { QrsPlace } from "../samples/qrs-places.ts";
import { sweepGeometry } from "./calibration.ts";
import { QrsDots } from "./qrs-dots.ts";

const RATE = 250;
const GEOMETRY = sweepGeometry({ speedMmPerS: 25, gainMmPerMv: 10, scale: 1 }, 600, 100, 1);
const PX_PER_SAMPLE = GEOMETRY.pxPerSecond / RATE;

function scene() {
  const canvas = Object.assign(document.createElement("canvas"), { width: 600, height: 100 });
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  const dots = new QrsDots(context, GEOMETRY, RATE, "#fff", (position) => GEOMETRY.left + position * PX_PER_SAMPLE);
  const place: QrsPlace = { serial: 0, position: 250, isClassed: false };
  const mended: [number, number][] = [];
  const draw = (until: number): string => {
    dots.draw([place], 0, until, (from, to) => mended.push([from, to]));
    return [...context.getImageData(0, 0, 600, 100).data].join("");
  };
  return { canvas, context, dots, place, mended, draw };
}

const isEmpty = (pixels: string): boolean => /^0*$/.test(pixels);

test("a hollow dot stands where the head has passed a QRS, until its class comes; the line is drawn again there", () => {
  const { context, place, mended, draw } = scene();
  expect(isEmpty(draw(240))).toBe(true);
  expect(isEmpty(draw(260))).toBe(false);
  const x = Math.round(GEOMETRY.left + 250 * PX_PER_SAMPLE);
  const [, , , inside] = context.getImageData(x, 10, 1, 1).data;
  expect(inside).toBe(0);
  place.isClassed = true;
  expect(isEmpty(draw(270))).toBe(true);
  expect(mended).toHaveLength(1);
  expect(mended[0][0]).toBeLessThan(250);
  expect(mended[0][1]).toBeGreaterThan(250);
});

test("one whose class does not come is struck through, once, and stays", () => {
  const { place, draw } = scene();
  const hollow = draw(260);
  expect(draw(250 + 4 * RATE)).toBe(hollow);
  const struck = draw(252 + 4 * RATE);
  expect(struck).not.toBe(hollow);
  expect(draw(300 + 4 * RATE)).toBe(struck);
  place.isClassed = true;
  expect(draw(310 + 4 * RATE)).toBe(struck);
});

test("where the trace is drawn anew, dots are, too; one that has its class is none", () => {
  const { canvas, dots, place, draw } = scene();
  const hollow = draw(260);
  canvas.width = 600;
  dots.restartAt([place], 0);
  expect(draw(260)).toBe(hollow);
  canvas.width = 600;
  place.isClassed = true;
  dots.restartAt([place], 0);
  expect(isEmpty(draw(260))).toBe(true);
});
