import { Type, type Static, type TSchema } from "typebox";
import { ApiErrorSchema } from "./api.ts";
import { BEAT_CLASSES, BeatClassSchema } from "./beat.ts";
import { fraction, nullable } from "./schema.ts";

/**
 * POST /api/classify: a CSV of isolated beats in (beat-csv/README.md tells which), each row's class out. The body is
 * the file itself (text/csv) or a form with the file in its field `file` (multipart/form-data). The answer is one JSON
 * document (ClassifyResult), or, where the request accepts application/x-ndjson or asks ?format=ndjson, one
 * ClassifyEvent a line as the work goes on, or a CSV file with ?format=csv. It begins with the first row that can be
 * taken: a file without one is an error in each of them. What is refused is an ApiError: BAD_CSV (422) no CSV of beats, TOO_LARGE (413), UNSUPPORTED_TYPE (415), BAD_UPLOAD (400) no file or a broken form,
 * UPLOAD_STALLED (408), BUSY and NO_MODEL (503), FORBIDDEN (403) a page of another origin; in an NDJSON answer that
 * has begun, the same as its last event.
 */
export const CLASSIFY_PATH = "/api/classify";
export const CLASSIFY_FILE_FIELD = "file";
export const CLASSIFY_FORMATS = ["json", "ndjson", "csv"] as const;
export type ClassifyFormat = (typeof CLASSIFY_FORMATS)[number];
export const NDJSON_TYPE = "application/x-ndjson";

export const ClassifyQuerySchema = Type.Object(
  { format: Type.Optional(Type.Enum([...CLASSIFY_FORMATS])) },
  { additionalProperties: false },
);
export type ClassifyQuery = Static<typeof ClassifyQuerySchema>;

const line = Type.Integer({
  minimum: 1,
  description: "line of the file, from 1, header and empty lines counted: what an editor or a spreadsheet shows",
});

const byClass = <T extends TSchema>(value: T) => Type.Object({ N: value, S: value, V: value, F: value, Q: value });
const count = Type.Integer({ minimum: 0 });

export const ClassifiedRowSchema = Type.Object({
  row: line,
  beatClass: BeatClassSchema,
  probabilities: byClass(fraction),
  label: Type.Optional(BeatClassSchema),
});
export type ClassifiedRow = Static<typeof ClassifiedRowSchema>;

export const RejectedRowSchema = Type.Object({ row: line, reason: Type.String() });
export type RejectedRow = Static<typeof RejectedRowSchema>;

/** What a run came to. `rejected` counts every refused row, also those past the most that are listed. */
export const ClassifyCountsSchema = Type.Object({ rows: count, rejected: count, classes: byClass(count) });
export type ClassifyCounts = Static<typeof ClassifyCountsSchema>;

const share = nullable(fraction);

/** Se = TP / (TP + FN), +P = TP / (TP + FP); null where there is nothing to divide by. */
const RowClassFiguresSchema = Type.Object({
  se: share,
  ppv: share,
  f1: share,
  support: Type.Integer({ minimum: 0, description: "labelled rows of the class" }),
});

/** Classes against labels, over the rows that have one. */
export const ClassifyMetricsSchema = Type.Object({
  rows: Type.Integer({ minimum: 1, description: "rows with a label" }),
  accuracy: fraction,
  macroF1: Type.Number({ minimum: 0, maximum: 1, description: "mean F1 of the classes in labels or results" }),
  order: Type.Array(Type.Enum([...BEAT_CLASSES])),
  confusion: Type.Array(Type.Array(count), { description: "rows: labels; columns: results; both in `order`" }),
  classes: byClass(RowClassFiguresSchema),
});
export type ClassifyMetrics = Static<typeof ClassifyMetricsSchema>;

export const RowModelSchema = Type.Object({ name: Type.String(), hash: Type.String(), engine: Type.String() });
export type RowModel = Static<typeof RowModelSchema>;

/** The whole answer as one document, in the order of the file. */
export const ClassifyResultSchema = Type.Object({
  rows: Type.Array(ClassifiedRowSchema),
  rejected: Type.Array(RejectedRowSchema),
  counts: ClassifyCountsSchema,
  metrics: Type.Optional(ClassifyMetricsSchema),
  model: RowModelSchema,
});
export type ClassifyResult = Static<typeof ClassifyResultSchema>;

/**
 * One line of the NDJSON answer. `start` is first; `rows`, `rejected` and `progress` follow as they come, rows in the
 * order of the file; `end` or `error` is last. An answer that stops without either was cut off.
 */
export const ClassifyEventSchema = Type.Union([
  Type.Object({
    event: Type.Literal("start"),
    model: RowModelSchema,
    bytes: nullable(Type.Integer({ minimum: 0, description: "length of the request's body, null where not told" })),
  }),
  Type.Object({ event: Type.Literal("rows"), rows: Type.Array(ClassifiedRowSchema) }),
  Type.Object({ event: Type.Literal("rejected"), rejected: Type.Array(RejectedRowSchema) }),
  Type.Object({
    event: Type.Literal("progress"),
    bytes: Type.Integer({ minimum: 0, description: "of the file, read so far" }),
    rows: count,
    rejected: count,
  }),
  Type.Object({
    event: Type.Literal("end"),
    counts: ClassifyCountsSchema,
    metrics: Type.Optional(ClassifyMetricsSchema),
  }),
  Type.Object({ event: Type.Literal("error"), error: ApiErrorSchema.properties.error }),
]);
export type ClassifyEvent = Static<typeof ClassifyEventSchema>;
