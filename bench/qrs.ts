import { DS1, DS2, PACED } from "../data/splits/mitdb.ts";
import { sumConfusions } from "../scoring/score.ts";
import { readConfig } from "../server/config.ts";
import { qrsLine, type QrsScore, scoreRecord } from "./qrs/score-record.ts";

/** QRS detection of the live chain on all 48 MIT-BIH records, first lead: `npm run bench -- qrs`. */
const { PHYSIONET_DIR } = readConfig();
const scores: QrsScore[] = [];
console.log("record    beats missed  false     Se     +P");
for (const record of [...DS1, ...DS2, ...PACED].toSorted()) {
  const score = await scoreRecord(PHYSIONET_DIR, record);
  scores.push(score);
  console.log(qrsLine(record, score.confusion));
}
const sets: [string, readonly string[]][] = [
  ["all 48", scores.map(({ record }) => record)],
  ["DS1", DS1],
  ["DS2", DS2],
];
for (const [name, records] of sets) {
  const chosen = scores.filter(({ record }) => records.includes(record));
  console.log(qrsLine(name, sumConfusions(chosen.map(({ confusion }) => confusion))));
}
const delays = scores.flatMap((score) => score.delays).sort((a, b) => a - b);
const late = scores.reduce((sum, { foundLate }) => sum + foundLate, 0);
const at = (share: number): string => `${(1000 * delays[Math.floor(share * (delays.length - 1))]).toFixed(0)} ms`;
console.log(`decided after R: p50 ${at(0.5)}, p99 ${at(0.99)}, at most ${at(1)}; ${late} beats later, by search-back`);
const seconds = scores.reduce((sum, score) => sum + score.seconds, 0);
console.log(`${Math.round((scores.length * 30 * 60) / seconds)} seconds of signal in a second`);
