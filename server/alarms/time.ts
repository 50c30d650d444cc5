import type { Alarm } from "../../contracts/alarm.ts";
import { isLifeThreatening } from "../../contracts/condition.ts";
import { resume, unsilence } from "./commands.ts";
import { clear, endCondition } from "./conditions.ts";
import type { Draft } from "./draft.ts";

/** What comes with time, from `beforeMs` of the alarm clock to now. */
export function passTime(draft: Draft, beforeMs: number): void {
  const { nowMs, policy } = draft;
  const isDue = (sinceMs: number): boolean => {
    const everyMs = policy.reminderSeconds * 1000;
    return Math.floor((nowMs - sinceMs) / everyMs) > Math.max(0, Math.floor((beforeMs - sinceMs) / everyMs));
  };
  const { silence, pause } = draft.state;
  if (silence && silence.untilMs <= nowMs) unsilence(draft);
  if (pause && pause.untilMs <= nowMs) resume(draft);
  const hush = draft.state.pause ?? draft.state.silence;
  if (hush && isDue(hush.sinceMs)) draft.hush("reminded", {});
  for (const { id } of draft.state.alarms) {
    const alarm = draft.find((one) => one.id === id);
    if (!alarm) continue;
    const deadlineMs = draft.state.unconfirmed[id];
    if (deadlineMs !== undefined && deadlineMs <= nowMs) endUnconfirmed(draft, alarm);
    else if (alarm.state === "active" && alarm.ended && alarm.shownUntilMs <= nowMs) clear(draft, alarm);
    else if (alarm.escalatesAtMs !== null && alarm.escalatesAtMs <= nowMs) escalate(draft, alarm);
    else if (alarm.acknowledged && !alarm.ended && isDue(alarm.acknowledged.atMs)) draft.put("reminded", alarm);
  }
}

/**
 * A worker that took over has not told the condition again. It may be over; or it cannot be heard by who has not heard it begin,
 * as an asystole of a minute: what threatens life sounds until somebody has looked again, though it was acknowledged before.
 */
function endUnconfirmed(draft: Draft, alarm: Alarm): void {
  if (!alarm.acknowledged || !isLifeThreatening(alarm.kind)) return endCondition(draft, alarm);
  const escalatesAtMs = draft.nowMs + draft.policy.escalateAfterSeconds[alarm.priority] * 1000;
  endCondition(draft, { ...alarm, version: alarm.version + 1, acknowledged: null, escalatesAtMs });
}

/** Nobody has acted: what was an advisory is serious; what was serious is told at the second station, too. */
function escalate(draft: Draft, alarm: Alarm): void {
  if (alarm.priority !== "low") {
    draft.put("escalated", { ...alarm, station: 2, escalatesAtMs: null });
    return;
  }
  const escalatesAtMs = draft.nowMs + draft.policy.escalateAfterSeconds.medium * 1000;
  const serious = { priority: "medium", version: alarm.version + 1, silencedUntilMs: null, escalatesAtMs } as const;
  draft.put("escalated", { ...alarm, ...serious });
}
