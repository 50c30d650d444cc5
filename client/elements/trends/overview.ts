import { msg, str } from "@lit/localize";
import type { Trend } from "../../../contracts/history.ts";
import { dateAndTime, duration } from "../../format.ts";
import { SPANS } from "./series.ts";

/** A stretch of event time, Unix ms. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

const LONGEST_MS = SPANS[SPANS.length - 1].ms;
const SHORTEST_MS = SPANS[0].ms;
/** The overview is so much longer than what is looked at, at least. */
const TIMES = 4;

/** The time that an overview of `shown` has: one of SPANS, up to now unless what is shown lies before it. */
export function overviewOf({ fromMs, toMs }: Span, nowMs: number): Span {
  const wanted = Math.min(LONGEST_MS, TIMES * (toMs - fromMs));
  const ms = SPANS.find((span) => span.ms >= wanted)?.ms ?? LONGEST_MS;
  const until = fromMs >= nowMs - ms ? Math.max(nowMs, toMs) : Math.min(nowMs, (fromMs + toMs + ms) / 2);
  return { fromMs: until - ms, toMs: until };
}

/** What a key makes of a stretch; null: it is not the brush's. Left and right move it by a quarter, up and down halve and double it. */
export function brushedBy(key: string, { fromMs, toMs }: Span, all: Span): Span | null {
  const ms = toMs - fromMs;
  const moved = (by: number): Span => within({ fromMs: fromMs + by, toMs: toMs + by }, all);
  const scaled = (times: number): Span => {
    const half = (Math.min(LONGEST_MS, Math.max(SHORTEST_MS, ms * times)) - ms) / 2;
    return within({ fromMs: fromMs - half, toMs: toMs + half }, all);
  };
  switch (key) {
    case "ArrowLeft":
      return moved(-ms / 4);
    case "ArrowRight":
      return moved(ms / 4);
    case "ArrowUp":
      return scaled(1 / 2);
    case "ArrowDown":
      return scaled(2);
    case "Home":
      return moved(all.fromMs - fromMs);
    case "End":
      return moved(all.toMs - toMs);
    default:
      return null;
  }
}

/** A stretch in words; `endMs`: null where it ends at this moment, and goes on. */
export function stretchWords(endMs: number | null, spanMs: number): string {
  if (endMs !== null) return msg(str`${dateAndTime(endMs - spanMs)} to ${dateAndTime(endMs)}`);
  const span = SPANS.find(({ ms }) => Math.abs(ms - spanMs) < 1);
  return msg(str`${span ? span.words() : duration(spanMs)}, up to now`);
}

/** Moved as little as brings it into `all`; not shortened, unless it is longer. */
export function within({ fromMs, toMs }: Span, all: Span): Span {
  const ms = Math.min(toMs - fromMs, all.toMs - all.fromMs);
  const from = Math.min(Math.max(fromMs, all.fromMs), all.toMs - ms);
  return { fromMs: from, toMs: from + ms };
}

/** The mean heart rate as an SVG path's `d`, `width` × `height`; broken where a step has none. */
export function ratePath({ points, stepMs }: Trend, { fromMs, toMs }: Span, width: number, height: number): string {
  const rates = points.flatMap(({ heartRateBpm }) => heartRateBpm ?? []);
  const low = Math.min(40, ...rates);
  const high = Math.max(120, ...rates);
  let drawnMs = Number.NaN;
  return points
    .flatMap(({ timeMs, heartRateBpm }) => {
      if (heartRateBpm === null) return [];
      const x = ((timeMs + stepMs / 2 - fromMs) / (toMs - fromMs)) * width;
      const y = height * (1 - (heartRateBpm - low) / (high - low));
      const isNext = timeMs - drawnMs <= stepMs;
      drawnMs = timeMs;
      // A step alone is a dot: a line of no length, which round ends show.
      return [`${isNext ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}${isNext ? "" : "h0"}`];
    })
    .join("");
}
