import path from "node:path";
import { BedsideError } from "../contracts/errors.ts";
import { annotationsOf } from "../data/wfdb/annotations.ts";
import { readRecord } from "../data/wfdb/record.ts";
import { SYNTHETIC_BEDS } from "../data/synthetic/beds.ts";
import { syntheticRecord } from "../data/synthetic/record.ts";
import { hasRecords } from "../data/records.ts";
import { monitoredLead } from "../signal/leads.ts";
import type { Source } from "./source.ts";

/** Eight recordings that between them show sinus rhythm, PVCs, couplets and runs, AF, fusion beats and noise. */
const DEFAULT_RECORDS: readonly string[] = ["100", "119", "200", "207", "208", "213", "222", "233"];

const SYNTHETIC_RATE_HZ = 360;

export interface OpenedSources {
  readonly kind: "recorded" | "synthetic";
  readonly sources: readonly Source[];
}

/**
 * The named records of MIT-BIH under `dir` (PhysioNet's layout); without names the default ones where they have been
 * fetched, else the synthetic beds. A name `synthetic/NAME` is a synthetic bed's. Throws UNKNOWN_RECORD, BAD_RECORD.
 */
export async function openSources(dir: string, names?: readonly string[]): Promise<OpenedSources> {
  const kind = names || (await hasRecords(dir, DEFAULT_RECORDS)) ? "recorded" : "synthetic";
  const wanted =
    names ?? (kind === "recorded" ? DEFAULT_RECORDS : SYNTHETIC_BEDS.map(({ name }) => `synthetic/${name}`));
  const sources: Source[] = [];
  for (const name of wanted) {
    sources.push(name.startsWith("synthetic/") ? openSynthetic(name) : await openRecording(dir, name));
  }
  return { kind: wanted.every((name) => name.startsWith("synthetic/")) ? "synthetic" : kind, sources };
}

async function openRecording(dir: string, name: string): Promise<Source> {
  const folder = path.join(dir, "mitdb", "1.0.0");
  const record = await readRecord(folder, name);
  const annotations = await annotationsOf(record, folder);
  monitoredLead(record);
  return { name: `mitdb/${name}`, samplingRateHz: record.samplingRateHz, leads: record.leads, annotations };
}

function openSynthetic(name: string): Source {
  const bed = SYNTHETIC_BEDS.find((candidate) => `synthetic/${candidate.name}` === name);
  if (!bed) {
    const known = SYNTHETIC_BEDS.map((candidate) => `synthetic/${candidate.name}`).join(", ");
    throw new BedsideError("UNKNOWN_RECORD", `no synthetic bed ${name}; there are ${known}`);
  }
  const { leads, annotations } = syntheticRecord(bed.script, { samplingRateHz: SYNTHETIC_RATE_HZ, seed: bed.seed });
  return { name, samplingRateHz: SYNTHETIC_RATE_HZ, leads, annotations };
}
