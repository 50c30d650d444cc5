import { type Static, Type } from "typebox";
import { identifier, sampleIndex, unixMs } from "./schema.ts";

/**
 * ecg.qrs.v1: a QRS has been found, some hundred ms before the class of its beat can be told. It has the beat's own `id` and `sample`, whether a beat
 * follows or not: of one at an edge of the signal none does. For the eye: rates and conditions go by beats.
 */
export const QrsSchema = Type.Object(
  {
    id: Type.String({ maxLength: 256, description: "bed/epoch/sample, as of the beat" }),
    bed: identifier,
    epoch: identifier,
    sample: sampleIndex,
    timeMs: unixMs,
    samplingRateHz: Type.Number({ exclusiveMinimum: 0 }),
  },
  { $id: "Qrs", additionalProperties: false },
);
export type Qrs = Static<typeof QrsSchema>;
