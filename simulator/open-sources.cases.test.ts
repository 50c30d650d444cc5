import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { mitdbFolder } from "../data/records.ts";
import { writeRecord } from "../testing/data/heart-record.ts";
import { bytes16, folderOf } from "../testing/data/wfdb-files.ts";
import { openSources } from "./open-sources.ts";

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "bedside-sources-"));
});

afterEach(() => rm(dir, { recursive: true }));

const SCRIPT = [{ rhythm: "sinus", seconds: 10, bpm: 70 }] as const;

async function write(name: string, leads: readonly string[]): Promise<void> {
  await mkdir(mitdbFolder(dir), { recursive: true });
  await writeRecord(mitdbFolder(dir), name, SCRIPT, { samplingRateHz: 250, leads });
}

test("a folder that somebody chose and that lacks the records is refused, with the layout it should have", async () => {
  for (const wrong of [dir, path.join(dir, "mistyped")]) {
    await expect(openSources(wrong, undefined, true)).rejects.toThrow(
      expect.objectContaining({
        code: "BAD_CONFIG",
        message: expect.stringMatching(/^PHYSIONET_DIR is .*, which lacks .*mitdb\/1\.0\.0\/100\.hea.*`npm run fetch`/),
      }),
    );
  }
});

test("of a folder that somebody chose, the default records that are there are replayed", async () => {
  await write("208", ["MLII"]);
  const { kind, sources } = await openSources(dir, undefined, true);
  expect([kind, ...sources.map(({ name }) => name)]).toEqual(["recorded", "mitdb/208"]);
});

test("a folder that nobody chose may lack them: the beds are synthetic; named synthetic beds need no folder", async () => {
  expect((await openSources(path.join(dir, "none"))).kind).toBe("synthetic");
  expect((await openSources(path.join(dir, "none"), ["synthetic/bigeminy"], true)).kind).toBe("synthetic");
});

test("a record with more leads than a frame takes is refused", async () => {
  const lines = Array.from({ length: 33 }, (_, i) => `1.dat 16 200 16 0 0 0 0 V${i}`);
  const folder = await folderOf({
    "mitdb/1.0.0/1.hea": ["1 33 360 2", ...lines].join("\n"),
    "mitdb/1.0.0/1.dat": bytes16(lines.map(() => [0, 1])),
    "mitdb/1.0.0/1.atr": "",
  });
  await expect(openSources(folder, ["1"])).rejects.toThrow(/record mitdb\/1 can't be sent: .*33 leads/);
});

test.each([
  ["no ECG", "1", ["RESP", "PLETH"], /record 1: none of its leads is an ECG/],
  ["a name too long for a frame's source", "1".repeat(70), ["MLII"], /can't be sent: .*source/],
])("a record with %s is refused before anything is sent", async (_, name, leads, message) => {
  await write(name, leads);
  await expect(openSources(dir, [name])).rejects.toThrow(
    expect.objectContaining({ code: "BAD_RECORD", message: expect.stringMatching(message) }),
  );
});
