import { SYNTHETIC_BEDS } from "../data/synthetic/beds.ts";
import { syntheticRecord } from "../data/synthetic/record.ts";
import { leadToMillivolts } from "../contracts/frame.ts";
import { createSignalChain } from "../signal/chain.ts";

/**
 * Input samples that the signal chain takes in a second of processor time on one core, on the synthetic beds:
 * `npm run bench -- chain`.
 */
const RATES_HZ = [125, 250, 360, 500, 1000];
const RUNS = 5;

for (const samplingRateHz of RATES_HZ) {
  const signals = SYNTHETIC_BEDS.map(({ script, seed }) => {
    const [lead] = syntheticRecord(script, { samplingRateHz, seed }).leads;
    const millivolts = new Float32Array(lead.samples.length);
    leadToMillivolts(lead, millivolts);
    return millivolts;
  });
  const samples = signals.reduce((sum, { length }) => sum + length, 0);
  const rates: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const before = process.cpuUsage();
    for (const signal of signals)
      createSignalChain({ inputRateHz: samplingRateHz }).push(signal, signal.length, () => {});
    const { user, system } = process.cpuUsage(before);
    rates.push(samples / ((user + system) / 1e6));
  }
  rates.sort((a, b) => a - b);
  const median = rates[(RUNS - 1) / 2];
  const beds = Math.round(median / samplingRateHz);
  console.log(`${samplingRateHz} Hz: ${(median / 1e6).toFixed(2)} M samples/s, ${beds} beds in real time`);
}
