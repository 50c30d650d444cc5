import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { leadToMillivolts } from "../../contracts/frame.ts";
import { encodeAnnotations, readAnnotations } from "./annotations.ts";
import { readRecord } from "./record.ts";

/** What wfdb-python reads of the same files: golden/make.py. */
const FOLDER = path.join(import.meta.dirname, "golden");

interface GoldenRecord {
  readonly leads: readonly string[];
  readonly comments: readonly string[];
  readonly millivolts: readonly (readonly (number | null)[])[];
}

const golden = JSON.parse(await readFile(path.join(FOLDER, "golden.json"), "utf8")) as Record<
  "g16" | "g212" | "g212odd",
  GoldenRecord
> & { readonly annotations: readonly unknown[] };

test.each(["g16", "g212", "g212odd"] as const)("%s is read as wfdb-python reads it", async (name) => {
  const record = await readRecord(FOLDER, name);
  const { leads, comments, millivolts } = golden[name];
  expect(record).toMatchObject({ name, samplingRateHz: 360, length: 61, comments });
  expect(record.leads.map((lead) => lead.name)).toEqual(leads);
  record.leads.forEach((lead, index) => {
    const read = new Float32Array(lead.samples.length);
    leadToMillivolts(lead, read);
    expect(read).toEqual(Float32Array.from(millivolts[index], (value) => value ?? Number.NaN));
  });
});

test("an invalid sample stands in both formats' golden records", () => {
  expect(golden.g16.millivolts.map((lead) => lead.indexOf(null))).toEqual([7, 7]);
  expect(golden.g212.millivolts.map((lead) => lead.indexOf(null))).toEqual([-1, 11]);
});

test("annotations are read as wfdb-python reads them, and written with the bytes it writes", async () => {
  const annotations = await readAnnotations(FOLDER, "g212");
  expect(annotations).toEqual(golden.annotations);
  expect(Buffer.from(encodeAnnotations(annotations))).toEqual(await readFile(path.join(FOLDER, "g212.atr")));
});
