import type { Alarm, AlarmEvent } from "../../contracts/alarm.ts";
import { isCanary } from "../../contracts/canary.ts";
import type { Command } from "../../contracts/command.ts";
import type { Condition } from "../../contracts/condition.ts";
import { BedsideError } from "../../contracts/errors.ts";
import type { StateReader, Stateful, StateWriter } from "../../signal/state.ts";
import { CANARY_PRESENTATION, PRESENTATION, type PresentationPolicy } from "./policy.ts";
import { type AlarmInput, reduceAlarms } from "./reduce.ts";
import { type AlarmState, noAlarms, toConfirm } from "./state.ts";

/** An epoch, as far as its time is concerned. */
export interface TimedEpoch {
  readonly epoch: string;
  readonly epochStartMs: number;
  readonly samplingRateHz: number;
  /** From this sample on it is told of. */
  readonly publishFrom: number;
}

/** Of more seconds at once, as a gap may bring, no more are gone through one by one. */
const MOST_TICKS = 600;

/**
 * A bed's alarms with the clock ticks that drive them: one at each whole second of an epoch, before what was decided there. So
 * what is said does not depend on how frames are cut. A canary's end with their conditions, and heed nobody.
 */
export class BedAlarms implements Stateful {
  private state: AlarmState;
  private readonly policy: PresentationPolicy;
  private epoch: TimedEpoch | null = null;
  /** Tick n is at n seconds of the epoch. */
  private nextTick = 0;
  /** Of frames up to this offset all has been told. */
  private saidUpTo = -1;

  constructor(bed: string, policy: PresentationPolicy = PRESENTATION) {
    this.policy = isCanary(bed) ? CANARY_PRESENTATION : policy;
    this.state = noAlarms(bed);
  }

  /** Nothing is open, silenced or paused: time changes nothing. */
  get isQuiet(): boolean {
    const { alarms, silence, pause } = this.state;
    return alarms.length === 0 && !silence && !pause;
  }

  /** Goes on with what another worker has told of the bed. */
  restore(state: AlarmState): void {
    this.state = toConfirm(state, this.policy.confirmSeconds * 1000);
    this.epoch = null;
  }

  /**
   * Goes on with what was loaded, and with what another worker has told behind that, up to what the frame at offset `saidUpTo` had to say:
   * of frames up to there, nothing is told again.
   */
  resume(state: AlarmState, saidUpTo: number): void {
    const { clock } = state;
    const isOpen = new Set(state.alarms.map(({ id }) => id));
    const unconfirmed = Object.entries(this.state.unconfirmed).filter(([id]) => isOpen.has(id));
    this.state = {
      ...state,
      clock: clock && { ...clock, restored: false },
      unconfirmed: Object.fromEntries(unconfirmed),
    };
    this.saidUpTo = saidUpTo;
    this.skipToClock();
  }

  /**
   * Behind `restore`: the epoch of which another worker has told, up to what the frame at offset `saidUpTo` had to say, is heard again
   * from its begin. Its monitor knows all that was known then, so that nothing needs to be confirmed, and nothing is told again.
   */
  hearAgain(saidUpTo: number): void {
    this.state = { ...this.state, unconfirmed: {} };
    this.resume(this.state, saidUpTo);
  }

  /** Steps that were told so far. */
  get sequence(): number {
    return this.state.sequence;
  }

  /** Where the bed's signal is told to be missing by the wall's clock; null where it is not. */
  get noData(): Alarm | null {
    return (
      this.state.alarms.find(({ kind, state, ended }) => kind === "no-data" && state === "active" && !ended) ?? null
    );
  }

  /** Alarms of the epoch whose condition goes on, as far as was told. */
  standingIn(epoch: string): readonly Alarm[] {
    return this.state.alarms.filter((alarm) => alarm.epoch === epoch && alarm.state === "active" && !alarm.ended);
  }

  /** What was decided in `epoch` before `toSample`, in order, of the frame at `offset` (null: of none). */
  hear(
    epoch: TimedEpoch,
    conditions: readonly Condition[],
    toSample: number,
    offset: number | null = null,
  ): AlarmEvent[] {
    const isTold = offset !== null && offset <= this.saidUpTo;
    // What was told of an epoch behind this one, time in this one must not change.
    if (isTold && this.state.clock?.epoch !== epoch.epoch) return [];
    this.enter(epoch);
    const events: AlarmEvent[] = [];
    for (const condition of isTold ? [] : conditions) {
      this.advance(condition.sample, events);
      this.take({ type: "condition", condition }, events);
    }
    this.advance(toSample, events);
    return events;
  }

  /** A condition that the wall's clock has made. */
  condition(condition: Condition): AlarmEvent[] {
    return this.take({ type: "condition", condition });
  }

  /** `isLate`: given so long ago that what it is to silence may be something else. */
  command(command: Command, isLate: boolean): AlarmEvent[] {
    // Whose alarms are the proof may not be hushed.
    if (isCanary(this.state.bed)) return [];
    return this.take({ type: "command", command, isLate });
  }

  /** Nothing has been heard of the bed for so long. */
  wait(elapsedMs: number): AlarmEvent[] {
    return this.take({ type: "wall", elapsedMs });
  }

  save(to: StateWriter): void {
    to.text(JSON.stringify({ state: this.state, epoch: this.epoch }));
    to.number(this.nextTick);
    to.number(this.saidUpTo);
  }

  load(from: StateReader): void {
    const text = from.text();
    try {
      ({ state: this.state, epoch: this.epoch } = JSON.parse(text) as Pick<SavedAlarms, "state" | "epoch">);
    } catch (cause) {
      throw new BedsideError("BAD_SNAPSHOT", "the snapshot's alarms are not JSON", { cause });
    }
    if (!isState(this.state)) throw new BedsideError("BAD_SNAPSHOT", "the snapshot's alarms are none");
    this.nextTick = from.number();
    this.saidUpTo = from.number();
  }

  private enter({ epoch, epochStartMs, samplingRateHz, publishFrom }: TimedEpoch): void {
    if (this.epoch?.epoch === epoch && this.epoch.epochStartMs === epochStartMs) return;
    this.epoch = { epoch, epochStartMs, samplingRateHz, publishFrom };
    this.nextTick = Math.ceil(publishFrom / samplingRateHz);
    this.skipToClock();
  }

  /** Ticks that the clock is beyond have passed: others told what became of them. */
  private skipToClock(): void {
    const { epoch } = this;
    const { clock } = this.state;
    if (!epoch || clock?.epoch !== epoch.epoch) return;
    this.nextTick = Math.max(this.nextTick, Math.floor(clock.sample / epoch.samplingRateHz) + 1);
  }

  /** The ticks before `toSample`. */
  private advance(toSample: number, events: AlarmEvent[]): void {
    const { epoch } = this;
    if (!epoch) return;
    const end = Math.ceil(toSample / epoch.samplingRateHz);
    for (let left = MOST_TICKS; this.nextTick < end; this.nextTick++, left--) {
      if (left === 0) this.nextTick = end - 1;
      const sample = Math.ceil(this.nextTick * epoch.samplingRateHz);
      const timeMs = epoch.epochStartMs + this.nextTick * 1000;
      this.take({ type: "tick", epoch: epoch.epoch, sample, timeMs }, events);
    }
  }

  private take(input: AlarmInput, events: AlarmEvent[] = []): AlarmEvent[] {
    const reduced = reduceAlarms(this.state, input, this.policy);
    this.state = reduced.state;
    events.push(...reduced.events);
    return events;
  }
}

interface SavedAlarms {
  readonly state: AlarmState;
  readonly epoch: TimedEpoch | null;
}

const isState = (state: AlarmState | undefined): boolean =>
  Array.isArray(state?.alarms) && Array.isArray(state.past) && Array.isArray(state.commands) && !!state.unconfirmed;
