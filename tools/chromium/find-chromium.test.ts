import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findChromium } from "./find-chromium.ts";

let dir = "";
beforeEach(() => (dir = mkdtempSync(path.join(tmpdir(), "bedside-chromium-"))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function program(...place: string[]): string {
  const file = path.join(dir, ...place);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, "#!/bin/sh\n");
  chmodSync(file, 0o755);
  return file;
}

const places = (wanted = "") => ({
  wanted,
  folders: [path.join(dir, "bin")],
  playwright: path.join(dir, "playwright"),
});

test("the wanted browser goes first, then an installed one, then Playwright's newest", () => {
  program("playwright", "chromium-1000", "chrome-linux", "chrome");
  const newest = program("playwright", "chromium-1100", "chrome-linux", "chrome");
  expect(findChromium(places())).toBe(newest);
  const installed = program("bin", "chromium");
  expect(findChromium(places())).toBe(installed);
  const wanted = program("elsewhere", "browser");
  expect(findChromium(places(wanted))).toBe(wanted);
});

test("a wanted browser that is not there is named, not replaced", () => {
  program("bin", "chromium");
  expect(() => findChromium(places("/no/such/browser"))).toThrow(/CHROMIUM_PATH is \/no\/such\/browser/);
});

test("where there is none, null says so", () => {
  expect(findChromium(places())).toBeNull();
});
