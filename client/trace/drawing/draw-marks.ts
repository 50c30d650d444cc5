import type { BeatClass } from "../../../contracts/beat.ts";
import { millivoltsToY, type SweepGeometry } from "./calibration.ts";
import type { Samples } from "./decimate.ts";
import type { Palette } from "./palette.ts";
import type { Pen } from "./pen.ts";

/** Half of a label's width, CSS pixels. */
export const LABEL_HALF_PX = 8;

/** Where the letter of a beat at `x` stands: within the trace, since the sweep does not wipe what lies beyond. */
export function letterX({ ratio, left, width }: SweepGeometry, x: number): number {
  const half = LABEL_HALF_PX * ratio;
  return Math.min(Math.max(x, left + half), left + width - half);
}

/**
 * Writes a beat's letter above x: N small and dim, others as a coloured chip with a stem down to the R peak.
 */
export function drawMark(
  context: Pen,
  geometry: SweepGeometry,
  palette: Palette,
  beatClass: BeatClass,
  x: number,
  peakY: number,
): void {
  const { ratio } = geometry;
  const size = 2 * LABEL_HALF_PX * ratio;
  const middle = size / 2 + 2 * ratio;
  const middleX = letterX(geometry, x);
  const colour = palette.beats[beatClass];
  context.textAlign = "center";
  context.textBaseline = "middle";
  if (beatClass === "N") {
    context.fillStyle = colour;
    context.font = `${10 * ratio}px system-ui, sans-serif`;
    context.fillText("N", middleX, middle);
    return;
  }
  context.fillStyle = colour;
  const foot = peakY - 4 * ratio;
  if (foot > size + 2 * ratio) context.fillRect(x - ratio / 2, size + 2 * ratio, ratio, foot - size - 2 * ratio);
  context.beginPath();
  context.roundRect(middleX - size / 2, 2 * ratio, size, size, 3 * ratio);
  context.fill();
  context.fillStyle = palette.chipInk;
  context.font = `700 ${12 * ratio}px system-ui, sans-serif`;
  context.fillText(beatClass, middleX, middle + ratio / 2);
}

/** Around its sample, a beat's peak is looked for within so many seconds. */
const PEAK_REACH_S = 0.04;

/** y of the highest sample near `position`; of 0 mV where all are missing. */
export function peakY(samples: Samples, position: number, rateHz: number, geometry: SweepGeometry): number {
  const reach = Math.ceil(PEAK_REACH_S * rateHz);
  let highest = Number.NEGATIVE_INFINITY;
  for (let at = position - reach; at <= position + reach; at++) {
    const value = samples.at(at);
    if (value > highest) highest = value;
  }
  return highest === Number.NEGATIVE_INFINITY ? geometry.baselineY : millivoltsToY(geometry, highest);
}

/** By colour and size: a canvas costs more to open than a trace to draw. */
const hatchTiles = new Map<string, HTMLCanvasElement | OffscreenCanvas>();

/** Diagonal lines, for where samples are missing or a lead is off. */
export function hatchPattern(context: Pen, colour: string, ratio: number): CanvasPattern | null {
  const key = `${colour} ${ratio}`;
  const tile = hatchTiles.get(key) ?? hatchTile(colour, ratio);
  if (!tile) return null;
  hatchTiles.set(key, tile);
  return context.createPattern(tile, "repeat");
}

function hatchTile(colour: string, ratio: number): HTMLCanvasElement | OffscreenCanvas | null {
  const size = Math.round(8 * ratio);
  // On the page's own thread where there is no OffscreenCanvas.
  const isHere = typeof OffscreenCanvas === "undefined";
  const tile = isHere ? document.createElement("canvas") : new OffscreenCanvas(size, size);
  tile.width = tile.height = size;
  const pen = tile.getContext("2d") as Pen | null;
  if (!pen) return null;
  pen.strokeStyle = colour;
  pen.lineWidth = ratio;
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift, size);
    pen.lineTo(shift + size, 0);
  }
  pen.stroke();
  return tile;
}
