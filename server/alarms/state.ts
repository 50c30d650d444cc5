import { type Alarm, type AlarmEvent, type Hush, withAlarmEvent } from "../../contracts/alarm.ts";
import type { AlarmClock } from "./clock.ts";

/** Cleared alarms and command ids that are remembered, so that what is told again changes nothing. */
const KEPT_PAST = 64;
const KEPT_COMMANDS = 256;

/** All that is known of a bed's alarms. All but the clock and `unconfirmed` is what its events add up to. */
export interface AlarmState {
  readonly bed: string;
  /** Null until something of the bed has been heard. */
  readonly clock: AlarmClock | null;
  readonly sequence: number;
  readonly silence: Hush | null;
  readonly pause: Hush | null;
  /** Those that are not cleared, one of a kind and lead at the most; the one with the latest step last. */
  readonly alarms: readonly Alarm[];
  /** The last that were cleared, oldest first. */
  readonly past: readonly Alarm[];
  /** Ids of the last commands, oldest first. */
  readonly commands: readonly string[];
  /**
   * Of alarms that were read back from events, by id: when, by the clock, their condition is taken to have ended if it has not
   * been told again.
   */
  readonly unconfirmed: Readonly<Record<string, number>>;
}

export const noAlarms = (bed: string): AlarmState => ({
  bed,
  clock: null,
  sequence: 0,
  silence: null,
  pause: null,
  alarms: [],
  past: [],
  commands: [],
  unconfirmed: {},
});

/** The state behind a further event: the one way in which alarms change. */
export function withEvent(state: AlarmState, event: AlarmEvent): AlarmState {
  const { alarm, command, sequence, silence, pause } = event;
  const { alarms } = withAlarmEvent({ ...event, alarms: [...state.alarms] }, event);
  const others = alarm ? state.past.filter(({ id }) => id !== alarm.id) : state.past;
  const past = alarm?.state === "cleared" ? [...others, alarm].slice(-KEPT_PAST) : others;
  const isKnown = command === null || state.commands.includes(command);
  const commands = isKnown ? state.commands : [...state.commands, command].slice(-KEPT_COMMANDS);
  return { ...state, sequence, silence, pause, alarms, past, commands };
}

/** What a worker that takes over reads from a bed's events. */
export function restored(before: AlarmState | null, event: AlarmEvent): AlarmState {
  const { epoch, sample, timeMs, clockMs } = event;
  const state = withEvent(before ?? noAlarms(event.bed), event);
  const isHeard = epoch !== NO_EPOCH;
  return { ...state, clock: isHeard ? { epoch, sample, timeMs, ms: clockMs, restored: true } : state.clock };
}

/** `state` as read back, its open conditions to be told again within `confirmMs` or taken to have ended. */
export function toConfirm(state: AlarmState, confirmMs: number): AlarmState {
  const { clock, alarms } = state;
  if (!clock) return state;
  const open = alarms.filter((alarm) => alarm.state === "active" && !alarm.ended);
  return { ...state, unconfirmed: Object.fromEntries(open.map(({ id }) => [id, clock.ms + confirmMs])) };
}

/** Of a bed of which nothing has been heard. */
export const NO_EPOCH = "none";
