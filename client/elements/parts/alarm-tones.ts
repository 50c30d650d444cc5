import { css } from "lit";
import type { Alarm } from "../../ward/alarm.ts";

/** Which of `toneStyles` an alarm stands in: filled by priority; technical ones outlined; plain once somebody has acknowledged it. */
export function toneOf({ priority, category, isQuiet }: Alarm): string {
  if (isQuiet) return "quiet";
  return category === "technical" ? `${priority} technical` : priority;
}

export const toneStyles = css`
  .high {
    --tone: var(--high);
    --mark-stroke: var(--high-fill);
    background: var(--high-fill);
    color: var(--high-ink);
  }
  .medium {
    --tone: var(--medium);
    --mark-stroke: var(--medium-fill);
    background: var(--medium-fill);
    color: var(--medium-ink);
  }
  .low {
    --tone: var(--low);
    --mark-stroke: var(--low-fill);
    background: var(--low-fill);
    color: var(--low-ink);
  }
  .technical {
    background: none;
    color: var(--tone);
    box-shadow: inset 0 0 0 2px var(--tone);
    --mark-stroke: var(--bg);
  }
  .quiet {
    background: none;
    color: var(--ink);
    box-shadow: inset 0 0 0 1px var(--line);
    --mark-stroke: var(--bg);
  }
`;
