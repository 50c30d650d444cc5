import { cp, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { hasRecords, mitdbFolder } from "../../data/records.ts";
import { readConfig } from "../../server/config.ts";
import { runCommand } from "../../testing/run-command.ts";

const { PHYSIONET_DIR } = readConfig();
const RECORDS = ["101", "118", "123"];

test.skipIf(!(await hasRecords(PHYSIONET_DIR, RECORDS)))(
  "rows of the good records; what is cut, missing or a stranger's is named, in dataset.json too",
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "bedside-dataset-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const there = mitdbFolder(folder);
    await mkdir(there, { recursive: true });
    const take = (from: string, to: string, extension: string): Promise<void> =>
      cp(path.join(mitdbFolder(PHYSIONET_DIR), `${from}.${extension}`), path.join(there, `${to}.${extension}`));
    for (const record of RECORDS) for (const extension of ["hea", "dat", "atr"]) await take(record, record, extension);
    await truncate(path.join(there, "118.dat"), 1000);
    // 101's samples by the name of one of the hold-out.
    await take("101", "123", "dat");
    const header = await readFile(path.join(there, "101.hea"), "latin1");
    await writeFile(path.join(there, "123.hea"), header.replaceAll("101", "123"));

    const out = path.join(folder, "out");
    const { err, code } = await runCommand("lab/commands/dataset.ts", ["--out", out, "--split", "inter-patient"], {
      PHYSIONET_DIR: folder,
    });
    expect(code).toBe(1);
    const { counts, leftOut } = JSON.parse(await readFile(path.join(out, "dataset.json"), "utf8"));
    expect(counts.N).toBeGreaterThan(1800);
    const reasons = Object.fromEntries(
      leftOut.map((one: { record: string; reason: string }) => [one.record, one.reason]),
    );
    expect(Object.keys(reasons)).toHaveLength(47);
    expect(reasons["118"]).toContain("118.dat");
    expect(reasons["123"]).toMatch(/it has the samples of 101/);
    expect(reasons["100"]).toMatch(/100\.hea/);
    expect(err).toContain("Left out, in no figure (47):");
  },
);
