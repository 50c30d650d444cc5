import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startServer, type TestServer } from "../../testing/data/physionet-server.ts";
import { DATABASES } from "./databases.ts";
import { type FetchOptions, fetchDatabases } from "./fetch-databases.ts";

let server: TestServer;
let to: string;

beforeEach(async () => {
  to = await mkdtemp(path.join(tmpdir(), "bedside-partial-"));
  server = await startServer();
});
afterEach(async () => {
  await server.close();
  await rm(to, { recursive: true });
});

/** A copy that lists its records and has no checksums; each file's content is its own name. */
function serve(database: keyof typeof DATABASES, records: readonly string[], files: readonly string[]): void {
  const { folder, records: list } = DATABASES[database];
  server.files.set(`${folder}/${list}`, Buffer.from(`${records.join("\n")}\n`));
  for (const file of files) server.files.set(`${folder}/${file}`, Buffer.from(`this is ${file}`));
}

const run = (change: Partial<FetchOptions> = {}) =>
  fetchDatabases({ databases: ["svdb"], from: server.url, to, attempts: 2, pauseMs: 1, idleMs: 5000, ...change });
const read = (file: string): Promise<string> => readFile(path.join(to, file), "utf8");
const SVDB = ["800.hea", "800.dat", "800.atr"];

describe("a copy without checksums", () => {
  test("is gone through by its records; what it lacks is one line", async () => {
    serve("svdb", ["800", "801"], [...SVDB, "801.hea", "801.atr", "800.xws", "LICENSE.txt"]);
    expect(await run()).toEqual({
      brought: 7,
      kept: 0,
      unchecked: 7,
      missing: ["svdb/1.0.0/801.dat"],
      notes: ["svdb: this copy has no SHA256SUMS.txt: 2 of 78 records, taken unchecked; listed and not there: 801.dat"],
    });
    expect(await read("svdb/1.0.0/800.dat")).toBe("this is 800.dat");
    expect(await read("svdb/1.0.0/LICENSE.txt")).toBe("this is LICENSE.txt");
    expect(await read("svdb/1.0.0/RECORDS")).toBe("800\n801\n");
  });

  test("a file of another length is brought again, a part of an earlier run is not built on", async () => {
    serve("svdb", ["800"], SVDB);
    await run();
    await writeFile(path.join(to, "svdb/1.0.0/800.atr"), "spoilt");
    await rm(path.join(to, "svdb/1.0.0/800.dat"));
    await writeFile(path.join(to, "svdb/1.0.0/800.dat.part"), "that w");
    expect(await run()).toMatchObject({ brought: 2, kept: 2 });
    expect(await read("svdb/1.0.0/800.atr")).toBe("this is 800.atr");
    expect(await read("svdb/1.0.0/800.dat")).toBe("this is 800.dat");
  });

  test.each(["../800", "/etc/800", "8 00"])("that names a record %j is refused", async (name) => {
    serve("svdb", ["800", name], SVDB);
    await expect(run()).rejects.toThrow(/RECORDS: .* is no record's name/);
  });

  test("and without a list of records is no copy; one of other records has none that is needed", async () => {
    serve("svdb", ["hello"], SVDB);
    await expect(run()).rejects.toThrow(/RECORDS: lists none of the records needed/);
    serve("vfdb", ["418"], ["418.hea", "418.dat", "418.atr"]);
    await expect(run({ databases: ["vfdb", "cudb"] })).rejects.toThrow(
      /cudb.*SHA256SUMS.txt is not there, nor is .*cudb\/1\.0\.0\/RECORDS/,
    );
  });
});

test("each database's files: folders of records, signals as .mat or .dat, lists beside, R peaks without signals", async () => {
  serve("challenge-2015", ["a103l", "v101s"], ["training/a103l.hea", "training/a103l.mat", "training/ALARMS"]);
  serve("challenge-2015", ["a103l", "v101s"], ["training/v101s.hea", "training/v101s.dat"]);
  serve("challenge-2017", ["A00/A00001"], ["training/A00/A00001.hea", "training/A00/A00001.mat", "REFERENCE-v3.csv"]);
  serve("cudb", ["cu01"], ["cu01.hea", "cu01.dat", "cu01.atr"]);
  serve("vfdb", ["418"], ["418.hea", "418.dat", "418.atr"]);
  serve("afdb", ["04015"], ["04015.hea", "04015.dat", "04015.atr", "04015.qrs"]);
  const databases = ["challenge-2015", "challenge-2017", "cudb", "vfdb", "afdb"];
  const { brought, missing, notes } = await run({ databases });
  expect([brought, missing, notes.length]).toEqual([6 + 4 + 4 + 4 + 4, [], 5]);
  expect(await read("challenge-2015/1.0.0/training/ALARMS")).toBe("this is training/ALARMS");
  expect(await read("challenge-2017/1.0.0/training/A00/A00001.mat")).toBe("this is training/A00/A00001.mat");
  expect(await read("afdb/1.0.0/04015.qrs")).toBe("this is 04015.qrs");
  await expect(read("afdb/1.0.0/04015.dat")).rejects.toThrow("ENOENT");
});
