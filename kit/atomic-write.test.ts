import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeWhole } from "./atomic-write.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "bedside-write-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("writes text and bytes, a view's own alone, and makes the folder", async () => {
  const text = path.join(folder, "a", "b", "text");
  await writeWhole(text, "µV\n");
  expect(await readFile(text, "utf8")).toBe("µV\n");
  const bytes = path.join(folder, "bytes");
  await writeWhole(bytes, Uint8Array.of(0, 1, 2, 3, 4).subarray(1, 4));
  expect([...(await readFile(bytes))]).toEqual([1, 2, 3]);
});

test("of writers at once one is there whole, and nothing beside it", async () => {
  const file = path.join(folder, "file");
  const texts = Array.from({ length: 20 }, (_, i) => String(i % 10).repeat(1000 + i));
  await Promise.all(texts.map((text) => writeWhole(file, text)));
  expect(texts).toContain(await readFile(file, "utf8"));
  expect(await readdir(folder)).toEqual(["file"]);
});

test("what cannot be written leaves no parts behind", async () => {
  await writeFile(path.join(folder, "file"), "");
  await expect(writeWhole(path.join(folder, "file", "below"), "text")).rejects.toThrow(/EEXIST|ENOTDIR/);
  await expect(writeWhole(folder, "text")).rejects.toThrow(/EISDIR/);
  expect(await readdir(folder)).toEqual(["file"]);
  expect((await readdir(path.dirname(folder))).filter((name) => name.startsWith(path.basename(folder)))).toHaveLength(
    1,
  );
});
