import path from "node:path";
import { BedsideError } from "../contracts/errors.ts";
import { encodeFrame } from "../contracts/frame.ts";
import { annotationsOf } from "../data/wfdb/annotations.ts";
import { readRecord } from "../data/wfdb/record.ts";
import { SYNTHETIC_BEDS } from "../data/synthetic/beds.ts";
import { syntheticRecord } from "../data/synthetic/record.ts";
import { mitdbFolder, recordsIn } from "../data/records.ts";
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
 * The named records of MIT-BIH under `dir` (PhysioNet's layout); without names those of the default ones that are there, if
 * `dir` was chosen by somebody, else the default ones where all have been fetched, else the synthetic beds. A name
 * `synthetic/NAME` is a synthetic bed's. Throws UNKNOWN_RECORD, BAD_RECORD; BAD_CONFIG where the chosen `dir` has no default one.
 */
export async function openSources(dir: string, names?: readonly string[], isChosen = false): Promise<OpenedSources> {
  const wanted = names ?? (await defaultNames(dir, isChosen));
  const sources: Source[] = [];
  for (const name of wanted) {
    sources.push(name.startsWith("synthetic/") ? openSynthetic(name) : await openRecording(dir, name));
  }
  return { kind: wanted.every((name) => name.startsWith("synthetic/")) ? "synthetic" : "recorded", sources };
}

async function defaultNames(dir: string, isChosen: boolean): Promise<readonly string[]> {
  const there = await recordsIn(dir, DEFAULT_RECORDS);
  if (there.length === DEFAULT_RECORDS.length || (isChosen && there.length > 0)) return there;
  if (!isChosen) return SYNTHETIC_BEDS.map(({ name }) => `synthetic/${name}`);
  const layout = `${path.join(mitdbFolder(dir), DEFAULT_RECORDS[0])}.hea, .dat and .atr, and so on`;
  const remedy = "`npm run fetch` brings them there; without the variable, synthetic beds are replayed";
  throw new BedsideError("BAD_CONFIG", `PHYSIONET_DIR is ${dir}, which lacks MIT-BIH's records (${layout}): ${remedy}`);
}

async function openRecording(dir: string, name: string): Promise<Source> {
  const folder = mitdbFolder(dir);
  const record = await readRecord(folder, name);
  const annotations = await annotationsOf(record, folder);
  monitoredLead(record);
  const { samplingRateHz, leads } = record;
  const source = { name: `mitdb/${name}`, samplingRateHz, leads, annotations };
  checkSendable(source);
  return source;
}

/** Throws BAD_RECORD where no frame could be made of it: too many leads, too long a name. */
function checkSendable({ name, samplingRateHz, leads }: Source): void {
  const place = { bed: "b", epoch: "e", epochStartMs: 0, sequence: 0, firstSample: 0, producedAtMs: 0 };
  const first = leads.map((lead) => ({ ...lead, samples: lead.samples.subarray(0, 1) }));
  try {
    encodeFrame({ ...place, samplingRateHz, leads: first, last: false, source: name });
  } catch (cause) {
    const why = cause instanceof BedsideError ? cause.message : String(cause);
    throw new BedsideError("BAD_RECORD", `record ${name} can't be sent: ${why}`, { cause });
  }
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
