import type { Alarm } from "../../contracts/alarm.ts";
import {
  type Condition,
  CONDITION_KINDS,
  conditionKey,
  type ConditionKindInfo,
  type Priority,
} from "../../contracts/condition.ts";
import type { Draft } from "./draft.ts";

/** A change of a condition: raises an alarm, lets one rise, or ends what holds it up. What was told before changes nothing. */
export function hearCondition(draft: Draft, condition: Condition): void {
  const { phase } = condition;
  const key = conditionKey(condition);
  const open = draft.find((alarm) => conditionKey(alarm) === key);
  if (phase === "end") {
    if (open && !isStale(open, condition)) endCondition(draft, open, condition);
    return;
  }
  const known = [...draft.state.past, ...draft.state.alarms].find(
    (alarm) => alarm.condition === condition.id || alarm.id === condition.id,
  );
  if (open) confirm(draft, open);
  if (known && known.epoch === condition.epoch && condition.sample <= known.sample) return;
  if (!open) raise(draft, condition);
  else if (open.state === "latched" || open.ended) raiseAgain(draft, open, condition);
  else if (isHigher(condition.priority, open.priority)) rise(draft, open, condition);
}

/** The condition that holds up an alarm has ended, at `at` where that is told. */
export function endCondition(draft: Draft, alarm: Alarm, at: Pick<Alarm, "sample" | "timeMs"> = alarm): void {
  if (alarm.state !== "active" || alarm.ended) return;
  confirm(draft, alarm);
  const ended = { ...alarm, sample: at.sample, timeMs: at.timeMs, ended: true };
  const latch = alarm.acknowledged ? "none" : draft.latchOf(alarm);
  if (latch === "status-line") draft.put("latched", { ...ended, state: "latched", escalatesAtMs: null });
  else if (latch === "sound-and-text") draft.put("latched", { ...ended, state: "latched" });
  else if (draft.nowMs < alarm.shownUntilMs) draft.put("ended", ended);
  else clear(draft, ended);
}

export const clear = (draft: Draft, alarm: Alarm, because = {}): void =>
  draft.put("cleared", { ...alarm, state: "cleared", escalatesAtMs: null, silencedUntilMs: null }, because);

/** Of a worker that took over: the alarm's condition is still open. */
function confirm(draft: Draft, { id }: Alarm): void {
  const { [id]: deadline, ...unconfirmed } = draft.state.unconfirmed;
  if (deadline !== undefined) draft.state = { ...draft.state, unconfirmed };
}

/** An end from before the alarm was raised, or of another epoch. */
const isStale = (alarm: Alarm, { epoch, sample }: Condition): boolean => alarm.epoch !== epoch || sample < alarm.sample;

function raise(draft: Draft, condition: Condition): void {
  const parts = partsOf(draft, condition);
  const [rising, ...others] = parts.toSorted((a, b) => ORDER[a.priority] - ORDER[b.priority]);
  if (rising) rise(draft, rising, condition);
  else {
    const { id, bed } = condition;
    const before = draft.state.past.find((alarm) => alarm.id === id);
    const version = (before?.version ?? 0) + 1;
    draft.put("raised", { id, bed, version, station: 1, priority: condition.priority, ...fresh(draft, condition) });
  }
  for (const other of others) if (other.state !== "cleared") clear(draft, other);
}

function raiseAgain(draft: Draft, alarm: Alarm, condition: Condition): void {
  const priority = higherOf(alarm.priority, condition.priority);
  draft.put("raised", {
    ...alarm,
    version: alarm.version + 1,
    priority,
    station: 1,
    ...fresh(draft, condition, priority),
  });
}

/** One alarm that is worse than it was, and nobody has acknowledged that. */
function rise(draft: Draft, alarm: Alarm, condition: Condition): void {
  const priority = higherOf(alarm.priority, condition.priority);
  draft.put("rose", { ...alarm, version: alarm.version + 1, priority, ...fresh(draft, condition, priority) });
}

/** What an alarm has of a condition that begins. */
function fresh({ nowMs, policy }: Draft, condition: Condition, priority = condition.priority): Fresh {
  const { id, epoch, kind, beginSample, beginTimeMs, sample, timeMs, samplingRateHz, heartRateBpm, lead } = condition;
  return {
    epoch,
    kind,
    state: "active",
    sounding: true,
    silencedUntilMs: null,
    acknowledged: null,
    condition: id,
    beginSample,
    beginTimeMs,
    sample,
    timeMs,
    samplingRateHz,
    heartRateBpm,
    lead,
    ended: false,
    shownUntilMs: nowMs + policy.shownSeconds * 1000,
    escalatesAtMs: nowMs + policy.escalateAfterSeconds[priority] * 1000,
  };
}
type Fresh = Omit<Alarm, "id" | "bed" | "version" | "priority" | "station">;

/** Alarms of kinds that this condition contains, which go on at this moment or end with it: they are the same event. */
function partsOf({ state }: Draft, { kind, epoch, sample }: Condition): Alarm[] {
  const kinds = containedIn(kind);
  return [...state.alarms, ...state.past].filter(
    (alarm) => kinds.has(alarm.kind) && alarm.epoch === epoch && (!alarm.ended || alarm.sample === sample),
  );
}

/** Kinds that a kind contains, by and by. */
export function containedIn(kind: string, all = new Set<string>()): ReadonlySet<string> {
  const { contains = [] }: Partial<ConditionKindInfo> = Object.hasOwn(CONDITION_KINDS, kind)
    ? CONDITION_KINDS[kind as keyof typeof CONDITION_KINDS]
    : {};
  for (const part of contains) {
    if (all.has(part)) continue;
    all.add(part);
    containedIn(part, all);
  }
  return all;
}

const ORDER = { high: 0, medium: 1, low: 2 } as const;
const isHigher = (a: Priority, b: Priority): boolean => ORDER[a] < ORDER[b];
const higherOf = (a: Priority, b: Priority): Priority => (isHigher(a, b) ? a : b);
