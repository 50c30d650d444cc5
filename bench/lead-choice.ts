import { openNoise } from "../data/injection/noise-records.ts";
import { readLeadRecordings } from "../data/lead-recording.ts";
import { DS1 } from "../data/splits/mitdb.ts";
import { matchBeats } from "../scoring/match.ts";
import { referenceOf } from "../scoring/reference.ts";
import { alignRight } from "../scoring/tables.ts";
import { readConfig } from "../server/config.ts";
import { SWITCH_RULES, type SwitchRules } from "../server/pipeline/bed/lead-choice.ts";
import type { ChainEvent } from "../signal/events.ts";
import { choose, hear } from "./lead-choice/choose.ts";
import { withLeadOff, withNoisyMinutes } from "./lead-choice/spoilt.ts";

/**
 * QRS found and switches of beds with DS1's two leads where one of them is spoilt, by the rules of when which lead is heard:
 * `npm run bench -- lead-choice`. Noise (the half of NSTDB that training takes) is in every second minute, off is a quarter of each.
 */
const RATIOS_DB = { preferred: [6, 0, -6], other: [0] };
const MATCH_SECONDS = 0.15;
const never = { noisySeconds: Infinity, offSeconds: Infinity };
const GRID: readonly (readonly [string, Partial<SwitchRules>])[] = [
  ["as they are", {}],
  ["the preferred lead alone", never],
  ...[2, 5].map((value) => [`noisy ${value} s`, { noisySeconds: value }] as const),
  ...[2, 5].map((value) => [`good ${value} s`, { goodSeconds: value }] as const),
  ["good 3 s beside off", { goodBesideOffSeconds: 3 }],
  ...[10, 40].map((value) => [`back ${value} s`, { backSeconds: value }] as const),
  ...[0.6, 0.8, 0.9].map((value) => [`agreement ${value}`, { leastAgreement: value }] as const),
];

interface Sum {
  beats: number;
  found: number;
  told: number;
  switches: number;
  hours: number;
}

const sums = new Map<string, Sum>();
function count(
  key: string,
  beats: readonly number[],
  rateHz: number,
  seconds: number,
  told: ReturnType<typeof choose>,
) {
  const sum = sums.get(key) ?? { beats: 0, found: 0, told: 0, switches: 0, hours: 0 };
  sums.set(key, sum);
  sum.beats += beats.length;
  sum.found += matchBeats(beats, told.peaks, MATCH_SECONDS * rateHz).filter((match) => match >= 0).length;
  sum.told += told.peaks.length;
  sum.switches += told.switches;
  sum.hours += seconds / 3600;
}

const dir = readConfig().PHYSIONET_DIR;
const noises = await openNoise(dir, ["em", "ma", "bw"], "first half");
for (const record of DS1) {
  const leads = await readLeadRecordings(dir, `mitdb/${record}`);
  const [{ samplingRateHz: rateHz, annotations, millivolts }] = leads;
  const beats = referenceOf(annotations).beats.map(({ sample }) => sample);
  const clean = leads.map((lead) => hear(lead.millivolts, rateHz));
  const cases: [string, readonly [readonly ChainEvent[], readonly ChainEvent[]]][] = [["none", [clean[0], clean[1]]]];
  for (const [spoilt, name] of [
    [0, "preferred"],
    [1, "other"],
  ] as const) {
    const with_ = (samples: Float32Array): readonly [readonly ChainEvent[], readonly ChainEvent[]] =>
      spoilt === 0 ? [hear(samples, rateHz), clean[1]] : [clean[0], hear(samples, rateHz)];
    cases.push([`${name}, off`, with_(withLeadOff(leads[spoilt]))]);
    for (const snrDb of RATIOS_DB[name]) {
      for (const noise of Object.values(noises)) {
        cases.push([`${name}, noise ${snrDb} dB`, with_(withNoisyMinutes(leads[spoilt], noise, snrDb))]);
      }
    }
  }
  for (const [spoilt, heard] of cases) {
    for (const [name, rules] of GRID) {
      const told = choose(heard, rateHz, { ...SWITCH_RULES, ...rules });
      count(`${name}|${spoilt}`, beats, rateHz, millivolts.length / rateHz, told);
    }
  }
}

const percent = (share: number): string => (100 * share).toFixed(2);
const spoiltBy = [...new Set([...sums.keys()].map((key) => key.split("|")[1]))];
for (const spoilt of spoiltBy) {
  const rows = GRID.map(([name]) => {
    const { beats, found, told, switches, hours } = sums.get(`${name}|${spoilt}`) as Sum;
    return [name, percent(found / beats), percent(found / told), (switches / hours).toFixed(1)];
  });
  console.log(`spoilt: ${spoilt}\n${alignRight([["rules", "QRS Se %", "+P %", "switches/h"], ...rows])}\n`);
}
