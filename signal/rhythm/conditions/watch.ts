import type { BeatClass } from "../../../contracts/beat.ts";
import type { RhythmLimits } from "../../../contracts/rhythm-policy.ts";
import type { UnknownReason } from "../../../contracts/rhythm.ts";
import type { OtherEvent, QrsEvent, WaveformEvent } from "../../events.ts";
import type { Stateful } from "../../state.ts";
import type { EmitChange, RhythmKind } from "./open-condition.ts";
import type { OpenConditions } from "./open-conditions.ts";
import type { OtherLead } from "./signal/other-lead.ts";

/** A classified beat and when the chain gave it out. Sample indices are the epoch's, at the input rate. */
export interface HeardBeat {
  readonly sample: number;
  /** BeatEvent.decidedAt. */
  readonly decidedAt: number;
  readonly beatClass: BeatClass;
  /** Since the R peak before; null at the first beat and after a gap. */
  readonly rrMs: number | null;
  /** Of its reading. */
  readonly quality: number;
  /** Probability that it is ventricular, 0 to 1, also where the reading is rejected. */
  readonly ventricular: number;
  /** BeatEvent.pWave. */
  readonly pWave: number | null;
}

/** A ventricular beat that is not rejected. */
export const isVentricular = ({ beatClass, quality }: HeardBeat, { minBeatQuality }: RhythmLimits): boolean =>
  beatClass === "V" && quality >= minBeatQuality;

/** What a watch is made of. */
export interface WatchSettings {
  /** Of the sample indices. */
  readonly rateHz: number;
  readonly limits: RhythmLimits;
  /** Where a watch takes its conditions from. */
  readonly conditions: OpenConditions;
}

/** As `OtherLead`, to be asked alone. */
export type Witness = Pick<OtherLead, "lastOfRhythm" | "isSilentFor">;

/** A moment of event time, as a watch is given it; not to be kept. */
export interface Moment {
  readonly now: number;
  /** The last second judged of the lead that is heard was good. */
  readonly trusted: boolean;
  /** Why that lead cannot be read; null where it can. */
  readonly unreadable: UnknownReason | null;
  /** The detector's QRS are good enough for a rate. */
  readonly learned: boolean;
  /** There was a signal up to now: its quality is told once a second. */
  readonly present: boolean;
  /** What the lead in use that is not heard says of the heart. */
  readonly beside: Witness;
  readonly emit: EmitChange;
  isOpen(kind: RhythmKind): boolean;
}

/**
 * Finds one kind of condition, or a group of them, in what is heard. It hears what it has a method for, in order of
 * decision, at moments that do not depend on how the recording is cut.
 */
export interface Watch extends Stateful {
  qrs?(event: QrsEvent, at: Moment): void;
  beat?(beat: HeardBeat, at: Moment): void;
  waveform?(event: WaveformEvent, at: Moment): void;
  /** Evidence from the lead in use that is not heard. */
  other?(event: OtherEvent, at: Moment): void;
  /** A beat as the lead in use that is not heard reads it. */
  otherBeat?(beat: HeardBeat, at: Moment): void;
  /** The lead that was heard is the other one from here on. */
  switched?(): void;
  /** Ten times a second of event time: what comes with time begins or ends. */
  check?(at: Moment): void;
  /** A second that is not good: what is known by then may be void; what is open stays so. */
  deaf?(now: number): void;
  /** A condition is known to have begun there and to stand, though what it began with is not heard. */
  resume?(kind: string, beginSample: number): void;
  /** The heart cannot be observed, or has stopped: its conditions have ended, and what comes is the first it hears. */
  interrupt?(now: number, by: "no signal" | "asystole"): void;
}
