import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runVitest } from "./run-vitest.ts";

let dir = "";
beforeEach(() => (dir = mkdtempSync(path.join(tmpdir(), "bedside-suites-"))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A program in Node's place that writes this report and ends with this code. */
function runs(report: object | null, code: number, filters: readonly string[] = [], asideTo?: string) {
  const file = path.join(dir, "report.json");
  const program = path.join(dir, "node");
  const write = report ? `echo '${JSON.stringify(report)}' > ${file}` : ":";
  writeFileSync(
    program,
    `#!/bin/sh\necho "$*" > ${dir}/arguments\ncommand -v node > ${dir}/found\nnice\n${write}\nexit ${code}\n`,
  );
  chmodSync(program, 0o755);
  return runVitest({ project: "unit", filters, reportFile: file, node: program, asideTo });
}

test("passed, failed and skipped tests are counted, todos as skipped", async () => {
  const report = { numPassedTests: 7, numFailedTests: 2, numPendingTests: 1, numTodoTests: 3 };
  expect(await runs(report, 1)).toEqual({ passed: 7, failed: 2, skipped: 4 });
  expect(await runs({ numPassedTests: 7, numFailedTests: 0 }, 0)).toEqual({ passed: 7, failed: 0, skipped: 0 });
});

test("a run that fails without a failed test, or without a report, is a failure", async () => {
  expect(await runs({ numPassedTests: 7, numFailedTests: 0 }, 1)).toEqual({ passed: 7, failed: 1, skipped: 0 });
  expect(await runs(null, 1)).toMatchObject({ failed: 1 });
});

test("filters reach vitest, and the Node that is given is the one found by name", async () => {
  await runs({}, 0, ["signal/qrs"]);
  const read = (name: string) => readFileSync(path.join(dir, name), "utf8").trim();
  expect(read("arguments")).toMatch(/vitest\.mjs run --project unit .* signal\/qrs$/);
  expect(read("found")).toBe(path.join(dir, "node"));
});

test("a suite that runs aside gives way to what is beside it, and prints to its file", async () => {
  const log = path.join(dir, "aside.log");
  expect(await runs({ numPassedTests: 7 }, 0, [], log)).toMatchObject({ passed: 7 });
  expect(Number(readFileSync(log, "utf8"))).toBeGreaterThanOrEqual(10);
  expect(readFileSync(path.join(dir, "arguments"), "utf8")).toContain("--maxWorkers=1");
});
