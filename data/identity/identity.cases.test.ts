import { expect, test } from "vitest";
import { type FrameLead, MISSING_ADU } from "../../contracts/frame.ts";
import { readConfig } from "../../server/config.ts";
import { hasRecords, mitdbFolder } from "../records.ts";
import { MITDB } from "../splits/mitdb.ts";
import { readRecord } from "../wfdb/record.ts";
import { mitdbRecordOf } from "./identity.ts";
import { MITDB_SIGNALS } from "./mitdb-signals.ts";
import { signalHash } from "./signal-hash.ts";

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
  expect(mitdbRecordOf({ leads: [nothing, lead] })).toBeNull();
});

test("the table has each of MIT-BIH's records, and no signal twice", () => {
  const lines = MITDB_SIGNALS.trim().split("\n");
  expect(lines.map((line) => line.split(" ")[0])).toEqual(MITDB);
  const hashes = lines.flatMap((line) => line.split(" ").slice(1));
  expect(new Set(hashes).size).toBe(2 * MITDB.length);
  expect(hashes.every((hash) => /^[0-9a-f]{32}$/.test(hash))).toBe(true);
});

const { PHYSIONET_DIR } = readConfig();

test.skipIf(!(await hasRecords(PHYSIONET_DIR, MITDB)))(
  "each of MIT-BIH's records is recognised by either lead",
  async () => {
    for (const name of MITDB) {
      const { leads } = await readRecord(mitdbFolder(PHYSIONET_DIR), name);
      expect(leads.map((one) => mitdbRecordOf({ leads: [one] }))).toEqual([name, name]);
    }
  },
);
