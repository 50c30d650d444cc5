import type { Beat } from "../../../contracts/beat.ts";
import type { Condition } from "../../../contracts/condition.ts";

/** Rate and leads of samples that follow one another. */
export interface TraceShape {
  readonly samplingRateHz: number;
  readonly leads: readonly { readonly name: string }[];
}

/** Samples that follow one another, of every lead, mV; NaN where missing. */
export interface Samples {
  readonly epoch: string;
  readonly firstSample: number;
  readonly leads: readonly Float32Array<ArrayBuffer>[];
}

export type MarkedBeat = Pick<Beat, "epoch" | "sample" | "fiducialSample" | "beatClass">;
export type LeadCondition = Pick<Condition, "lead" | "epoch" | "beginSample" | "sample" | "phase">;

/** What a bed's trace was told, in the order it was: who is told the same has the same trace. Can be cloned between threads. */
export type Told =
  | { readonly kind: "begin"; readonly shape: TraceShape }
  | { readonly kind: "samples"; readonly samples: Samples; readonly nowMs: number }
  | { readonly kind: "mark"; readonly beat: MarkedBeat }
  | { readonly kind: "lead-off" | "lead-on"; readonly condition: LeadCondition };
