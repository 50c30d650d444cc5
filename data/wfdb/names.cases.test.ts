import path from "node:path";
import { expect, test } from "vitest";
import { folderOf } from "../../testing/data/wfdb-files.ts";
import { readAnnotations } from "./annotations.ts";
import { listRecords, nearNames } from "./names.ts";
import { readRecord } from "./record.ts";

test("what macOS puts beside a file, and folders, are no records", async () => {
  const folder = await folderOf({
    "b1.hea": "",
    "._b1.hea": "",
    ".hea": "",
    "pat.1.hea": "",
    "x.hea/y": "",
    "b1.dat": "",
  });
  expect(await listRecords(folder)).toEqual(["b1", "pat.1"]);
});

test("records that lie in folders below are told of", async () => {
  const folder = await folderOf({ "p1/b1.hea": "", "p2/deep/b2.hea": "", "p3/notes.txt": "" });
  const [p1, deep] = ["p1", "p2/deep"].map((below) => path.join(folder, below));
  expect(await nearNames(folder, "")).toBe(`no records in ${folder} itself, but in ${p1}, ${deep}: give one of these`);
  await expect(readRecord(folder, "b1")).rejects.toThrow(/but in .*p1/);
});

test("a folder that is not there, a file in its place, and an empty folder are three things", async () => {
  const folder = await folderOf({ "b1.hea": "", "empty/.keep": "" });
  expect(await nearNames(path.join(folder, "none"), "")).toMatch(/^there is no folder .*none; `npm run fetch`/);
  expect(await nearNames(path.join(folder, "b1.hea"), "")).toMatch(/b1\.hea is a file: give the folder it lies in$/);
  expect(await nearNames(path.join(folder, "b1.hea", "x"), "")).toMatch(/part of its path is a file$/);
  expect(await nearNames(path.join(folder, "empty"), "")).toMatch(/^no records in .*empty; `npm run fetch`/);
});

test("a record without annotations is told apart from one that is not there", async () => {
  const folder = await folderOf({ "b1.hea": "", "b1.dat": "", "b1.qrs": "", "b2.hea": "" });
  const saying = (message: RegExp): unknown =>
    expect.objectContaining({ code: "UNKNOWN_RECORD", message: expect.stringMatching(message) });
  await expect(readAnnotations(folder, "b1")).rejects.toThrow(
    saying(/^record b1 has no annotations .*b1\.atr; it has b1\.qrs$/),
  );
  await expect(readAnnotations(folder, "b2")).rejects.toThrow(saying(/b2\.atr; it has none by another annotator$/));
  await expect(readAnnotations(folder, "b3")).rejects.toThrow(saying(/b3\.atr can't be read; .* has b1, b2$/));
});

test.each(["../b1", "/etc/passwd", "..", ".", "", "._b1", "a\\b", "a\0b"])("%j is no record's name", async (name) => {
  await expect(readRecord(await folderOf({ "b1.hea": "" }), name)).rejects.toThrow(
    expect.objectContaining({ code: "UNKNOWN_RECORD", message: expect.stringMatching(/is not a record's name/) }),
  );
});
