import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readAnnotations, writeAnnotations } from "../../data/wfdb/annotations.ts";
import { referenceOf } from "../../scoring/reference.ts";
import { writeRecord } from "../../testing/data/heart-record.ts";
import { runCommand } from "../../testing/run-command.ts";
import { checkExtension, refuseForeign, writeFound } from "./found-annotations.ts";

let db: string;

beforeEach(async () => {
  db = await mkdtemp(path.join(tmpdir(), "bedside-found-"));
  await writeRecord(db, "b1", [{ rhythm: "sinus", seconds: 20, bpm: 70 }], { samplingRateHz: 360, leads: ["MLII"] });
});
afterEach(() => rm(db, { recursive: true }));

const model = { name: "live", hash: "0123456789abcdef" };
const beats = [
  { sample: 100, beatClass: "N" },
  { sample: 400, beatClass: "Q" },
] as const;
const inTheWay = expect.objectContaining({
  code: "BAD_ARGUMENT",
  message: expect.stringMatching(/b1\.\w+ is there and is not Bedside's own/),
});

test.each(["atr", "ATR", "hea", "dat", "mat", "edf", "ari", "json", "qrs", "Qrs"])(
  "extension %s is of records, references or results",
  (extension) => {
    expect(() => checkExtension(extension, "qrs")).toThrow(/choose another/);
  },
);

test("another extension is taken", () => {
  for (const extension of ["bed", "bedside", "qrs"]) expect(() => checkExtension(extension, "atr")).not.toThrow();
});

test("the reference stays as it is, and nothing is written, whatever the folder's spelling", async () => {
  const reference = await readFile(path.join(db, "b1.atr"));
  await writeFile(path.join(db, "b1.qrs"), reference);
  const to = `${db}/../${path.basename(db)}/.`;
  const evaluate = (...args: readonly string[]) =>
    runCommand("lab/commands/evaluate.ts", ["--db", db, "--to", to, "--json", `${db}/out/e.json`, ...args]);
  const { err, code } = await evaluate("--annotator", "qrs", "--write-annotations", "atr");
  expect([code, err.match(/^evaluate: .*$/gm)]).toEqual([2, [expect.stringContaining("choose another")]]);
  const other = await evaluate("--write-annotations", "qrs");
  expect([other.code, other.out]).toEqual([2, ""]);
  expect(other.err).toMatch(/b1\.qrs is there and is not Bedside's own/);
  expect(await readFile(path.join(db, "b1.atr"))).toEqual(reference);
  expect(await readFile(path.join(db, "b1.qrs"))).toEqual(reference);
  await expect(readFile(`${db}/out/e.json`)).rejects.toThrow("ENOENT");
});

test.each<[string, (file: string) => Promise<unknown>]>([
  ["another program's annotations", () => writeAnnotations(db, "b1", "ann", [])],
  ["a text", (file) => writeFile(file, "mine")],
  ["an empty file", (file) => writeFile(file, "")],
  ["a folder", (file) => mkdir(file)],
  ["a link to the reference", (file) => symlink(path.join(db, "b1.atr"), file)],
  ["a link that leads nowhere", (file) => symlink(path.join(db, "gone"), file)],
  [
    "a note of somebody else's",
    () =>
      writeAnnotations(db, "b1", "ann", [
        { sample: 0, symbol: '"', subtype: 0, channel: 0, number: 0, aux: "At the bedside" },
      ]),
  ],
])("%s is in the way", async (_name, make) => {
  await make(path.join(db, "b1.ann"));
  const files = { folder: db, extension: "ann" };
  await expect(refuseForeign(files, ["b0", "b1"])).rejects.toThrow(inTheWay);
  await expect(writeFound(files, "b1", beats, model)).rejects.toThrow(inTheWay);
});

test("Bedside's own is written over; its note names the model and is no beat", async () => {
  const files = { folder: db, extension: "bed" };
  await writeFound(files, "b1", beats.slice(0, 1), model);
  await refuseForeign(files, ["b1"]);
  await writeFound(files, "b1", beats, model);
  const found = await readAnnotations(db, "b1", "bed");
  expect(found[0]).toMatchObject({ sample: 0, symbol: '"', aux: "Bedside live 0123456789abcdef" });
  expect(referenceOf(found).beats).toEqual(beats);
});
