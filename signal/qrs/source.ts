import type { Stateful } from "../state.ts";

/** Called at each QRS: its R peak on the 125 Hz axis, and whether it comes later than 0.3 s after R. */
export type QrsListener = (position125: number, foundLate: boolean) => void;

/**
 * Where the chain's R peaks come from: a detector, or a list of given ones. Samples at 125 Hz are heard in blocks, for
 * speed, and decided at one by one: what is emitted depends on no sample behind the one decided at.
 */
export interface QrsSource extends Stateful {
  /** The next `count` samples, mV, MAX_BLOCK at most, all before them decided at; writes into `energy` what it decides by. */
  hear(millivolts: Float64Array, energy: Float64Array, count: number): void;
  /** Decides at the next sample, of `energy`. `emit` may be called more than once, in order of position. */
  step(energy: number, emit: QrsListener): void;
  /** Forgets everything; the next sample has index `position125`. */
  reset(position125?: number): void;
}
