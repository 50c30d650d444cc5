import { calibrationPulse, type SweepGeometry } from "./calibration.ts";
import { factorWords, type Fit, fitted } from "./fit.ts";
import type { Palette } from "./palette.ts";
import type { Pen } from "./pen.ts";

/** Below so many device pixels a millimetre, its lines would run together: only each fifth is drawn. */
const FINEST_PX = 3;
/** The calibration mark needs so many CSS pixels for its words. */
const LABELLED_PX = 28;
const UNIT_PX = 9;
const FACTOR_PX = 12;

/** Draws ECG paper, 1 mm and 5 mm. */
export function drawGrid(context: Pen, geometry: SweepGeometry, palette: Palette): void {
  const { pxPerMm, left, width, height } = geometry;
  context.fillStyle = palette.ground;
  context.fillRect(0, 0, left + width, height);
  if (pxPerMm >= FINEST_PX) drawLines(context, geometry, 1, palette.gridFine);
  drawLines(context, geometry, 5, palette.gridBold);
}

function drawLines(
  context: Pen,
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

/**
 * Draws the calibration pulse before the paper, in time and voltage as the trace has them, and beside it by what the gain is multiplied, if by
 * anything.
 */
export function drawCalibrationMark(context: Pen, usual: SweepGeometry, palette: Palette, fit: Fit): void {
  const geometry = fitted(usual, fit);
  const { pxPerMm, left, height, ratio } = geometry;
  const { mv, from, to, foot, top } = calibrationPulse(geometry);
  const crisp = (x: number): number => Math.round(x) + 0.5;
  context.fillStyle = palette.ground;
  context.fillRect(0, 0, left, height);
  context.strokeStyle = palette.ink;
  context.lineWidth = 1.5 * ratio;
  context.beginPath();
  context.moveTo(crisp(pxPerMm), foot);
  context.lineTo(crisp(from), foot);
  context.lineTo(crisp(from), top);
  context.lineTo(crisp(to), top);
  context.lineTo(crisp(to), foot);
  context.lineTo(crisp(left - pxPerMm), foot);
  context.stroke();
  context.textAlign = "center";
  context.textBaseline = "top";
  const words = factorWords(fit);
  if (words !== "") {
    context.fillStyle = palette.bright;
    context.font = `700 ${FACTOR_PX * ratio}px system-ui, sans-serif`;
    context.fillText(words, left / 2, Math.max(ratio, top - (FACTOR_PX + 4) * ratio));
  }
  const hasRoom = left >= LABELLED_PX * ratio;
  // Without a number, a pulse is 1 mV.
  if (!hasRoom && mv === 1) return;
  context.fillStyle = palette.ink;
  context.font = `${UNIT_PX * ratio}px system-ui, sans-serif`;
  const unit = hasRoom ? `${mv} mV` : String(mv);
  context.fillText(unit, left / 2, Math.min(foot + 4 * ratio, height - (UNIT_PX + 1) * ratio));
}
