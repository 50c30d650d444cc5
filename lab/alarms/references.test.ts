import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LeftOut } from "../../contracts/scoring.ts";
import { halfOf } from "../../data/splits/halves.ts";
import { writeRecord } from "../../testing/data/heart-record.ts";
import { readReferences } from "./references.ts";

const named = (half: "development" | "report"): string => {
  for (let i = 1; ; i++) if (halfOf("cudb", `cu${i}`) === half) return `cu${i}`;
};
const [development, report] = [named("development"), named("report")];

let root: string;
let db: string;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "bedside-references-"));
  db = path.join(root, "cudb", "1.0.0");
  await mkdir(db, { recursive: true });
  for (const name of [development, report, "bare", "damaged"]) {
    await writeRecord(db, name, [{ rhythm: "sinus", seconds: 5, bpm: 70 }], { samplingRateHz: 250, leads: ["II"] });
  }
  await rm(path.join(db, "bare.atr"));
  await writeFile(path.join(db, "damaged.atr"), "x");
});
afterAll(() => rm(root, { recursive: true }));

test("records with annotations have a reference and their hold-out; damaged ones are left out by name", async () => {
  const leftOut: LeftOut[] = [];
  const references = await readReferences(db, [development, report, "bare", "damaged"], leftOut);
  expect(references.map(({ record, truth, holdOut }) => [record, truth?.told.beats ?? null, holdOut])).toEqual([
    [development, true, null],
    [report, true, "CUDB report"],
    ["bare", null, null],
  ]);
  expect(leftOut).toEqual([expect.objectContaining({ record: "damaged", code: "BAD_RECORD" })]);
});
