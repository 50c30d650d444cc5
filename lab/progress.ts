import { type Options, SingleBar } from "cli-progress";

/** How seldom a bar writes a line where there is no terminal. */
const LINE_EVERY_MS = 10_000;

/**
 * A bar on stderr; `format` as cli-progress has it. `{eta_formatted}` is no time before there is progress to tell it from.
 */
export const progressBar = (
  format: string,
  options: Pick<Options, "fps" | "etaBuffer" | "notTTYSchedule"> = {},
): SingleBar => new SingleBar({ notTTYSchedule: LINE_EVERY_MS, ...options, format, formatTime, noTTYOutput: true });

/** cli-progress's estimate is a number of seconds once there is one, and a word before. */
export function formatTime(estimate: unknown): string {
  if (typeof estimate !== "number" || !Number.isFinite(estimate)) return "unknown time";
  const seconds = Math.round(estimate);
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes}m` : `${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, "0")}m`;
}
