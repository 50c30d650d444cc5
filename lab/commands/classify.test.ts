import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { Compile } from "typebox/compile";
import { expect, onTestFinished, test } from "vitest";
import { beatSamples, kaggleRow } from "../../testing/beat-csv.ts";
import { ClassifyResultSchema } from "../../contracts/classify-api.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const CSV = `${Array.from({ length: 12 }, (_, i) => kaggleRow(beatSamples(i), i % 5)).join("\n")}\n1,2\n`;

async function classify(args: readonly string[], input = "") {
  const child = spawn(process.execPath, ["--import", "tsx", "lab/commands/classify.ts", ...args], { cwd: ROOT });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { out, err, code };
}

test("standard input: class totals, scores against the labels, and what was refused", async () => {
  const { out, err, code } = await classify(["-"], CSV);
  expect(code).toBe(0);
  expect(out).toMatch(/^class +rows +%\nN +\d+/);
  expect(out).toMatch(/12 labelled rows: accuracy \d+\.\d\d %, macro-F1 [01]\.\d{3}/);
  expect(err).toMatch(/1 row was refused:\n {2}line 13: 2 cells/);
});

test("--json writes the document of the API", async () => {
  const dir = mkdtempSync(path.join(tmpdir(), "bedside-classify-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const file = path.join(dir, "beats.csv");
  writeFileSync(file, CSV);
  const { out, code } = await classify([file, "--json", "--to", path.join(dir, "out.json")]);
  expect([code, out]).toEqual([0, ""]);
  const document: unknown = JSON.parse(readFileSync(path.join(dir, "out.json"), "utf8"));
  expect([...Compile(ClassifyResultSchema).Errors(document)]).toEqual([]);
  expect(document).toMatchObject({ rows: { length: 12 }, rejected: [{ row: 13 }] });
});

test.each([
  ["a file that is not there", ["nothing-here.csv"], "", /nothing-here\.csv is no file \[BAD_ARGUMENT\]/, 2],
  ["a recording", ["-"], "0.1;0.2\n".repeat(2000), /this is a continuous recording.* \[BAD_CSV\]/, 1],
  ["text", ["-"], "some text\n", /no line has the 187 cells of a beat \(line 1 has 1\).*\[BAD_CSV\]/, 1],
])("%s is one clear line and an exit code", async (_name, args, input, message, exit) => {
  const { err, code } = await classify(args, input);
  expect(err).toMatch(message);
  expect(err).not.toMatch(/^ +at /m);
  expect(code).toBe(exit);
});
