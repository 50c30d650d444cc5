import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Type } from "typebox";
import { readJson, writeJson } from "./json-file.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "bedside-json-"));
});
afterAll(() => rm(folder, { recursive: true }));

const schema = Type.Object({ records: Type.Array(Type.String()), note: Type.Optional(Type.String()) });
const file = (name: string): string => path.join(folder, name);

test("what is written is read again, with what a later version adds", async () => {
  await writeJson(file("a.json"), schema, { records: ["100"] });
  expect(await readFile(file("a.json"), "utf8")).toBe('{"records":["100"]}\n');
  expect(await readJson(file("a.json"), schema, "npm run x")).toEqual({ records: ["100"] });
  await writeFile(file("later.json"), '{"records":[],"more":{"of":1}}');
  expect(await readJson(file("later.json"), schema, "npm run x")).toEqual({ records: [], more: { of: 1 } });
});

test("what does not fit is not written", async () => {
  await expect(writeJson(file("b.json"), schema, { records: [1 as never] })).rejects.toThrow(
    expect.objectContaining({ code: "BAD_MESSAGE", message: expect.stringContaining("/records/0") }),
  );
  await expect(readFile(file("b.json"))).rejects.toThrow(/ENOENT/);
});

test.each([
  ["not there", null, /c\.json can't be read as JSON: give what npm run x wrote/],
  ["no JSON", "{", /c\.json can't be read as JSON/],
  ["another thing", "7", /c\.json is not what npm run x writes/],
  ["a field of another kind", '{"records":"100"}', /c\.json is not what npm run x writes: \/records /],
])("a file that is %s is refused by its name", async (_, text, message) => {
  await rm(file("c.json"), { force: true });
  if (text !== null) await writeFile(file("c.json"), text);
  await expect(readJson(file("c.json"), schema, "npm run x")).rejects.toThrow(
    expect.objectContaining({ code: "BAD_ARGUMENT", message: expect.stringMatching(message) }),
  );
});
