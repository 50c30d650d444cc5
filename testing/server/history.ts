import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, onTestFinished } from "vitest";
import { alarmCodec, beatCodec, commandCodec, conditionCodec } from "../../contracts/codec.ts";
import type { Command, CommandAction } from "../../contracts/command.ts";
import { encodeFrame } from "../../contracts/frame.ts";
import { TOPICS } from "../../contracts/topics.ts";
import { type HistoryFile, openFile } from "../../server/history/file.ts";
import type { WrittenMessage } from "../../server/history/writer.ts";
import { alarmEventAt, commandAt } from "../gateway/alarms.ts";
import { beatAt, conditionAt, frameAt } from "../gateway/messages.ts";

/** Of the messages below, Unix ms. */
export const START = 1e12;

/** A place for a history file of each test's own, which goes with the test. */
export function historyPlace(): { readonly file: string; open(): HistoryFile } {
  let file = "";
  beforeEach(() => {
    const folder = mkdtempSync(path.join(tmpdir(), "bedside-history-"));
    file = path.join(folder, "history.sqlite");
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  });
  return {
    get file() {
      return file;
    },
    open() {
      const opened = openFile(file);
      onTestFinished(() => opened.close());
      return opened;
    },
  };
}

let offset = 0;
export const message = (topic: keyof typeof TOPICS, value: Uint8Array): WrittenMessage => ({
  topic,
  name: TOPICS[topic],
  meta: { partition: 0, offset: offset++ },
  value,
});
export const frame = (...args: Parameters<typeof frameAt>) => message("frames", encodeFrame(frameAt(...args)));
export const beat = (...args: Parameters<typeof beatAt>) => message("beats", beatCodec.encode(beatAt(...args)));
export const condition = (...args: Parameters<typeof conditionAt>) =>
  message("conditions", conditionCodec.encode(conditionAt(...args)));
export const alarm = (...args: Parameters<typeof alarmEventAt>) =>
  message("alarms", alarmCodec.encode(alarmEventAt(...args)));
export const command = (action: CommandAction, change: Partial<Command>) =>
  message("commands", commandCodec.encode(commandAt("b1", action, { atMs: START + offset, ...change })));
