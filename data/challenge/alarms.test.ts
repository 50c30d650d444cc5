import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { challengeAlarms } from "./alarms.ts";

let folder: string;
beforeAll(async () => (folder = await mkdtemp(path.join(tmpdir(), "bedside-challenge-"))));
afterAll(() => rm(folder, { recursive: true }));

async function read(text: string) {
  await writeFile(path.join(folder, "ALARMS"), text);
  return challengeAlarms(folder);
}

test("record, kind and label of each line, whatever its end", async () => {
  expect(await read("a103l,Asystole,0\r\nv101s,Ventricular_Flutter_Fib,1\n\n")).toEqual([
    { record: "a103l", kind: "Asystole", isTrue: false },
    { record: "v101s", kind: "Ventricular_Flutter_Fib", isTrue: true },
  ]);
});

test("a folder without the file has none", async () => {
  expect(await challengeAlarms(path.join(folder, "elsewhere"))).toBeNull();
});

test.each([
  ["a103l,Asystole,0\na104l,Asystole,2", /line 2: "a104l,Asystole,2" must be record,kind,0 or 1/],
  ["a103l,Flutter,0", /line 1: .*kinds are Asystole, Bradycardia/],
  ["../x,Asystole,1", /line 1/],
  ["a103l,Asystole", /line 1/],
  ["a103l,Asystole,0\na103l,Asystole,1", /line 2: record a103l has two lines/],
  ["\n", /names no alarm/],
])("%j is one clear error", async (text, message) => {
  await expect(read(text)).rejects.toThrow(
    expect.objectContaining({ code: "BAD_RECORD", message: expect.stringMatching(message) }),
  );
});
