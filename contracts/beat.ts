import { Type, type Static } from "typebox";
import { fraction, growing, identifier, nullable, sampleIndex, unixMs } from "./schema.ts";

/** ANSI/AAMI EC57 classes, in the order of every probability vector and confusion matrix. */
export const BEAT_CLASSES = ["N", "S", "V", "F", "Q"] as const;
export type BeatClass = (typeof BEAT_CLASSES)[number];

/** The classes a beat is judged to be, in the order of the live model's probabilities: all but Q, which is not judged. */
export const JUDGED_CLASSES = ["N", "S", "V", "F"] as const satisfies readonly BeatClass[];

export const BeatClassSchema = growing(BEAT_CLASSES, {
  // A class that a reader does not know is one it cannot tell.
  unknownAs: "Q",
  description:
    "ANSI/AAMI EC57: N normal or bundle branch block, S supraventricular, V ventricular, F fusion, Q rejected",
});

/**
 * ecg.beats.v1: one classified beat. Its class is the model's most probable one, but Q where its reading is rejected, and N for S while the bed's
 * atrial fibrillation goes on: in it no beat is early. Depends on frames, model and policy alone, never on the wall clock.
 */
export const BeatSchema = Type.Object(
  {
    id: Type.String({
      maxLength: 256,
      description: "bed/epoch/sample: the same beat has the same id however often it is computed",
    }),
    bed: identifier,
    epoch: identifier,
    sample: sampleIndex,
    fiducialSample: Type.Optional(
      Type.Integer({
        ...sampleIndex,
        description:
          "where an annotator would put the beat's mark, for the eye; rates and ids go by `sample`, the detected R peak. " +
          "Absent in beats of writers that did not know it",
      }),
    ),
    samplingRateHz: Type.Number({ exclusiveMinimum: 0 }),
    timeMs: unixMs,
    beatClass: BeatClassSchema,
    probabilities: Type.Object(
      { N: fraction, S: fraction, V: fraction, F: fraction },
      { description: "the model's, also where the beat is rejected (beatClass Q)" },
    ),
    rrMs: nullable(
      Type.Number({ minimum: 0, description: "since the R peak before, null at the first beat or after a gap" }),
      { default: null },
    ),
    heartRateBpm: nullable(Type.Number({ minimum: 0 }), { default: null }),
    quality: Type.Number({
      minimum: 0,
      maximum: 1,
      description:
        "the reading's quality: how far noise has left it alone, as the model's gate judges; below 0.5 the beat is rejected. Not the signal's, which a bed has",
    }),
    foundLate: Type.Boolean({
      default: false,
      description:
        "by search-back, or in another lead when the bed began to be heard in that: such a beat alone may come behind a later one of its bed",
    }),
    lead: Type.String({ maxLength: 64, default: "", description: 'name of the lead it was read in; "" where unknown' }),
    model: Type.String({ maxLength: 64, description: "the model's hash" }),
  },
  { $id: "Beat", additionalProperties: false },
);
export type Beat = Static<typeof BeatSchema>;

export const beatId = (bed: string, epoch: string, sample: number): string => `${bed}/${epoch}/${sample}`;
