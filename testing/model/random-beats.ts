import { type FrameLead, leadToMillivolts } from "../../contracts/frame.ts";
import { hasRecords, mitdbFolder } from "../../data/records.ts";
import { monitoredLead } from "../../signal/leads.ts";
import { SYNTHETIC_BEDS } from "../../data/synthetic/beds.ts";
import { syntheticRecord } from "../../data/synthetic/record.ts";
import { readRecord } from "../../data/wfdb/record.ts";
import { createSignalChain } from "../../signal/chain.ts";
import type { ChainEvent } from "../../signal/events.ts";

/** Consecutive beats as the live signal chain gives them. */
export interface TestBeats {
  readonly name: string;
  readonly windows: readonly Float32Array[];
  readonly features: readonly Float32Array[];
}

const SECONDS = 180;
const RATE_HZ = 360;
const RECORDS = ["119", "208"];

/** Beats of every synthetic bed and, where they have been fetched to `dir`, of real records; says where they have not. */
export async function beatsForTests(dir?: string): Promise<TestBeats[]> {
  const series = SYNTHETIC_BEDS.map(({ name, script, seed }) => {
    const { leads } = syntheticRecord(script, { samplingRateHz: RATE_HZ, seed });
    return hearBeats(`synthetic/${name}`, leads, RATE_HZ);
  });
  if (dir && !(await hasRecords(dir, RECORDS))) {
    console.log(`beats of MIT-BIH ${RECORDS.join(", ")} left out: not in ${dir}; run npm run fetch`);
  } else if (dir) {
    for (const name of RECORDS) {
      const { leads, samplingRateHz } = await readRecord(mitdbFolder(dir), name);
      series.push(hearBeats(`mitdb/${name}`, leads, samplingRateHz));
    }
  }
  return series.filter(({ windows }) => windows.length >= 64);
}

function hearBeats(name: string, leads: readonly FrameLead[], samplingRateHz: number): TestBeats {
  const lead = leads[monitoredLead({ name, leads })];
  const millivolts = new Float32Array(lead.samples.length);
  leadToMillivolts(lead, millivolts);
  const windows: Float32Array[] = [];
  const features: Float32Array[] = [];
  const keep = (event: ChainEvent): void => {
    if (event.type !== "beat") return;
    windows.push(event.window);
    features.push(event.features);
  };
  const chain = createSignalChain({ inputRateHz: samplingRateHz });
  chain.push(millivolts, Math.min(millivolts.length, SECONDS * samplingRateHz), keep);
  chain.end(keep);
  return { name, windows, features };
}
