import { fetchTrend } from "../../api.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How far back it is looked for, and how far ahead of the clock: a replay's event time may run ahead. */
const BACK_MS = 21 * DAY_MS;
const AHEAD_MS = 7 * DAY_MS;

/**
 * Begin of the newest hour of which signal of a bed is kept, Unix ms of event time; null where none is, or nobody can say. `nowMs`: the bed's event
 * time; null: its frames do not come.
 */
export async function newestHourOf(bed: string, nowMs: number | null): Promise<number | null> {
  const toMs = nowMs ?? Date.now() + AHEAD_MS;
  const trend = await fetchTrend(bed, (nowMs ?? Date.now()) - BACK_MS, toMs, HOUR_MS);
  if (typeof trend === "string") return null;
  return trend.points.findLast(({ signalMs }) => signalMs > 0)?.timeMs ?? null;
}
