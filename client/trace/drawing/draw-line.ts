import { millivoltsToY, type SweepGeometry } from "./calibration.ts";
import { linePoints, missingRuns, type Samples } from "./decimate.ts";
import type { Pen } from "./pen.ts";

const LINE_PX = 1.6;

/** Samples [from, to) of one lead, the first of which stands at `x`. */
export interface Piece {
  readonly samples: Samples;
  readonly from: number;
  readonly to: number;
  readonly x: number;
  readonly pxPerSample: number;
}

/** Draws a lead's line, and the hatch where samples are missing. */
export function drawLine(
  context: Pen,
  geometry: SweepGeometry,
  { samples, from, to, x, pxPerSample }: Piece,
  colour: string,
  hatch: CanvasPattern | null,
): void {
  if (hatch) {
    context.fillStyle = hatch;
    missingRuns(samples, from, to, (start, stop) => {
      context.fillRect(x + (start - from) * pxPerSample, 0, (stop - start) * pxPerSample, geometry.height);
    });
  }
  context.strokeStyle = colour;
  context.lineWidth = LINE_PX * geometry.ratio;
  context.lineJoin = "round";
  context.beginPath();
  linePoints(samples, from, to, x, pxPerSample, (pointX, value, starts) => {
    const y = millivoltsToY(geometry, value);
    if (starts) context.moveTo(pointX, y);
    else context.lineTo(pointX, y);
  });
  context.stroke();
}
