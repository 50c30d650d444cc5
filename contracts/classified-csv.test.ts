import { expect, test } from "vitest";
import { CLASSIFIED_CSV_HEAD, classifiedCsvLines } from "./classified-csv.ts";
import type { ClassifiedRow } from "./classify-api.ts";

const NONE = { N: 0, S: 0, V: 0, F: 0, Q: 0 };
const ROWS: readonly ClassifiedRow[] = [
  { row: 1, beatClass: "N", probabilities: { ...NONE, N: 0.9 }, label: "N" },
  { row: 2, beatClass: "V", probabilities: { ...NONE, V: 0.5 } },
  { row: 4, beatClass: "V", probabilities: { Q: 0.1, F: 0, V: 0.7, S: 0.2, N: 0 }, label: "V" },
];

test("refused rows stand in their places, probabilities in the order of the classes", () => {
  const text = CLASSIFIED_CSV_HEAD + classifiedCsvLines(ROWS, [{ row: 3, reason: 'cell 1 is "x"' }]);
  expect(text.split("\r\n")).toEqual([
    "row,beatClass,N,S,V,F,Q,label,rejected",
    "1,N,0.9,0,0,0,0,N,",
    "2,V,0,0,0.5,0,0,,",
    '3,,,,,,,,"cell 1 is ""x"""',
    "4,V,0,0.2,0.7,0,0.1,V,",
    "",
  ]);
});
