import type { Model } from "../../contracts/api.ts";
import type { GateVerdict } from "./kept/gate-verdicts.ts";
import type { MonitoredBed } from "./monitored-bed.ts";

/**
 * Whether what is heard looks like what the model was measured on, as far as its own gate tells: trusted, it rejects no more beats than of the sound
 * ones of patients it had not seen; doubted, clearly more; unchecked, nobody can say, and why.
 */
export type ModelTrust =
  | { readonly verdict: "trusted"; readonly checked: number; readonly beds: number }
  | { readonly verdict: "doubted"; readonly bed: string; readonly rejected: number }
  | { readonly verdict: "unchecked"; readonly reason: UncheckedReason };

export type UncheckedReason = "no-model" | "no-share" | "another-model" | "few-beats";

/** Of fewer beats a share says little. */
const LEAST_BEATS = 30;
/** So many times the share that the model rejects of sound beats is taken for another kind of signal. */
const FACTOR = 3;
/** Standard deviations of the interval of a share. */
const Z = 1.96;

/** Of the beats of the last five minutes of each bed. */
export function modelTrustOf(model: Model | null, beds: Iterable<MonitoredBed>): ModelTrust {
  if (!model) return { verdict: "unchecked", reason: "no-model" };
  const sound = model.card.soundRejected ?? null;
  if (sound === null) return { verdict: "unchecked", reason: "no-share" };
  const recent = [...beds].map((bed) => ({ bed: bed.bed, beats: bed.gateVerdicts.all }));
  if (recent.some(({ beats }) => beats.some((beat) => !model.hash.startsWith(beat.model)))) {
    return { verdict: "unchecked", reason: "another-model" };
  }
  const checked = recent.filter(({ beats }) => beats.length >= LEAST_BEATS);
  if (checked.length === 0) return { verdict: "unchecked", reason: "few-beats" };
  const shares = checked.map(({ bed, beats }) => ({ bed, ...rejectedOf(beats) }));
  const worst = shares.reduce((most, one) => (one.least > most.least ? one : most));
  if (worst.least > FACTOR * sound) return { verdict: "doubted", bed: worst.bed, rejected: worst.share };
  return { verdict: "trusted", checked: checked.length, beds: recent.length };
}

/** Share of beats that were rejected, and the lower end of its interval (Wilson 1927). */
function rejectedOf(beats: readonly GateVerdict[]): { share: number; least: number } {
  const n = beats.length;
  const share = beats.filter(({ isRejected }) => isRejected).length / n;
  const middle = share + Z ** 2 / (2 * n);
  const half = Z * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2));
  return { share, least: (middle - half) / (1 + Z ** 2 / n) };
}
