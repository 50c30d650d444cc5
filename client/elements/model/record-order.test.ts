import { expect, test } from "vitest";
import type { ReportRecord } from "../../../contracts/report.ts";
import { ordered } from "./record-order.ts";

const record = (name: string, accuracy: number | null, f1: number | null, support: number): ReportRecord => ({
  record: name,
  accuracy,
  classes: { V: { se: f1, ppv: f1, f1, support } },
});
const RECORDS = [record("200", 0.9, 0.8, 10), record("100", 0.7, 0, 0), record("9", null, 0.2, 5)];
const names = (records: readonly ReportRecord[]): string[] => records.map((one) => one.record);

test("records in order of any column; those without a value are last, whichever way", () => {
  expect(names(ordered(RECORDS, "record", true))).toEqual(["9", "100", "200"]);
  expect(names(ordered(RECORDS, "accuracy", true))).toEqual(["100", "200", "9"]);
  expect(names(ordered(RECORDS, "accuracy", false))).toEqual(["200", "100", "9"]);
  expect(names(ordered(RECORDS, "V", true))).toEqual(["9", "200", "100"]);
  expect(names(ordered(RECORDS, "V", false))).toEqual(["200", "9", "100"]);
});
