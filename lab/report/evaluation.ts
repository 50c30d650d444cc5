import { Type } from "typebox";
import {
  type Evaluation,
  ReportCalibrationSchema,
  ReportFiguresSchema,
  ReportIntervalsSchema,
  ReportRecordSchema,
  ReportRiskSchema,
} from "../../contracts/report.ts";
import { fraction, nullable } from "../../contracts/schema.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { at, part, when } from "./parts.ts";

const Names = Type.Array(Type.String());
const Share = nullable(fraction);
const Qrs = Type.Object({ se: Share, ppv: Share });
const Model = Type.Object({ hash: Type.String({ minLength: 1 }) });

const SETS: Readonly<Record<string, string>> = {
  DS1: "the records that the model was trained on: it knows these patients, so the figures say little",
  DS2: "the hold-out: patients of whom nothing was used in training or choosing",
};
const COMMAND = "npm run evaluate -- --db data/files/mitdb/1.0.0";

/**
 * The evaluations in a file of `npm run evaluate -- --json`: each of de Chazal's sets that is whole or in part among its
 * records, the hold-out first; all records where none is. Throws BAD_ARGUMENT where it is no such file.
 */
export function evaluationsOf(scoring: unknown, name: string): Evaluation[] {
  const model = part(Model, scoring, "model");
  const records = part(Names, scoring, "records");
  if (!model || !records || !part(ReportFiguresSchema, scoring, "beats")) {
    throw new BedsideError("BAD_ARGUMENT", `${name} is not what npm run evaluate -- --json writes`);
  }
  const isAnnotated = at(scoring, "annotatedPeaks") === true;
  const peaks = isAnnotated ? "at the annotators' R peaks" : "R peaks as found";
  const rest = {
    hash: model.hash.slice(0, 12),
    command: `${COMMAND}${isAnnotated ? " --annotated-peaks" : ""} --json OUT`,
  };
  const perRecord = recordsOf(scoring);
  const sets = ["DS2", "DS1"].flatMap((set) => {
    const own = part(Names, scoring, "splits", set, "records");
    const found = summaryOf(at(scoring, "splits", set));
    if (!own || !found) return [];
    return {
      name: `${set}, ${peaks}`,
      remark: `${own.length} records of ${set}, ${SETS[set]}.`,
      isHoldOut: set === "DS2",
      records: own,
      ...rest,
      ...found,
      ...when(
        "perRecord",
        perRecord?.filter(({ record }) => own.includes(record)),
      ),
    };
  });
  if (sets.length > 0) return sets;
  const found = summaryOf(scoring);
  if (!found) return [];
  const remark = `${records.length} records of another database.`;
  return [
    {
      name: `All records, ${peaks}`,
      remark,
      isHoldOut: false,
      records,
      ...rest,
      ...found,
      ...when("perRecord", perRecord),
    },
  ];
}

/** What evaluate sums up of a set of records, in a file or in a card's log of openings. */
export function summaryOf(source: unknown): Pick<Evaluation, "figures"> | undefined {
  const figures = part(ReportFiguresSchema, source, "beats");
  if (!figures) return undefined;
  return {
    figures,
    ...when("intervals", part(ReportIntervalsSchema, source, "intervals")),
    ...when("qrs", part(Qrs, source, "qrs")),
    ...when("coverage", part(Share, source, "gate", "coverage")),
    ...when("covered", part(ReportFiguresSchema, source, "gate", "covered", "beats")),
    ...when("without232", part(ReportFiguresSchema, source, "without232", "beats")),
    ...when("calibration", part(ReportCalibrationSchema, source, "calibration", "covered")),
    ...when("riskCoverage", part(ReportRiskSchema, source, "riskCoverage")),
  };
}

const PerRecord = Type.Object({ record: Type.String() });

function recordsOf(scoring: unknown): Evaluation["perRecord"] {
  return part(Type.Array(PerRecord), scoring, "perRecord")?.flatMap(({ record }, i) => {
    const row = (at(scoring, "perRecord") as readonly unknown[])[i];
    const { accuracy = null, classes = {} } = part(ReportFiguresSchema, row, "beats") ?? {};
    const coverage = part(Share, row, "coverage");
    const qrs = part(Qrs, row, "qrs");
    return (
      part(ReportRecordSchema, { record, accuracy, classes, ...when("coverage", coverage), ...when("qrs", qrs) }) ?? []
    );
  });
}
