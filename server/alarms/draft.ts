import type { Alarm, AlarmEvent, AlarmStep, Hush } from "../../contracts/alarm.ts";
import { isLifeThreatening, conditionKind } from "../../contracts/condition.ts";
import type { PresentationPolicy } from "./policy.ts";
import { type AlarmState, NO_EPOCH, withEvent } from "./state.ts";

/** Whose doing a step is. */
export interface Because {
  readonly command?: string;
  readonly by?: string;
  readonly reason?: string | null;
}

/** One input's way through the rules: the state so far and what has been told of it. */
export class Draft {
  readonly events: AlarmEvent[] = [];

  constructor(
    public state: AlarmState,
    readonly policy: PresentationPolicy,
  ) {}

  /** The alarm clock, ms. */
  get nowMs(): number {
    return this.state.clock?.ms ?? 0;
  }

  /** An alarm that is not cleared. */
  find(has: (alarm: Alarm) => boolean): Alarm | undefined {
    return this.state.alarms.find(has);
  }

  /** The alarm as it is after a step; whether it sounds follows from the rest. */
  put(step: AlarmStep, alarm: Alarm, because: Because = {}): void {
    const { silence, pause } = this.state;
    this.tell(step, { ...alarm, sounding: this.sounds(alarm, pause) }, { silence, pause }, because);
  }

  /** The bed's silence or pause begins or ends. */
  hush(step: AlarmStep, change: Partial<Pick<AlarmState, "silence" | "pause">>, because: Because = {}): void {
    const { silence, pause } = this.state;
    this.tell(step, null, { silence, pause, ...change }, because);
  }

  /** Tells of every alarm that sounds, or does not, other than it was told. */
  soundAgain(step: AlarmStep, because: Because = {}): void {
    for (const alarm of this.state.alarms) {
      if (alarm.sounding !== this.sounds(alarm, this.state.pause)) this.put(step, alarm, because);
    }
  }

  /** What is left of an alarm when its condition has ended. */
  latchOf({ kind, priority }: Alarm): PresentationPolicy["latching"]["high"] {
    const { latching } = this.policy;
    return conditionKind(kind).category === "technical" ? latching.technical : latching[priority];
  }

  private sounds(alarm: Alarm, pause: Hush | null): boolean {
    if (alarm.acknowledged || alarm.state === "cleared") return false;
    if (alarm.state === "latched" && this.latchOf(alarm) !== "sound-and-text") return false;
    if (isLifeThreatening(alarm.kind)) return true;
    return pause === null && alarm.silencedUntilMs === null;
  }

  private tell(
    step: AlarmStep,
    alarm: Alarm | null,
    { silence, pause }: Pick<AlarmState, "silence" | "pause">,
    { command = undefined, by = undefined, reason = null }: Because,
  ): void {
    const { bed, clock, sequence } = this.state;
    const event: AlarmEvent = {
      bed,
      epoch: clock?.epoch ?? NO_EPOCH,
      sample: clock?.sample ?? 0,
      sequence: sequence + 1,
      step,
      timeMs: clock?.timeMs ?? 0,
      clockMs: clock?.ms ?? 0,
      silence,
      pause,
      alarm,
      command: command ?? null,
      by: by ?? null,
      reason,
      policy: this.policy.version,
    };
    this.state = withEvent(this.state, event);
    this.events.push(event);
  }
}
