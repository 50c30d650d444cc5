import { expect, test } from "vitest";
import { BEAT_CLASSES } from "../../../contracts/beat.ts";
import { sweepGeometry } from "./calibration.ts";
import { drawMark } from "./draw-marks.ts";
import { OverflowArrows } from "./overflow-arrows.ts";
import { readPalette } from "./palette.ts";

const GEOMETRY = sweepGeometry({ speedMmPerS: 25, gainMmPerMv: 10, scale: 1 }, 400, 100, 1);

/** Whether anything stands left of the sweep, where the calibration mark has its place. */
function isGutterEmpty(draw: (context: CanvasRenderingContext2D) => void): boolean {
  const canvas = Object.assign(document.createElement("canvas"), { width: 400, height: 100 });
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  draw(context);
  expect(context.getImageData(0, 0, 400, 100).data.some((value) => value > 0)).toBe(true);
  return context.getImageData(0, 0, GEOMETRY.left, 100).data.every((value) => value === 0);
}

test("a letter or an arrow at the sweep's edge leaves nothing beyond it, where nobody would wipe it", () => {
  const palette = { ...readPalette(document.documentElement), chipInk: "#000" };
  const beats = Object.fromEntries(BEAT_CLASSES.map((name) => [name, "#fff"])) as typeof palette.beats;
  for (const beatClass of BEAT_CLASSES) {
    const draw = (context: CanvasRenderingContext2D): void =>
      drawMark(context, GEOMETRY, { ...palette, beats }, beatClass, GEOMETRY.left + 1, 60);
    expect(isGutterEmpty(draw)).toBe(true);
  }
  const arrow = (context: CanvasRenderingContext2D): void => {
    const arrows = new OverflowArrows(context, GEOMETRY.pxPerSecond, "#fff");
    arrows.restartAt(0);
    arrows.draw({ at: (position) => (position < 2 ? 9 : 0) }, 9, GEOMETRY);
  };
  expect(isGutterEmpty(arrow)).toBe(true);
});
