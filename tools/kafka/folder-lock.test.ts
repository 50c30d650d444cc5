import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
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

const pidFile = (): string => join(dir, "broker.pid");

test("a folder is held by one at a time", () => {
  const lock = lockFolder(dir);
  expect(() => lockFolder(dir)).toThrow(`${dir} is in use by another Kafka`);
  lock.heldBy(process.pid);
  lock.release();
  lock.release();
  lockFolder(dir).release();
});

test("a lock outlives the process that took it as long as the broker lives", () => {
  writeFileSync(pidFile(), String(process.pid));
  for (let i = 0; i < 2; i++) expect(() => lockFolder(dir)).toThrow(`process ${process.pid}`);
  rmSync(pidFile());
  lockFolder(dir).release();
});

test("a process that was killed leaves a lock that is taken over when it is old", () => {
  const code = `
    import { lockFolder } from ${JSON.stringify(new URL("folder-lock.ts", import.meta.url).href)};
    lockFolder(${JSON.stringify(dir)}).heldBy(process.pid);
    process.kill(process.pid, "SIGKILL");`;
  const { signal } = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", code]);
  expect(signal).toBe("SIGKILL");
  expect(() => lockFolder(dir)).toThrow(/wait 5 s/);
  const past = new Date(Date.now() - 6000);
  utimesSync(join(dir, "in-use"), past, past);
  expect(() => lockFolder(dir)).not.toThrow();
});

test.each(["", "nonsense", "-1", "0"])("a broker that nobody alive is, is none: %j", (text) => {
  writeFileSync(pidFile(), text);
  expect(() => lockFolder(dir)).not.toThrow();
});
