import type { SignalRing } from "../beat/signal-ring.ts";
import { FIBRILLATION_FEATURES, FIBRILLATION_WINDOW, fibrillationFeatures } from "./fibrillation-features.ts";
import { fibrillationProbability } from "./fibrillation-score.ts";
import { FIBRILLATION_TREES } from "./fibrillation-trees.ts";

/** Standard deviation of what moves too little for fibrillation, mV (a sine of 0.15 mV peak to peak): that is asystole. */
const STILL_MILLIVOLTS = 0.053;

const window = new Float64Array(FIBRILLATION_WINDOW);
const features = new Float64Array(FIBRILLATION_FEATURES.length);

/** How much the last seconds look like ventricular fibrillation, flutter or a rapid ventricular tachycardia. */
export class FibrillationJudge {
  /** `ring`: the signal in the morphology's band, mV. */
  constructor(private readonly ring: SignalRing) {}

  /** 0 to 1, of the last seconds; 0 until they are full. */
  second(): number {
    return this.describe(features) ? fibrillationProbability(features, 0, FIBRILLATION_TREES) : 0;
  }

  /** The last seconds' features into `out`; false where they are not full, or move too little. */
  describe(out: Float64Array): boolean {
    if (!this.ring.last(window)) return false;
    fibrillationFeatures(window, out);
    return out[0] >= Math.log(STILL_MILLIVOLTS);
  }
}
