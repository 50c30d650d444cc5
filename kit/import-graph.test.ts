import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { codeHash, importGraph, parseImports } from "./import-graph.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "bedside-import-graph-"));
});
afterAll(() => rm(root, { recursive: true }));

const put = async (name: string, text: string): Promise<void> => {
  await mkdir(path.dirname(path.join(root, name)), { recursive: true });
  await writeFile(path.join(root, name), text);
};
const lock = (version: string): Promise<void> =>
  put(
    "package-lock.json",
    JSON.stringify({ packages: { "node_modules/@a/b": { version }, "node_modules/c": { version: "1.0.0" } } }),
  );

beforeEach(async () => {
  await put("entry.ts", `import { a } from "./in/a.ts";\nimport type { T } from "./types.ts";\nconsole.log(a);\n`);
  await put("in/a.ts", `import fs from "node:fs";\nimport { x } from "@a/b/deep";\nexport * from "../b.ts";\n`);
  await put("b.ts", `import "./entry.ts";\nexport const later = () => import("./later.ts");\n`);
  await put("later.ts", `new Worker(new URL("./thread.ts", import.meta.url));\n`);
  await put("thread.ts", `postMessage(1);\n`);
  await put("types.ts", `export type T = 1;\n`);
  await put("unrelated.ts", `export const one = 1;\n`);
  await lock("1.0.0");
});

test.each([
  [`import a from "./a.ts";`, [["./a.ts", "code"]]],
  [`import {\n  type B,\n  c,\n} from "./b.ts";`, [["./b.ts", "code"]]],
  [`import type { B } from "./b.ts";`, [["./b.ts", "type"]]],
  [`export type { B } from "./b.ts";`, [["./b.ts", "type"]]],
  [`import type from "./b.ts";`, [["./b.ts", "code"]]],
  [`export default defineConfig({\n  base: "./",\n});\nexport interface A {\n  readonly b: "c";\n}`, []],
  [`export * from './c.ts';`, [["./c.ts", "code"]]],
  [`import "./d.ts";`, [["./d.ts", "code"]]],
  [`const e = await import("./e.ts");`, [["./e.ts", "code"]]],
  [`fork(new URL("./f.ts", import.meta.url))`, [["./f.ts", "url"]]],
  [`import { d } from "@a/b/d";`, [["@a/b/d", "code"]]],
  [`export const from = "./g.ts";\n// import it from "./h.ts"\nconst i = "import";`, []],
])("%s", (text, expected) => {
  expect(parseImports(text).map(({ specifier, kind }) => [specifier, kind])).toEqual(expected);
});

test("files are reached through imports of every kind but types, circles and all", async () => {
  const { files, packages } = await importGraph([path.join(root, "entry.ts")]);
  expect(files.map((file) => path.relative(root, file))).toEqual([
    "b.ts",
    "entry.ts",
    "in/a.ts",
    "later.ts",
    "thread.ts",
  ]);
  expect(packages).toEqual(["@a/b"]);
});

test("an import that leads nowhere is an error that names it", async () => {
  await put("b.ts", `import "./gone.ts";\n`);
  await expect(importGraph([path.join(root, "entry.ts")])).rejects.toThrow(/gone\.ts/);
});

test("the hash is of what is reached: its text, and its packages' versions", async () => {
  const hash = (): Promise<string> => codeHash([path.join(root, "entry.ts")], root);
  const before = await hash();
  expect(await hash()).toBe(before);
  await put("unrelated.ts", `export const one = 2;\n`);
  await put("types.ts", `export type T = 2;\n`);
  expect(await hash()).toBe(before);
  await put("thread.ts", `postMessage(2);\n`);
  const thread = await hash();
  expect(thread).not.toBe(before);
  await lock("1.0.1");
  expect(await hash()).not.toBe(thread);
});
