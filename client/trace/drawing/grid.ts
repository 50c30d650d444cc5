import type { SweepGeometry } from "./calibration.ts";
import type { Palette } from "./palette.ts";

/** Below so many device pixels a millimetre, its lines would run together: only each fifth is drawn. */
const FINEST_PX = 3;
/** The calibration mark needs so many CSS pixels for its words. */
const LABELLED_PX = 28;

/** Draws ECG paper (1 mm and 5 mm, a heavy line at 0 mV) and the calibration mark of 1 mV. */
export function drawGrid(context: CanvasRenderingContext2D, geometry: SweepGeometry, palette: Palette): void {
  const { pxPerMm, left, width, height } = geometry;
  context.clearRect(0, 0, left + width, height);
  if (pxPerMm >= FINEST_PX) drawLines(context, geometry, 1, palette.gridFine);
  drawLines(context, geometry, 5, palette.gridBold);
  drawCalibrationMark(context, geometry, palette);
}

function drawLines(
  context: CanvasRenderingContext2D,
  { pxPerMm, left, width, height, baselineY, ratio }: SweepGeometry,
  everyMm: number,
  colour: string,
): void {
  const step = everyMm * pxPerMm;
  const thickness = Math.max(1, Math.floor(ratio));
  context.fillStyle = colour;
  for (let x = left; x <= left + width; x += step) context.fillRect(Math.round(x), 0, thickness, height);
  for (let y = baselineY - Math.floor(baselineY / step) * step; y <= height; y += step) {
    context.fillRect(left, Math.round(y), width, thickness);
  }
}

function drawCalibrationMark(
  context: CanvasRenderingContext2D,
  { pxPerMm, pxPerMv, baselineY, left, ratio }: SweepGeometry,
  { ink }: Palette,
): void {
  const top = baselineY - pxPerMv;
  const at = (mm: number): number => Math.round(mm * pxPerMm) + 0.5;
  context.strokeStyle = ink;
  context.lineWidth = 1.5 * ratio;
  context.beginPath();
  context.moveTo(at(1), baselineY);
  context.lineTo(at(2.2), baselineY);
  context.lineTo(at(2.2), top);
  context.lineTo(at(5.8), top);
  context.lineTo(at(5.8), baselineY);
  context.lineTo(at(7), baselineY);
  context.stroke();
  if (left < LABELLED_PX * ratio) return;
  context.fillStyle = ink;
  context.font = `${9 * ratio}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "top";
  context.fillText("1 mV", at(4), baselineY + 4 * ratio);
}
