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
  const write = report ? `printf %s '${JSON.stringify(report)}' > ${file}` : ":";
  writeFileSync(
    program,
    `#!/bin/sh\necho "$*" > ${dir}/arguments\ncommand -v node > ${dir}/found\nnice\n${write}\nexit ${code}\n`,
  );
  chmodSync(program, 0o755);
  return runVitest({ project: "unit", filters, reportFile: file, node: program, asideTo });
}

const counted = async (report: object | null, code: number) => (await runs(report, code)).counts;

test("passed, failed and skipped tests are counted, todos as skipped", async () => {
  const report = { numPassedTests: 7, numFailedTests: 2, numPendingTests: 1, numTodoTests: 3 };
  expect(await counted(report, 1)).toEqual({ passed: 7, failed: 2, skipped: 4 });
  expect(await counted({ numPassedTests: 7, numFailedTests: 0 }, 0)).toEqual({ passed: 7, failed: 0, skipped: 0 });
});

test("a run that fails without a failed test, or without a report, is a failure", async () => {
  expect(await counted({ numPassedTests: 7, numFailedTests: 0 }, 1)).toEqual({ passed: 7, failed: 1, skipped: 0 });
  expect(await counted(null, 1)).toMatchObject({ failed: 1 });
});

test("what failed is told by file, name and reason, a file that did not load by its error", async () => {
  const file = (name: string) => path.resolve("signal", name);
  const passed = { fullName: "fine", status: "passed", failureMessages: [] };
  const failed = { fullName: " two beats", status: "failed", failureMessages: ["expected 1 to be 2\n    at line"] };
  const testResults = [
    { name: file("a.test.ts"), status: "failed", message: "", assertionResults: [passed, failed] },
    { name: file("b.test.ts"), status: "failed", message: "no module c\nmore", assertionResults: [] },
    { name: file("d.test.ts"), status: "passed", message: "", assertionResults: [passed] },
  ];
  const { failures } = await runs({ numPassedTests: 2, numFailedTests: 1, testResults }, 1);
  expect(failures).toEqual(["signal/a.test.ts: two beats: expected 1 to be 2", "signal/b.test.ts: no module c"]);
});

test("filters reach vitest, and the Node that is given is the one found by name", async () => {
  await runs({}, 0, ["signal/qrs"]);
  const read = (name: string) => readFileSync(path.join(dir, name), "utf8").trim();
  expect(read("arguments")).toMatch(/vitest\.mjs run --project unit .* signal\/qrs$/);
  expect(read("found")).toBe(path.join(dir, "node"));
});

test("a suite that runs aside gives way to what is beside it, and prints to its file", async () => {
  const log = path.join(dir, "aside.log");
  expect((await runs({ numPassedTests: 7 }, 0, [], log)).counts).toMatchObject({ passed: 7 });
  expect(Number(readFileSync(log, "utf8"))).toBeGreaterThanOrEqual(10);
  expect(readFileSync(path.join(dir, "arguments"), "utf8")).toContain("--maxWorkers=1");
});
