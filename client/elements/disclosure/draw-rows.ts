import type { Beat } from "../../../contracts/beat.ts";
import { hatchPattern } from "../../trace/drawing/draw-marks.ts";
import { linePoints } from "../../trace/drawing/decimate.ts";
import type { Palette } from "../../trace/drawing/palette.ts";
import { MINUTE_MS, type MinuteRows, ROWS } from "./minute-rows.ts";

/** Height of a minute, and of the full scale of it, CSS px. */
export const ROW_PX = 24;
const PX_PER_MV = 9;
/** What stands left of the line: the minute. */
const LEFT_PX = 52;

export interface RowsPicture {
  readonly rows: MinuteRows;
  readonly beats: readonly Beat[];
  /** CSS px. */
  readonly width: number;
  readonly palette: Palette;
  /** A time that is looked at, Unix ms. */
  readonly moment: number | null;
  readonly timeOfDay: (ms: number) => string;
}

/** Draws the hour, a minute a line, with what is ventricular, early or fusion marked. */
export function drawRows(context: CanvasRenderingContext2D, picture: RowsPicture): void {
  const { rows, width, palette, timeOfDay } = picture;
  context.clearRect(0, 0, width, ROWS * ROW_PX);
  context.font = "12px system-ui, sans-serif";
  context.textBaseline = "middle";
  for (let index = 0; index < ROWS; index++) {
    const middle = (index + 0.5) * ROW_PX;
    context.fillStyle = palette.ink;
    if (index % 5 === 0) context.fillText(timeOfDay(rows.beginMs + index * MINUTE_MS).slice(0, 5), 4, middle);
    drawRow(context, picture, index, middle);
  }
  markOff(context, picture);
  markBeats(context, picture);
}

/** Place of a time on the picture, CSS px; null where it is of another hour. */
export function placeOf({ beginMs }: MinuteRows, width: number, atMs: number): { x: number; row: number } | null {
  const row = Math.floor((atMs - beginMs) / MINUTE_MS);
  if (row < 0 || row >= ROWS) return null;
  return { row, x: LEFT_PX + ((atMs - beginMs - row * MINUTE_MS) / MINUTE_MS) * (width - LEFT_PX) };
}

/** The time at a place on the picture, Unix ms; null beside the lines. */
export function timeAt({ beginMs }: MinuteRows, width: number, x: number, y: number): number | null {
  const row = Math.floor(y / ROW_PX);
  if (row < 0 || row >= ROWS || x < LEFT_PX || x > width) return null;
  return beginMs + row * MINUTE_MS + ((x - LEFT_PX) / (width - LEFT_PX)) * MINUTE_MS;
}

function drawRow(
  context: CanvasRenderingContext2D,
  { rows, width, palette }: RowsPicture,
  index: number,
  y: number,
): void {
  const samples = rows.row(index);
  if (!samples) {
    context.strokeStyle = palette.hatch;
    context.setLineDash([2, 6]);
    context.beginPath();
    context.moveTo(LEFT_PX, y);
    context.lineTo(width, y);
    context.stroke();
    context.setLineDash([]);
    return;
  }
  context.strokeStyle = palette.trace;
  context.beginPath();
  const limit = ROW_PX * 0.6;
  linePoints(samples, 0, samples.length, LEFT_PX, (width - LEFT_PX) / samples.length, (x, value, starts) => {
    const at = y - Math.max(-limit, Math.min(limit, value * PX_PER_MV));
    if (starts) context.moveTo(x, at);
    else context.lineTo(x, at);
  });
  context.stroke();
}

/** No line where the lead was off, but the hatch of technical alarms. */
function markOff(context: CanvasRenderingContext2D, { rows, width, palette }: RowsPicture): void {
  const hatch = hatchPattern(context, palette.technical, 1);
  for (const { fromMs, toMs } of rows.off) {
    const first = Math.max(fromMs, rows.beginMs);
    const last = Math.min(toMs, rows.beginMs + ROWS * MINUTE_MS);
    for (let at = first; at < last;) {
      const row = Math.floor((at - rows.beginMs) / MINUTE_MS);
      const end = Math.min(last, rows.beginMs + (row + 1) * MINUTE_MS);
      const xOf = (ms: number): number =>
        LEFT_PX + ((ms - rows.beginMs - row * MINUTE_MS) / MINUTE_MS) * (width - LEFT_PX);
      const stretch = [xOf(at), row * ROW_PX, xOf(end) - xOf(at), ROW_PX] as const;
      context.clearRect(...stretch);
      if (hatch) context.fillStyle = hatch;
      context.fillRect(...stretch);
      at = end;
    }
  }
}

function markBeats(context: CanvasRenderingContext2D, { rows, beats, width, palette, moment }: RowsPicture): void {
  for (const { timeMs, beatClass } of beats) {
    if (beatClass === "N" || beatClass === "Q") continue;
    const place = placeOf(rows, width, timeMs);
    if (!place) continue;
    context.fillStyle = palette.beats[beatClass];
    context.fillRect(place.x - 1.5, place.row * ROW_PX + 1, 3, 5);
  }
  const looked = moment === null ? null : placeOf(rows, width, moment);
  if (!looked) return;
  context.strokeStyle = palette.bright;
  context.strokeRect(looked.x - 6, looked.row * ROW_PX + 0.5, 12, ROW_PX - 1);
}
