import type { ConditionKind } from "../../../contracts/condition.ts";
import type { StateReader, Stateful, StateWriter } from "../../state.ts";

/** The conditions made from the signal; `no-data` is made from the wall clock, elsewhere. */
export type RhythmKind = Exclude<ConditionKind, "no-data">;

/** A condition of the bed begins, goes on, or ends. Sample indices are the epoch's, at the input rate. */
export interface ConditionChange {
  readonly kind: RhythmKind;
  readonly phase: "begin" | "update" | "end";
  /** Onset: the same in all changes of one condition, and no other's of its kind. */
  readonly beginSample: number;
  /** When this was decided; never before an earlier change of the monitor. */
  readonly sample: number;
  /** R peaks of the beats that caused it, in order, the last 64 at most; none where it ends. */
  readonly beatSamples: readonly number[];
  readonly heartRateBpm: number | null;
  /** Name of the lead that it is of; "" where it is of the whole bed. */
  readonly lead: string;
}

export type EmitChange = (change: ConditionChange) => void;

/** What speaks for a condition. */
export interface Evidence {
  readonly beatSamples: readonly number[];
  readonly heartRateBpm: number | null;
}

export const NO_EVIDENCE: Evidence = { beatSamples: [], heartRateBpm: null };

/** Decides whether a kind may begin, and ends what it contains as it does. */
export interface Arbiter {
  mayBegin(kind: RhythmKind): boolean;
  begun(kind: RhythmKind, now: number, heartRateBpm: number | null, emit: EmitChange): void;
}

const MOST_BEATS = 64;

/** Whether one kind of condition is open, and the changes it makes: each begin is followed by exactly one end. */
export class OpenCondition implements Stateful {
  private begunAt = -1;
  private endedAt = -1;
  private changedAt = -1;

  constructor(
    readonly kind: RhythmKind,
    private readonly arbiter: Arbiter,
    /** Of updates: what speaks for it by then. */
    private readonly goesOnBy: () => Evidence,
    /** Name of the lead that it is of; "" where it is of the whole bed. */
    readonly lead = "",
  ) {}

  get open(): boolean {
    return this.changedAt >= 0;
  }

  /**
   * True where it begins. It does not where it is open already, or is part of what is, or is off. An onset that it has
   * begun at before is taken from its last end.
   */
  begin(now: number, onset: number, evidence: Evidence, emit: EmitChange): boolean {
    const beginSample = onset > this.begunAt ? onset : Math.max(this.endedAt, this.begunAt + 1);
    if (this.open || beginSample > now || !this.arbiter.mayBegin(this.kind)) return false;
    this.begunAt = beginSample;
    this.change("begin", now, evidence, emit);
    this.arbiter.begun(this.kind, now, evidence.heartRateBpm, emit);
    return true;
  }

  /** An update, where it is open and `everySamples` have passed since its last change. */
  update(now: number, everySamples: number, emit: EmitChange): void {
    if (this.open && now - this.changedAt >= everySamples) this.change("update", now, this.goesOnBy(), emit);
  }

  /** Nothing happens where it is not open. */
  end(now: number, heartRateBpm: number | null, emit: EmitChange): void {
    if (!this.open) return;
    this.change("end", now, { beatSamples: [], heartRateBpm }, emit);
    this.endedAt = now;
    this.changedAt = -1;
  }

  save(to: StateWriter): void {
    for (const sample of [this.begunAt, this.endedAt, this.changedAt]) to.number(sample);
  }

  load(from: StateReader): void {
    this.begunAt = from.number();
    this.endedAt = from.number();
    this.changedAt = from.number();
  }

  private change(phase: ConditionChange["phase"], sample: number, evidence: Evidence, emit: EmitChange): void {
    this.changedAt = sample;
    emit({
      kind: this.kind,
      phase,
      beginSample: this.begunAt,
      sample,
      beatSamples: evidence.beatSamples.slice(-MOST_BEATS),
      heartRateBpm: evidence.heartRateBpm,
      lead: this.lead,
    });
  }
}
