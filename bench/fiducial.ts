import { leadToMillivolts } from "../contracts/frame.ts";
import { mitdbFolder } from "../data/records.ts";
import { DS1, DS2, PACED } from "../data/splits/mitdb.ts";
import { readAnnotations } from "../data/wfdb/annotations.ts";
import { readRecord } from "../data/wfdb/record.ts";
import { referenceOf } from "../scoring/reference.ts";
import { readConfig } from "../server/config.ts";
import { fiducialOffset } from "../signal/beat/fiducial.ts";
import { createSignalChain } from "../signal/chain.ts";
import type { BeatEvent } from "../signal/events.ts";

/**
 * How far R peaks and marks lie from the annotators', on the first lead: `npm run bench -- fiducial`, for ventricular premature beats (annotated V: not
 * escape beats, which EC57 classes with them and which are easy, half of that class in 207) and for all by set; with names of records
 * (`npm run bench -- fiducial 207 233`), of those. A beat belongs to the nearest annotation within 150 ms.
 */
const NEAR_S = 0.15;
const FAR_MS = 40;

interface Offset {
  readonly isV: boolean;
  readonly peakMs: number;
  readonly markMs: number;
}

async function offsetsOf(dir: string, record: string): Promise<Offset[]> {
  const folder = mitdbFolder(dir);
  const { samplingRateHz, leads } = await readRecord(folder, record);
  const annotations = await readAnnotations(folder, record);
  const reference = referenceOf(annotations);
  const premature = new Set(annotations.flatMap(({ sample, symbol }) => (symbol === "V" ? sample : [])));
  const millivolts = new Float32Array(leads[0].samples.length);
  leadToMillivolts(leads[0], millivolts);
  const found: BeatEvent[] = [];
  const hear = (event: { type: string }): void => void (event.type === "beat" && found.push(event as BeatEvent));
  const chain = createSignalChain({ inputRateHz: samplingRateHz });
  chain.push(millivolts, millivolts.length, hear);
  chain.end(hear);
  const ms = (samples: number): number => (1000 * samples) / samplingRateHz;
  return reference.beats.flatMap(({ sample }) => {
    const near = found.filter((beat) => Math.abs(beat.sample - sample) <= NEAR_S * samplingRateHz);
    if (near.length === 0) return [];
    const beat = near.reduce((a, b) => (Math.abs(b.sample - sample) < Math.abs(a.sample - sample) ? b : a));
    const peakMs = ms(beat.sample - sample);
    return [{ isV: premature.has(sample), peakMs, markMs: peakMs + 1000 * fiducialOffset(beat.window) }];
  });
}

function told(offsets: readonly number[]): string {
  const sorted = offsets.toSorted((a, b) => a - b);
  const far = sorted.filter((ms) => Math.abs(ms) > FAR_MS).length / sorted.length;
  return `median ${sorted[Math.floor(sorted.length / 2)].toFixed(0).padStart(4)} ms, > ${FAR_MS} ms ${(100 * far).toFixed(1).padStart(5)} %`;
}

const { PHYSIONET_DIR } = readConfig();
const asked = process.argv.slice(2).filter((name) => /^\d+$/.test(name));
const sets: Record<string, readonly string[]> =
  asked.length > 0
    ? Object.fromEntries(asked.map((name) => [name, [name]]))
    : { DS1, "DS2 and paced": [...DS2, ...PACED] };
for (const [name, records] of Object.entries(sets)) {
  const offsets: Offset[] = [];
  for (const record of records) offsets.push(...(await offsetsOf(PHYSIONET_DIR, record)));
  for (const [which, some] of [
    ["V", offsets.filter(({ isV }) => isV)],
    ["all", offsets],
  ] as const) {
    console.log(
      `${name}, ${which} (${some.length}): R peak ${told(some.map(({ peakMs }) => peakMs))}; mark ${told(some.map(({ markMs }) => markMs))}`,
    );
  }
}
