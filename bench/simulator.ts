import type { Bus } from "../bus/bus.ts";
import { SYNTHETIC_BEDS } from "../data/synthetic/beds.ts";
import { syntheticRecord } from "../data/synthetic/record.ts";
import { runSimulator } from "../simulator/simulator.ts";
import { conclude } from "./harness/conclude.ts";
import { cpuSeconds, inTurns, median, spread } from "./harness/measure.ts";

/**
 * Beds that a core simulates, to encoded frames of 200 ms of two leads at 360 Hz: bed-seconds of signal in a second of
 * processor time, on a bus that takes everything at once: `npm run bench -- simulator`.
 */
const SAMPLING_RATE_HZ = 360;
const RUNS = 7;
const CASES = [1, 8, 64, 512, 2000];
/** Of signal, in each run. */
const BED_SECONDS = 20_000;

const sources = SYNTHETIC_BEDS.map(({ name, script, seed }) => {
  const record = syntheticRecord(script, { samplingRateHz: SAMPLING_RATE_HZ, seed });
  const [lead] = record.leads;
  return { ...record, leads: [lead, { ...lead, name: "V1" }], name };
});

async function run(count: number): Promise<number> {
  let sent = 0;
  let stop = (): void => {};
  const bus: Pick<Bus, "publish"> = {
    publish: async (messages) => {
      sent += messages.filter(({ topic }) => topic === "ecg.frames.v1").length;
      if (sent >= BED_SECONDS * 5) stop();
    },
  };
  const beds = Array.from({ length: count }, (_, i) => ({ bed: `b${i + 1}`, source: sources[i % sources.length] }));
  const seconds = await cpuSeconds(async () => {
    const speed = Number.POSITIVE_INFINITY;
    const simulator = runSimulator({ bus, beds, speed, loop: "epoch after epoch", frameMs: 200, seed: 1, epoch: "e" });
    stop = () => void simulator.stop();
    await simulator.done;
  });
  return sent / 5 / seconds;
}

const results = await inTurns(RUNS, Object.fromEntries(CASES.map((beds) => [beds, () => run(beds)])));
for (const beds of CASES) console.log(`${beds} beds: ${spread(results[beds])} beds a core`);
conclude("simulator", {
  bedsPerCore: Math.round(median(results[512])),
  byBeds: Object.fromEntries(CASES.map((beds) => [beds, Math.round(median(results[beds]))])),
});
