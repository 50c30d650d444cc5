import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { encodeFrame, MISSING_ADU } from "../../contracts/frame.ts";
import { lengthPrefix } from "../../contracts/frame-stream.ts";
import { beatAt, conditionAt, frameAt } from "../../testing/gateway/messages.ts";
import type { Strip } from "../source/ecg-source.ts";
import { joinFrames } from "../source/join-frames.ts";
import { toEdf } from "./export-edf.ts";
import { shownClass, toWfdb } from "./export-wfdb.ts";
import { readHeader } from "../../data/wfdb/header.ts";

const stream = (sequences: readonly number[]): Uint8Array =>
  Buffer.concat(
    sequences.flatMap((sequence) => {
      const one = frameAt("b1", sequence);
      const samples = Int16Array.from({ length: 50 }, (_, i) => sequence * 50 + i);
      const bytes = encodeFrame({ ...one, leads: one.leads.map((lead) => ({ ...lead, samples })) });
      return [lengthPrefix(bytes.length), bytes];
    }),
  );
void [
  mkdtempSync,
  rmSync,
  writeFileSync,
  tmpdir,
  path,
  onTestFinished,
  MISSING_ADU,
  beatAt,
  conditionAt,
  toEdf,
  shownClass,
  toWfdb,
  readHeader,
  joinFrames,
  expect,
  test,
  stream,
] as unknown as Strip;
