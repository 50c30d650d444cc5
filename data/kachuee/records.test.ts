import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beatCsvBatches } from "../../contracts/beat-csv/batches.ts";
import { readConfig } from "../../server/config.ts";
import { beatClassOf } from "../aami.ts";
import { hasRecords, mitdbFolder } from "../records.ts";
import { MITDB } from "../splits/mitdb.ts";
import { readAnnotations } from "../wfdb/annotations.ts";
import { countRows, PUBLISHED_COUNTS } from "./counts.ts";
import { writeRowsCsv } from "./csv.ts";
import { buildRowSet, type RowSet } from "./dataset.ts";

const { PHYSIONET_DIR } = readConfig();
const there = await hasRecords(PHYSIONET_DIR, MITDB);
if (!there) console.log(`left out: the 187-sample set, no records in ${PHYSIONET_DIR} (npm run fetch)`);

describe.runIf(there)("MIT-BIH's rows", () => {
  it("have the published counts when each record's last beat is left out", async () => {
    const counts = { N: 0, S: 0, V: 0, F: 0, Q: 0 };
    for (const name of MITDB) {
      const annotations = await readAnnotations(mitdbFolder(PHYSIONET_DIR), name);
      const classes = annotations.flatMap(({ symbol }) => beatClassOf(symbol) ?? []);
      for (const beatClass of classes.slice(0, -1)) counts[beatClass]++;
    }
    expect(counts).toEqual(PUBLISHED_COUNTS);
  });

  describe("of records 100 and 208", () => {
    let set: RowSet;
    let folder = "";
    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), "bedside-rows-"));
      set = await buildRowSet(PHYSIONET_DIR, ["100", "208"]);
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    it("are one for each beat but the last (2273 and 2955 are annotated)", () => {
      expect(countRows(set)).toEqual({ N: 3823, S: 35, V: 993, F: 373, Q: 2 });
      expect(set.count).toBe(2272 + 2954);
    });

    it("begin near the top of an upright QRS", () => {
      const first = Array.from({ length: 2272 }, (_, i) => set.rows[i * 187]);
      expect(first.filter((value) => value > 0.7).length / first.length).toBeGreaterThan(0.95);
    });

    it("are written as Kaggle's files are, and read back to the same numbers", async () => {
      const indices = Uint32Array.of(0, 2273, 5000);
      const [file, sources] = [path.join(folder, "rows.csv"), path.join(folder, "sources.csv")];
      await writeRowsCsv(set, indices, file, sources);
      const text = await readFile(file, "utf8");
      expect(text.split("\n")[0]).toMatch(/^(\d\.\d{18}e[+-]\d\d,){187}\d\.0{18}e\+00$/);
      const read: number[] = [];
      async function* bytes() {
        yield await readFile(file);
      }
      for await (const { rows, samples, labels, rejected } of beatCsvBatches(bytes(), 16)) {
        expect(rejected).toEqual([]);
        expect([...labels.subarray(0, rows.length)]).toEqual([...indices].map((index) => set.labels[index]));
        read.push(...samples.subarray(0, rows.length * 187));
      }
      expect(read).toEqual([...indices].flatMap((index) => [...set.rows.subarray(index * 187, index * 187 + 187)]));
      expect((await readFile(sources, "utf8")).split("\n")[2]).toBe(
        `2,208,${set.beats[2273]},${set.samples[2273]},${"NSVFQ"[set.labels[2273]]}`,
      );
    });
  });
});
