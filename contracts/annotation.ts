import { Type, type Static } from "typebox";
import { identifier, sampleIndex, unixMs } from "./schema.ts";

/** ecg.annotations.v1: the truth as the record's annotators or the generator gave it. Never read by the pipeline. */
export const AnnotationSchema = Type.Object(
  {
    bed: identifier,
    epoch: identifier,
    sample: sampleIndex,
    samplingRateHz: Type.Number({ exclusiveMinimum: 0 }),
    timeMs: unixMs,
    symbol: Type.String({ minLength: 1, maxLength: 4, description: "WFDB annotation code as text, e.g. N, V, +" }),
    aux: Type.String({ maxLength: 255, default: "", description: "e.g. a rhythm: (AFIB" }),
  },
  { $id: "Annotation", additionalProperties: false },
);
export type Annotation = Static<typeof AnnotationSchema>;
