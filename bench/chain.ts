import { bedSignals, framesOf, whole } from "./chain/beds.ts";
import { parts } from "./chain/parts.ts";
import { conclude } from "./harness/conclude.ts";
import { inTurns, median, spread } from "./harness/measure.ts";

/**
 * Beds whose signal chain one core keeps up with, bed-seconds of signal in a second of processor time, on the synthetic
 * beds: by input rate with whole recordings pushed, by number of beds with frames of 200 ms; and what its parts cost:
 * `npm run bench -- chain`.
 */
const RATES_HZ = [125, 250, 360, 500, 1000];
const FRAMES_AT_HZ = 360;
const BEDS = [1, 100, 1000, 2000];
const RUNS = 7;

/** Fractions: processor time is measured in µs, and a part's run is short. */
const fine = (value: number): string => value.toFixed(2);

const byRate: Record<string, number> = {};
for (const rateHz of RATES_HZ) {
  const signals = bedSignals(rateHz);
  const { figures } = await inTurns(RUNS, { figures: () => whole(signals, rateHz) });
  byRate[rateHz] = Math.round(median(figures));
  console.log(`${rateHz} Hz, in one piece: ${spread(figures)} beds a core`);
}

const signals = bedSignals(FRAMES_AT_HZ);
const byBeds = await inTurns(
  RUNS,
  Object.fromEntries(BEDS.map((beds) => [beds, framesOf(signals, FRAMES_AT_HZ, beds)])),
);
for (const beds of BEDS) console.log(`360 Hz, frames of 200 ms, ${beds} beds: ${spread(byBeds[beds])} beds a core`);

const costs = await inTurns(3 * RUNS, parts(signals[0]));
for (const [part, figures] of Object.entries(costs)) {
  console.log(`${part}: ${spread(figures, fine)} µs${part === "a beat" ? "" : " a second of signal"}`);
}

conclude("chain", {
  bedsPerCore: Math.round(median(byBeds[1000])),
  byRate,
  byBeds: Object.fromEntries(BEDS.map((beds) => [beds, Math.round(median(byBeds[beds]))])),
});
