import { expect, test } from "vitest";
import { countRows } from "./counts.ts";
import { interPatientSplit, patientParts, randomSplit, stratifiedParts } from "./split.ts";

const labels = Uint8Array.from({ length: 1000 }, (_, i) => (i % 10 === 0 ? 1 : i % 25 === 3 ? 3 : 0));

test("a fifth of each class is for testing, and each row is in one part only", () => {
  const { train, test: held } = randomSplit(labels, 1);
  expect([...train, ...held].toSorted((a, b) => a - b)).toEqual(Array.from(labels, (_, i) => i));
  expect(countRows({ labels }, held)).toEqual({ N: 172, S: 20, V: 0, F: 8, Q: 0 });
});

test("the seed decides, and nothing else", () => {
  expect(randomSplit(labels, 1)).toEqual(randomSplit(labels, 1));
  expect(randomSplit(labels, 2)).not.toEqual(randomSplit(labels, 1));
});

test("parts are taken of the rows named alone", () => {
  const some = Uint32Array.from({ length: 100 }, (_, i) => 3 * i);
  const parts = stratifiedParts(labels, some, 4, 1, "test");
  expect(parts.flatMap((part) => [...part]).toSorted((a, b) => a - b)).toEqual([...some]);
});

test("no patient is in both of the inter-patient files, paced ones in none", () => {
  const records = ["100", "101", "102", "101", "234"];
  expect(interPatientSplit(records)).toEqual({ train: Uint32Array.of(1, 3), test: Uint32Array.of(0, 4) });
});

test("a patient's rows are in one part, 201 and 202 being one patient", () => {
  const records = ["200", "203", "201", "202", "201", "100", "200"];
  expect(patientParts(records, 2)).toEqual([Uint32Array.of(2, 3, 4, 5), Uint32Array.of(0, 1, 6)]);
});
