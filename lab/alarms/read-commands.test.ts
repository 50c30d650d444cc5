import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readCommands } from "./read-commands.ts";

let folder: string;
beforeAll(async () => (folder = await mkdtemp(path.join(tmpdir(), "bedside-commands-"))));
afterAll(() => rm(folder, { recursive: true }));

async function read(text: string) {
  const file = path.join(folder, "commands.jsonl");
  await writeFile(file, text);
  return readCommands(file);
}

test("a command a line, at its second; what may be left out is filled in", async () => {
  expect(await read('{"atSeconds":1.5,"id":"nurse-0001","action":"silence","by":"Ada"}\n\n')).toEqual([
    { id: "nurse-0001", action: "silence", alarm: null, by: "Ada", beat: null, reason: null, atMs: 1500 },
  ]);
});

test.each([
  ['{"atSeconds":1,', /line 1 is no JSON/],
  ['\n{"atSeconds":1,"id":"nurse-0001","action":"mute","by":"Ada"}', /line 2 is no command: \/action/],
  ['{"atSeconds":-1,"id":"nurse-0001","action":"silence","by":"Ada"}', /line 1 is no command: \/atSeconds/],
])("%j is one clear error", async (text, message) => {
  await expect(read(text)).rejects.toThrow(
    expect.objectContaining({ code: "BAD_ARGUMENT", message: expect.stringMatching(message) }),
  );
});
