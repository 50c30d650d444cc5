import type { Alarm } from "../../contracts/alarm.ts";
import { isLifeThreatening } from "../../contracts/condition.ts";
import { type Command, isReview } from "../../contracts/command.ts";
import { clear } from "./conditions.ts";
import type { Because, Draft } from "./draft.ts";

/**
 * Somebody's command. One that came before is left, and what is said of what was; whatever cannot be done is refused, by an event that says why. `isLate`: it
 * was given so long ago that what it is to silence may be something else.
 */
export function heedCommand(draft: Draft, command: Command, isLate: boolean): void {
  if (isReview(command.action) || draft.state.commands.includes(command.id)) return;
  const { id, by, reason } = command;
  const because = { command: id, by, reason };
  const refusal = draft.state.clock
    ? heed(draft, command, because, isLate)
    : "nothing has been heard of this bed so far";
  if (refusal !== null) draft.hush("refused", {}, { ...because, reason: refusal });
}

/** Why it is refused; null where it has been done. */
function heed(draft: Draft, command: Command, because: Because, isLate: boolean): string | null {
  const isQuieting = command.action === "silence" || command.action === "pause";
  if (isLate && isQuieting) return `the ${command.action} came too late: what sounds may be something else`;
  switch (command.action) {
    case "acknowledge":
      return acknowledge(draft, command, because);
    case "silence":
      return silence(draft, because);
    case "unsilence":
      if (!draft.state.silence) return "the bed is not silenced";
      unsilence(draft, because);
      return null;
    case "pause":
      return pause(draft, because);
    case "resume":
      if (!draft.state.pause) return "the bed's alarms are not paused";
      resume(draft, because);
      return null;
    default:
      return `the action ${String(command.action)} is not known`;
  }
}

function acknowledge(draft: Draft, { alarm: seen, by, reason }: Command, because: Because): string | null {
  if (!seen) return "the acknowledgement names no alarm";
  const alarm = draft.find(({ id }) => id === seen.id);
  if (!alarm) {
    const isOver = draft.state.past.some(({ id }) => id === seen.id);
    return isOver ? "the alarm is over" : "there is no such alarm";
  }
  if (alarm.acknowledged) return `the alarm is acknowledged already, by ${alarm.acknowledged.by}`;
  if (alarm.version !== seen.version) {
    return `the alarm has changed since it was seen: it is at version ${alarm.version}, not ${seen.version}`;
  }
  const acknowledged = { by, atMs: draft.nowMs, reason };
  const quiet = { silencedUntilMs: null, escalatesAtMs: null };
  const after: Alarm = { ...alarm, version: alarm.version + 1, acknowledged, ...quiet };
  draft.put("acknowledged", after, because);
  if (after.state === "latched") clear(draft, after, because);
  return null;
}

/** What sounds now is still for a while; what comes or rises meanwhile sounds. */
function silence(draft: Draft, because: Because): string | null {
  const sounding = draft.state.alarms.filter(({ sounding, silencedUntilMs }) => sounding || silencedUntilMs !== null);
  if (sounding.length === 0) return "nothing sounds";
  const silenced = sounding.filter(({ kind }) => !isLifeThreatening(kind));
  if (silenced.length === 0) return "what sounds is life-threatening: acknowledging it alone ends its sound";
  const untilMs = draft.nowMs + draft.policy.silenceSeconds * 1000;
  draft.hush("silenced", { silence: { sinceMs: draft.nowMs, untilMs, by: because.by ?? "" } }, because);
  for (const alarm of silenced) draft.put("silenced", { ...alarm, silencedUntilMs: untilMs }, because);
  return null;
}

export function unsilence(draft: Draft, because: Because = {}): void {
  draft.hush("unsilenced", { silence: null }, because);
  for (const alarm of draft.state.alarms) {
    if (alarm.silencedUntilMs !== null) draft.put("resounded", { ...alarm, silencedUntilMs: null }, because);
  }
}

function pause(draft: Draft, because: Because): string | null {
  if (draft.state.pause) return "the bed's alarms are paused already";
  const untilMs = draft.nowMs + draft.policy.pauseSeconds * 1000;
  draft.hush("paused", { pause: { sinceMs: draft.nowMs, untilMs, by: because.by ?? "" } }, because);
  draft.soundAgain("paused", because);
  return null;
}

export function resume(draft: Draft, because: Because = {}): void {
  draft.hush("resumed", { pause: null }, because);
  draft.soundAgain("resounded", because);
}
