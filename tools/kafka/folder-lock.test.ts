import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockFolder } from "./folder-lock.ts";

let dir = "";

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "bedside-lock-"));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

test("a folder is held by one at a time", () => {
  const lock = lockFolder(dir);
  expect(() => lockFolder(dir)).toThrow(`${dir} is in use by the Kafka of process ${process.pid}`);
  lock.release();
  lockFolder(dir).release();
});

test("a lock outlives the process that took it as long as the broker lives", () => {
  const { pid: dead } = spawnSync(process.execPath, ["-e", ""]);
  writeFileSync(join(dir, "lock"), `${dead}\n${process.pid}`);
  expect(() => lockFolder(dir)).toThrow(`process ${process.pid}`);
});

test.each(["", "nonsense\n-1\n0"])("a lock that names nobody alive is taken over: %j", (text) => {
  writeFileSync(join(dir, "lock"), text);
  expect(() => lockFolder(dir)).not.toThrow();
});
