import { drawLine } from "../drawing/draw-line.ts";
import { drawMark, hatchPattern, peakY } from "../drawing/draw-marks.ts";
import { drawCalibrationMark, drawGrid } from "../drawing/grid.ts";
import { OffStretchPen } from "../drawing/off-stretch.ts";
import { OverflowArrows } from "../drawing/overflow-arrows.ts";
import type { Palette } from "../drawing/palette.ts";
import type { Pen } from "../drawing/pen.ts";
import type { FrozenBeat, FrozenLead } from "./frozen-signal.ts";
import { type Strip, xOfPosition } from "./strip.ts";

/** Draws one frozen lead, as a sweep draws it, but from left to right. */
export function drawStrip(
  context: Pen,
  strip: Strip,
  { begin, samples, off }: FrozenLead,
  beats: readonly FrozenBeat[],
  palette: Palette,
  offWords: string,
): void {
  const { usual, geometry, fit, rateHz, from, to } = strip;
  const { left, width, height, pxPerSecond } = geometry;
  drawGrid(context, usual, palette);
  drawCalibrationMark(context, usual, palette, fit);
  context.save();
  context.beginPath();
  context.rect(left, 0, width, height);
  context.clip();
  const hatch = hatchPattern(context, palette.hatch, geometry.ratio);
  const first = Math.max(from, begin);
  const piece = { samples, from: first, to, x: xOfPosition(strip, first), pxPerSample: pxPerSecond / rateHz };
  drawLine(context, geometry, piece, palette.trace, hatch);
  const offPen = new OffStretchPen(context, geometry, palette, offWords);
  for (const stretch of off) {
    if (stretch.to <= from || stretch.from >= to) continue;
    const x = (position: number): number => xOfPosition(strip, position);
    offPen.draw(x(stretch.from), x(Math.max(from, stretch.from)), x(Math.min(to, stretch.to)));
  }
  const arrows = new OverflowArrows(context, rateHz, palette.bright);
  arrows.restartAt(0);
  arrows.draw({ at: (position) => samples.at(position + from) }, to - from, geometry);
  for (const { position, beatClass } of beats) {
    if (position < from || position >= to || Number.isNaN(samples.at(position))) continue;
    const y = peakY(samples, position, rateHz, geometry);
    drawMark(context, geometry, palette, beatClass, xOfPosition(strip, position), y);
  }
  context.restore();
}
