import { BedsideError } from "../../contracts/errors.ts";
import { QUALITY_POLICY } from "../../contracts/quality.ts";

/** Names the rules of this folder with their default limits; changes whenever either does. */
export const POLICY_VERSION = "rhythm-1";

/** Limits of the conditions; where each comes from stands in README.md. */
export interface RhythmPolicy {
  /** No QRS for as long as this, s. */
  readonly asystoleSeconds: number;
  /** A QRS is known at the latest so long after its R peak, s: silence counts from then. */
  readonly qrsDelaySeconds: number;
  /**
   * The detector learns so long, s: until then the rate is not judged, and silence before the first QRS must last
   * longer by it.
   */
  readonly learningSeconds: number;
  /** Consecutive ventricular beats that make a run, and those that make a tachycardia. */
  readonly runBeats: number;
  readonly tachycardiaBeats: number;
  /** Least rate of either, per minute. */
  readonly ventricularBpm: number;
  /** A second looks like ventricular fibrillation from the first on, and no longer below the second, 0 to 1. */
  readonly fibrillationBegins: number;
  readonly fibrillationEnds: number;
  /** Seconds in a row that begin it, and that end it. */
  readonly fibrillationSeconds: number;
  readonly fibrillationEndSeconds: number;
  readonly bradycardiaBpm: number;
  readonly tachycardiaBpm: number;
  /** A rate must come this far back over its limit before its condition ends, per minute. */
  readonly hysteresisBpm: number;
  /** A beat whose reading has less quality counts as rejected. */
  readonly minBeatQuality: number;
  /** Seconds in a row that begin, and that end, a technical condition. */
  readonly leadOffSeconds: number;
  readonly leadOnSeconds: number;
  readonly noisySeconds: number;
  readonly cleanSeconds: number;
  /** Time between updates of a physiological condition that goes on, s. */
  readonly updateSeconds: number;
}

const DEFAULT_POLICY: RhythmPolicy = {
  asystoleSeconds: 4,
  qrsDelaySeconds: 0.3,
  learningSeconds: 3,
  runBeats: 3,
  tachycardiaBeats: 5,
  ventricularBpm: 100,
  fibrillationBegins: 0.7,
  fibrillationEnds: 0.4,
  fibrillationSeconds: 3,
  fibrillationEndSeconds: 3,
  bradycardiaBpm: 50,
  tachycardiaBpm: 120,
  hysteresisBpm: 5,
  minBeatQuality: QUALITY_POLICY.ventricularReading,
  leadOffSeconds: 2,
  leadOnSeconds: 2,
  noisySeconds: 3,
  cleanSeconds: 3,
  updateSeconds: 10,
};

/** The defaults with `changes`. Throws BAD_ARGUMENT naming a limit that cannot be kept. */
export function rhythmPolicy(changes: Partial<RhythmPolicy> = {}): RhythmPolicy {
  const policy = { ...DEFAULT_POLICY, ...changes };
  for (const [name, value] of Object.entries(policy)) {
    if (!(Number.isFinite(value) && value >= 0)) {
      throw new BedsideError("BAD_ARGUMENT", `alarm policy: ${name} is ${value}, must be a number of at least 0`);
    }
  }
  const least = policy.bradycardiaBpm + 2 * policy.hysteresisBpm;
  if (policy.bradycardiaBpm === 0 || policy.tachycardiaBpm < least) {
    const limits = `${policy.bradycardiaBpm} and ${policy.tachycardiaBpm}`;
    throw new BedsideError(
      "BAD_ARGUMENT",
      `alarm policy: bradycardiaBpm and tachycardiaBpm are ${limits}, must be above 0 and at least twice hysteresisBpm apart`,
    );
  }
  if (policy.runBeats < 2 || policy.tachycardiaBeats < policy.runBeats) {
    throw new BedsideError("BAD_ARGUMENT", "alarm policy: runBeats must be 2 or more and tachycardiaBeats no fewer");
  }
  return policy;
}
