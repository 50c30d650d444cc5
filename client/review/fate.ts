import { msg, str } from "@lit/localize";
import type { Episode } from "../../contracts/history.ts";

/** What became of an alarm, in words. */
export function fateOf({
  alarm,
  acknowledged,
  dismissed,
}: Pick<Episode, "alarm" | "acknowledged" | "dismissed">): string {
  if (dismissed) return msg(str`Dismissed as false by ${dismissed.by}`);
  if (acknowledged) return msg(str`Acknowledged by ${acknowledged.by}`);
  if (alarm.state === "cleared") return msg("Over, nobody acknowledged it");
  return alarm.state === "latched" || alarm.ended ? msg("Over, waits to be acknowledged") : msg("Goes on");
}
