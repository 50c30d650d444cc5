import { Type, type Static } from "typebox";
import { fraction, growing, identifier, nullable, sampleIndex, unixMs } from "./schema.ts";

/** The basic rhythms and their words. A name says what is known: without P waves a regular rhythm is not called sinus. */
export const RHYTHMS = {
  asystole: "Asystole",
  "ventricular-fibrillation": "Ventricular fibrillation",
  "ventricular-tachycardia": "Ventricular tachycardia",
  "ventricular-rhythm": "Ventricular rhythm",
  "atrial-fibrillation": "Atrial fibrillation",
  "supraventricular-tachycardia": "Supraventricular tachycardia",
  bigeminy: "Bigeminy",
  trigeminy: "Trigeminy",
  "sinus-bradycardia": "Sinus bradycardia",
  "sinus-tachycardia": "Sinus tachycardia",
  "sinus-rhythm": "Sinus rhythm",
  "regular-rhythm": "Regular rhythm",
  "irregular-rhythm": "Irregular rhythm",
  unknown: "Unknown rhythm",
} as const;
export type RhythmName = keyof typeof RHYTHMS;

/** Why a rhythm is unknown. */
const REASONS = {
  learning: "learning",
  noisy: "noisy signal",
  "lead-off": "lead off",
  beats: "beats unclear",
} as const;
export type UnknownReason = keyof typeof REASONS;

/** ecg.rhythms.v1: the basic rhythm of a bed, told where it changes and once a minute, in event time. */
export const RhythmSchema = Type.Object(
  {
    bed: identifier,
    epoch: identifier,
    sample: sampleIndex,
    timeMs: unixMs,
    samplingRateHz: Type.Number({ exclusiveMinimum: 0 }),
    rhythm: growing(Object.keys(RHYTHMS) as RhythmName[], { unknownAs: "unknown" }),
    reason: nullable(growing(Object.keys(REASONS) as UnknownReason[], { unknownAs: "beats" }), { default: null }),
    heartRateBpm: nullable(Type.Number({ minimum: 0 }), { default: null }),
    atrialFibrillationBurden: nullable(fraction, { default: null }),
    policy: Type.String({ maxLength: 64, description: "label of the alarm policy" }),
  },
  {
    $id: "Rhythm",
    additionalProperties: false,
    description:
      "reason: of an unknown one; atrialFibrillationBurden: share of the epoch's time with a known rhythm, from a minute of it on",
  },
);
export type Rhythm = Static<typeof RhythmSchema>;

/** In words, e.g. "Sinus rhythm" or "Unknown rhythm: lead off". */
export const rhythmWords = ({ rhythm, reason }: Pick<Rhythm, "rhythm" | "reason">): string =>
  reason === null ? RHYTHMS[rhythm] : `${RHYTHMS[rhythm]}: ${REASONS[reason]}`;
