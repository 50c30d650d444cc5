import { leadToMillivolts } from "../../contracts/frame.ts";
import { SYNTHETIC_BEDS } from "../../data/synthetic/beds.ts";
import { syntheticRecord } from "../../data/synthetic/record.ts";
import { createSignalChain } from "../../signal/chain.ts";
import { cpuSeconds } from "../harness/measure.ts";

const ignore = (): void => {};
const DAY_SECONDS = 86_400;

/** The first lead of every synthetic bed, mV: what the measurements play. */
export function bedSignals(samplingRateHz: number): Float32Array[] {
  return SYNTHETIC_BEDS.map(({ script, seed }) => {
    const [lead] = syntheticRecord(script, { samplingRateHz, seed }).leads;
    const millivolts = new Float32Array(lead.samples.length);
    leadToMillivolts(lead, millivolts);
    return millivolts;
  });
}

/** Bed-seconds in a second of processor time, each bed's signal pushed in one piece. */
export async function whole(signals: readonly Float32Array[], rateHz: number): Promise<number> {
  const samples = signals.reduce((sum, { length }) => sum + length, 0);
  const seconds = await cpuSeconds(() => {
    for (const signal of signals) createSignalChain({ inputRateHz: rateHz }).push(signal, signal.length, ignore);
  });
  return samples / rateHz / seconds;
}

/**
 * The same, by frames of 200 ms that go round `count` beds, as a worker has them: between two frames of a bed, the others'
 * states have been through the processor's cache. The beds' epochs began at any time of the last day.
 */
export function framesOf(signals: readonly Float32Array[], rateHz: number, count: number): () => Promise<number> {
  const frame = Math.round(rateHz / 5);
  const chains = Array.from({ length: count }, (_, bed) => {
    const chain = createSignalChain({ inputRateHz: rateHz });
    chain.skip(Math.round(((bed * 0.618) % 1) * DAY_SECONDS * rateHz), ignore);
    return chain;
  });
  const rounds = Math.max(50, Math.ceil(20_000 / count));
  const samples = new Float32Array(frame);
  let at = 0;
  return async () => {
    const seconds = await cpuSeconds(() => {
      for (let round = 0; round < rounds; round++, at += frame) {
        for (let bed = 0; bed < count; bed++) {
          const signal = signals[bed % signals.length];
          const from = (at + bed * 997) % (signal.length - frame);
          for (let i = 0; i < frame; i++) samples[i] = signal[from + i];
          chains[bed].push(samples, frame, ignore);
        }
      }
    });
    return (rounds * count) / 5 / seconds;
  };
}
