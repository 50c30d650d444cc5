import type { Stateful } from "../state.ts";

/** Called at each QRS: its R peak on the 125 Hz axis, and whether it comes later than 0.3 s after R. */
export type QrsListener = (position125: number, foundLate: boolean) => void;

/** Where the chain's R peaks come from: a detector, or a list of given ones. */
export interface QrsSource extends Stateful {
  /** The next sample at 125 Hz, mV. `emit` is called in order of position. */
  push(millivolts: number, emit: QrsListener): void;
  /** Forgets everything; the next sample has index `position125`. */
  reset(position125?: number): void;
}
