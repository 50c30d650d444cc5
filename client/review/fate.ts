import type { Episode } from "../../contracts/history.ts";

/** What became of an alarm, in words. */
export function fateOf({
  alarm,
  acknowledged,
  dismissed,
}: Pick<Episode, "alarm" | "acknowledged" | "dismissed">): string {
  if (dismissed) return `Dismissed as false by ${dismissed.by}`;
  if (acknowledged) return `Acknowledged by ${acknowledged.by}`;
  if (alarm.state === "cleared") return "Over, nobody acknowledged it";
  return alarm.state === "latched" || alarm.ended ? "Over, waits to be acknowledged" : "Goes on";
}
