import path from "node:path";
import { leadToMillivolts } from "../../contracts/frame.ts";
import { readRecord } from "../wfdb/record.ts";

/** NSTDB's recorded noises: electrode motion, baseline wander, muscle artefact. */
export const NOISE_KINDS = ["em", "bw", "ma"] as const;
export type NoiseKind = (typeof NOISE_KINDS)[number];

/** Recorded noise, mV, at `samplingRateHz`. */
export interface NoiseRecord {
  readonly samplingRateHz: number;
  readonly millivolts: Float32Array;
}

export type NoiseRecords = Readonly<Partial<Record<NoiseKind, NoiseRecord>>>;

/**
 * NSTDB's noise records of these kinds under `dir` (PhysioNet's layout), first channel: the whole of each, or a half.
 * Training takes its noise from the first halves, so what measures a model takes the second ones.
 * Throws UNKNOWN_RECORD, BAD_RECORD.
 */
export async function openNoise(
  dir: string,
  kinds: readonly NoiseKind[],
  part: "whole" | "first half" | "second half" = "whole",
): Promise<NoiseRecords> {
  const noise: Partial<Record<NoiseKind, NoiseRecord>> = {};
  for (const kind of new Set(kinds)) {
    const { samplingRateHz, leads } = await readRecord(path.join(dir, "nstdb", "1.0.0"), kind);
    const millivolts = new Float32Array(leads[0].samples.length);
    leadToMillivolts(leads[0], millivolts);
    const begin = part === "second half" ? Math.ceil(millivolts.length / 2) : 0;
    const end = part === "first half" ? Math.floor(millivolts.length / 2) : millivolts.length;
    noise[kind] = { samplingRateHz, millivolts: millivolts.subarray(begin, end) };
  }
  return noise;
}
