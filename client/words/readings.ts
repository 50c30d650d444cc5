import { msg } from "@lit/localize";
import type { BeatClass } from "../../contracts/beat.ts";
import type { HeartRate } from "../../contracts/heart-rate.ts";
import type { Rhythm, RhythmName, UnknownReason } from "../../contracts/rhythm.ts";

const RHYTHMS: Readonly<Record<RhythmName, () => string>> = {
  asystole: () => msg("Asystole"),
  "ventricular-fibrillation": () => msg("Ventricular fibrillation"),
  "ventricular-tachycardia": () => msg("Ventricular tachycardia"),
  "ventricular-rhythm": () => msg("Ventricular rhythm"),
  "atrial-fibrillation": () => msg("Atrial fibrillation"),
  "supraventricular-tachycardia": () => msg("Supraventricular tachycardia"),
  bigeminy: () => msg("Bigeminy"),
  trigeminy: () => msg("Trigeminy"),
  "sinus-bradycardia": () => msg("Sinus bradycardia"),
  "sinus-tachycardia": () => msg("Sinus tachycardia"),
  "sinus-rhythm": () => msg("Sinus rhythm"),
  "regular-rhythm": () => msg("Regular rhythm"),
  "irregular-rhythm": () => msg("Irregular rhythm"),
  unknown: () => msg("Unknown rhythm"),
};

const UNKNOWN: Readonly<Record<UnknownReason, () => string>> = {
  learning: () => msg("learning"),
  noisy: () => msg("noisy signal"),
  "lead-off": () => msg("lead off"),
  beats: () => msg("beats unclear"),
};

/** A rhythm, e.g. "Sinus rhythm" or "Unknown rhythm: lead off". */
export const rhythmWords = ({ rhythm, reason }: Pick<Rhythm, "rhythm" | "reason">): string =>
  reason === null ? RHYTHMS[rhythm]() : `${RHYTHMS[rhythm]()}: ${UNKNOWN[reason]()}`;

type RateReason = NonNullable<HeartRate["reason"]>;

const NO_RATE: Readonly<Record<RateReason, () => string>> = {
  "not-monitored": () => msg("not monitored"),
  "no-data": () => msg("no data"),
  "lead-off": () => msg("lead off"),
  fibrillation: () => msg("fibrillation"),
  "noisy-signal": () => msg("noisy"),
  "rejected-beats": () => msg("unclear"),
  "no-beats": () => msg("no beats"),
};

/** Why a heart rate is not valid, in words that fit beside it. */
export const rateReasonWords = (reason: RateReason): string => NO_RATE[reason]();

const CLASSES: Readonly<Record<BeatClass, () => string>> = {
  N: () => msg("Normal"),
  S: () => msg("Supraventricular"),
  V: () => msg("Ventricular"),
  F: () => msg("Fusion"),
  Q: () => msg("Not judged"),
};

/** A class of beats. */
export const classWords = (beatClass: BeatClass): string => CLASSES[beatClass]();

const NOTES: Readonly<Record<BeatClass, () => string>> = {
  N: () =>
    msg(
      "Also bundle branch blocks and escapes of the sinus node. Pacing is not recognised: nearly every paced beat is called N, some V. With a pacemaker the classes say nothing.",
    ),
  S: () =>
    msg(
      "Early or escaping, from above the ventricles. It is told by the P wave: without a clear one, as in atrial fibrillation, beats called S are mostly none.",
    ),
  V: () =>
    msg(
      "From a ventricle. Beats that another path conducts abnormally (aberrant ones) look alike and may be called V.",
    ),
  F: () =>
    msg(
      "A normal and a ventricular beat at once. Learned from hardly more than one patient: most are called N or V, and no alarm counts one.",
    ),
  Q: () => msg("Noise has spoilt the reading: it says nothing of the kind of beat. Paced beats are not called Q."),
};

/** What a class that the live chain names does and does not say. */
export const classNotes = (beatClass: BeatClass): string => NOTES[beatClass]();
