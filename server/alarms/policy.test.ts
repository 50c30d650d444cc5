import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { PRESENTATION, presentationPolicy, readPresentationPolicy } from "./policy.ts";

const { latching, escalateAfterSeconds } = PRESENTATION;

test.each([
  [{ shownSeconds: 1 }, /shownSeconds must be >= 5/],
  [{ silenceSeconds: 3600 }, /silenceSeconds must be <= 120/],
  [{ latching: { ...latching, high: "never" } }, /latching\.high/],
  [{ latching: { ...latching, high: "none" } }, /must outlast its condition/],
  [{ latching: { ...latching, low: "sound-and-text" } }, /lower priority longer/],
  [{ escalateAfterSeconds: { ...escalateAfterSeconds, low: 20 } }, /higher priority wait longer/],
  [{ reminderSeconds: 120 }, /before its first reminder/],
  [{ mute: true }, /mute|additional/],
])("a policy that is out of range or contradicts itself is one clear line: %o", (change, message) => {
  expect(() => presentationPolicy({ ...PRESENTATION, ...change }, "x.json")).toThrow(
    expect.objectContaining({ code: "BAD_CONFIG", message: expect.stringMatching(message) }),
  );
});

test("a file that is none says so", () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "policy-")), "p.json");
  writeFileSync(file, "{");
  expect(() => readPresentationPolicy(file)).toThrow(/p\.json: cannot be read as JSON/);
});
