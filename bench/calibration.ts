import { readLeadRecordings } from "../data/lead-recording.ts";
import { DS1 } from "../data/splits/mitdb.ts";
import { readConfig } from "../server/config.ts";
import { createSignalChain } from "../signal/chain.ts";

/**
 * How often a lead's calibration is called suspect in DS1's records as they are, and how soon where its gain or polarity changes at 10:00:
 * `npm run bench -- calibration`. Both leads of each record, each for itself; changed ones until 15:00.
 */
const FACTORS = [2.5, 0.35, -1];
const AT_SECONDS = 600;
const UNTIL_SECONDS = 900;
const SOON_SECONDS = 20;

/** When a calibration became suspect, s. */
function begins(millivolts: Float32Array, rateHz: number): number[] {
  const found: number[] = [];
  let was = false;
  const chain = createSignalChain({ inputRateHz: rateHz });
  chain.push(millivolts, millivolts.length, (event) => {
    if (event.type !== "quality") return;
    if (event.isSuspect && !was) found.push(event.decidedAt / rateHz);
    was = event.isSuspect;
  });
  return found;
}

let hours = 0;
let leads = 0;
const unchanged: string[] = [];
const delays = new Map<number, number[]>(FACTORS.map((factor) => [factor, []]));
const { PHYSIONET_DIR } = readConfig();
for (const record of DS1) {
  for (const { lead, millivolts, samplingRateHz } of await readLeadRecordings(PHYSIONET_DIR, `mitdb/${record}`)) {
    leads++;
    hours += millivolts.length / samplingRateHz / 3600;
    for (const at of begins(millivolts, samplingRateHz)) unchanged.push(`${record} ${lead} at ${at.toFixed(0)} s`);
    for (const [factor, found] of delays) {
      const changed = millivolts.slice(0, UNTIL_SECONDS * samplingRateHz);
      for (let i = AT_SECONDS * samplingRateHz; i < changed.length; i++) changed[i] *= factor;
      const first = begins(changed, samplingRateHz).find((at) => at > AT_SECONDS);
      if (first !== undefined) found.push(first - AT_SECONDS);
    }
  }
}

console.log(`as it is: ${unchanged.length} in ${hours.toFixed(1)} h of ${leads} leads ${unchanged.join(", ")}`);
for (const [factor, found] of delays) {
  const sorted = found.toSorted((a, b) => a - b);
  const soon = found.filter((seconds) => seconds <= SOON_SECONDS).length;
  const median = sorted[sorted.length >> 1]?.toFixed(1);
  console.log(
    `times ${factor}: found in ${found.length} of ${leads}, ${soon} of them within ${SOON_SECONDS} s, median ${median} s`,
  );
}
