import type { ConditionKind } from "../../contracts/condition.ts";
import type { Ward } from "./ward.ts";

/**
 * What is heard of a bed. heard: its frames, by a worker; no-data: a worker says that none come; refused, no-worker, no-frames: why
 * nobody monitors it (Monitoring); idle: its recording is over, or it has sent none, and nothing is expected of it.
 */
const BED_STATES = ["heard", "no-data", "refused", "no-worker", "no-frames", "idle"] as const;

/** Without a frame for so long, and nothing that says it ought to send, a bed is idle; see Monitoring. */
const IDLE_MS = 10_000;

/** How many beds are in each state at `nowMs`, Unix ms; canaries are none. */
export function countBeds(ward: Ward, nowMs: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>(BED_STATES.map((state) => [state, 0]));
  for (const { bed, unmonitored, lastFrameMs } of ward.list(nowMs)) {
    const isSending = lastFrameMs !== null && nowMs - lastFrameMs < IDLE_MS;
    const hasNoData = ward.bed(bed)?.openConditions.some(({ kind }) => kind === ("no-data" satisfies ConditionKind));
    const state = unmonitored?.reason ?? (hasNoData ? "no-data" : isSending ? "heard" : "idle");
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return counts;
}
