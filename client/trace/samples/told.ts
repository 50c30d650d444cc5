import type { Beat } from "../../../contracts/beat.ts";
import type { Qrs } from "../../../contracts/qrs.ts";
import type { Condition } from "../../../contracts/condition.ts";

/** Rate and leads of samples that follow one another. */
export interface TraceShape {
  readonly samplingRateHz: number;
  readonly leads: readonly { readonly name: string }[];
}

/** `count` samples that follow one another, of every lead, mV; NaN where missing. Of a lead that is not sent: null. */
export interface Samples {
  readonly epoch: string;
  readonly firstSample: number;
  readonly count: number;
  /** Of a time before these leads were sent, which fills them. */
  readonly again: boolean;
  readonly leads: readonly (Float32Array<ArrayBuffer> | null)[];
}

export type MarkedBeat = Pick<Beat, "epoch" | "sample" | "fiducialSample" | "beatClass">;
/** Where a QRS has been found. */
export type FoundQrs = Pick<Qrs, "epoch" | "sample">;
export type LeadCondition = Pick<Condition, "lead" | "epoch" | "beginSample" | "sample" | "phase">;

/** What a bed's trace was told, in the order it was: who is told the same has the same trace. Can be cloned between threads. */
export type Told =
  | { readonly kind: "begin"; readonly shape: TraceShape }
  | { readonly kind: "samples"; readonly samples: Samples; readonly nowMs: number }
  /** Of which leads, by their places, samples are sent from here on. */
  | { readonly kind: "live"; readonly leads: readonly number[] }
  | { readonly kind: "mark"; readonly beat: MarkedBeat }
  | { readonly kind: "qrs"; readonly qrs: FoundQrs }
  | { readonly kind: "lead-off" | "lead-on"; readonly condition: LeadCondition };
