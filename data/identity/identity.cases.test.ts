import { describe, expect, test } from "vitest";
import { type FrameLead, MISSING_ADU } from "../../contracts/frame.ts";
import { readConfig } from "../../server/config.ts";
import { databaseFolder, hasRecords } from "../records.ts";
import { MITDB } from "../splits/mitdb.ts";
import { SVDB } from "../splits/svdb.ts";
import { readRecord } from "../wfdb/record.ts";
import { identityInWords, identityNamed, identityOf, mitdbNameOf, mitdbRecordOf } from "./identity.ts";
import { MITDB_SIGNALS } from "./mitdb-signals.ts";
import { checkIdentity } from "./read-known.ts";
import { signalHash } from "./signal-hash.ts";
import { SVDB_SIGNALS } from "./svdb-signals.ts";

const samples = Int16Array.from({ length: 200_000 }, (_, i) => 1024 + Math.round(300 * Math.sin(i / 50)));
const lead: FrameLead = { name: "MLII", unit: "mV", gainAduPerMv: 200, baselineAdu: 1024, samples };
const known = signalHash(lead);

test("a copy has the hash of what it is a copy of, whatever its gain and baseline", () => {
  const finer = samples.map((adu) => 7 * (adu - 1024) - 3);
  expect(signalHash({ ...lead, gainAduPerMv: 1400, baselineAdu: -3, samples: finer })).toBe(known);
  // As a tool writes it that chooses a gain which fills the converter: every sample is rounded anew.
  const refitted = samples.map((adu) => Math.round(((adu - 1024) / 200) * 6553.6));
  expect(signalHash({ ...lead, gainAduPerMv: 6553.6, samples: refitted })).toBe(known);
  expect(signalHash({ ...lead, name: "ECG", baselineAdu: 0 })).toBe(known);
});

test("what was cut, moved by a sample, scaled or touched is another signal", () => {
  const touched = samples.slice();
  touched[150_000] += 1;
  const missing = samples.slice();
  missing[150_000] = MISSING_ADU;
  const others = [
    { ...lead, samples: samples.subarray(0, -1) },
    { ...lead, samples: samples.subarray(1) },
    { ...lead, gainAduPerMv: 100 },
    { ...lead, samples: touched },
    { ...lead, samples: missing },
  ];
  const hashes = others.map(signalHash);
  expect(new Set([known, ...hashes]).size).toBe(others.length + 1);
});

test("a recording of missing samples has a hash, and is nobody's", () => {
  const nothing = { ...lead, samples: new Int16Array(650_000).fill(MISSING_ADU) };
  expect(signalHash(nothing)).toMatch(/^[0-9a-f]{32}$/);
  expect(identityOf({ leads: [nothing, lead] })).toBeNull();
});

test("the tables have each of the databases' records, and no signal twice", () => {
  const lines = [MITDB_SIGNALS, SVDB_SIGNALS].map((table) => table.trim().split("\n"));
  expect(lines.map((table) => table.map((line) => line.split(" ")[0]))).toEqual([MITDB, SVDB]);
  const hashes = lines.flat().flatMap((line) => line.split(" ").slice(1));
  expect(new Set(hashes).size).toBe(2 * (MITDB.length + SVDB.length));
  expect(hashes.every((hash) => /^[0-9a-f]{32}$/.test(hash))).toBe(true);
});

test("a name without a database is MIT-BIH's; a wrong recording is told by both names", () => {
  expect(["101", "mitdb/101", "svdb/802"].map(identityNamed)).toEqual(["mitdb/101", "mitdb/101", "svdb/802"]);
  expect(["mitdb/101", "svdb/802", null].map(mitdbNameOf)).toEqual(["101", null, null]);
  expect(identityInWords("svdb/802")).toBe("SVDB's 802");
  expect(() => checkIdentity("svdb/802", "svdb/802")).not.toThrow();
  expect(() => checkIdentity("svdb/802", "mitdb/101")).toThrow(
    "802 is not SVDB's 802, it has the samples of MIT-BIH's 101",
  );
  expect(() => checkIdentity("svdb/802", "svdb/803")).toThrow("it has the samples of 803:");
  expect(() => checkIdentity("svdb/802", null)).toThrow("it has other samples");
});

const { PHYSIONET_DIR } = readConfig();

describe.each([
  { database: "mitdb", records: MITDB },
  { database: "svdb", records: SVDB },
])("$database", ({ database, records }) => {
  test("each of its records is recognised by either lead", async ({ skip }) => {
    if (!(await hasRecords(PHYSIONET_DIR, records, database))) skip();
    for (const name of records) {
      const { leads } = await readRecord(databaseFolder(PHYSIONET_DIR, database), name);
      expect(leads.map((one) => identityOf({ leads: [one] }))).toEqual([`${database}/${name}`, `${database}/${name}`]);
      expect(mitdbRecordOf({ leads })).toBe(database === "mitdb" ? name : null);
    }
  });
});
