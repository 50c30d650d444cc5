import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { nodeProgram, provideNode } from "./provide-node.ts";

let dir = "";
beforeEach(() => (dir = mkdtempSync(path.join(tmpdir(), "bedside-node-"))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A program in the place of Node's that says this. */
function stand(major: number, version: string): void {
  const program = nodeProgram(major, dir);
  mkdirSync(path.dirname(program), { recursive: true });
  writeFileSync(program, `#!/bin/sh\necho ${version}\n`);
  chmodSync(program, 0o755);
}

const lines: string[] = [];
const provide = (major: number) => provideNode(major, dir, (line) => lines.push(line));

test("a Node that stands in the cache is used, and nothing is fetched", async () => {
  stand(22, "v22.1.2");
  expect(await provide(22)).toBe("v22.1.2");
  expect(lines).toEqual([]);
});

test("one that is another, or does not run, is named with the remedy", async () => {
  stand(22, "v2.22.0");
  await expect(provide(22)).rejects.toMatchObject({
    code: "TOOL_MISSING",
    message: expect.stringMatching(/is Node v2\.22\.0: delete .* and try again/),
  });
  writeFileSync(nodeProgram(22, dir), "nonsense");
  await expect(provide(22)).rejects.toMatchObject({ code: "TOOL_MISSING", message: expect.stringMatching(/delete/) });
});
