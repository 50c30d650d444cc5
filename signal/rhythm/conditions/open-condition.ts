import type { ConditionKind } from "../../../contracts/condition.ts";
import type { StateReader, Stateful, StateWriter } from "../../state.ts";

/** The conditions made from the signal; `no-data` is made from the wall clock, elsewhere. */
export type RhythmKind = Exclude<ConditionKind, "no-data">;

/** A condition of the bed begins, goes on, or ends. Sample indices are the epoch's, at the input rate. */
export interface ConditionChange {
  readonly kind: RhythmKind;
  readonly phase: "begin" | "update" | "end";
  /** Onset: the same in all changes of one condition. */
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

const MOST_BEATS = 64;

/** Whether one kind of condition is open, and the changes it makes: each begin is followed by exactly one end. */
export class OpenCondition implements Stateful {
  readonly kind: RhythmKind;
  private begunAt = -1;
  private changedAt = -1;

  constructor(kind: RhythmKind) {
    this.kind = kind;
  }

  get open(): boolean {
    return this.changedAt >= 0;
  }

  /** Nothing happens where it is open already. */
  begin(sample: number, beginSample: number, evidence: Evidence, emit: EmitChange): void {
    if (this.open) return;
    this.begunAt = beginSample;
    this.change("begin", sample, evidence, emit);
  }

  /** An update, where it is open and `everySamples` have passed since its last change. */
  update(sample: number, everySamples: number, evidence: () => Evidence, emit: EmitChange): void {
    if (this.open && sample - this.changedAt >= everySamples) this.change("update", sample, evidence(), emit);
  }

  /** Nothing happens where it is not open. */
  end(sample: number, heartRateBpm: number | null, emit: EmitChange): void {
    if (!this.open) return;
    this.change("end", sample, { beatSamples: [], heartRateBpm }, emit);
    this.changedAt = -1;
  }

  save(to: StateWriter): void {
    to.number(this.begunAt);
    to.number(this.changedAt);
  }

  load(from: StateReader): void {
    this.begunAt = from.number();
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
      lead: "",
    });
  }
}
