import { syntheticRecord } from "../data/synthetic/record.ts";
import { beatIntervals } from "../signal/median-beat/intervals.ts";
import { medianBeat } from "../signal/median-beat/median-beat.ts";
import { knownIntervals } from "../testing/signal/known-intervals.ts";

/** How far QRS, QT and ST of a median beat are from the generator's, which are known: `npm run bench -- median-beat`. A minute each, both leads' limb one. */
const RATES = [125, 250, 360];
const NOISES = [0.012, 0.03, 0.06];
const SEEDS = [1, 2, 3, 4];

console.log(
  "| /min | QRS, ms: known, largest error | QT, ms: known, largest error | ST, mV: known, largest error | not measured |",
);
console.log("| --- | --- | --- | --- | --- |");
for (const bpm of [40, 45, 60, 75, 90, 110, 125]) {
  const known = knownIntervals(bpm);
  const worst = { qrs: 0, qt: 0, st: 0, none: 0, all: 0 };
  for (const samplingRateHz of RATES) {
    for (const noiseMv of NOISES) {
      for (const seed of SEEDS) {
        const script = [{ rhythm: "sinus", seconds: 60, bpm }] as const;
        const { leads, annotations } = syntheticRecord(script, { samplingRateHz, seed, noiseMv });
        const [{ samples, baselineAdu, gainAduPerMv }] = leads;
        const peaks = annotations.filter(({ symbol }) => symbol === "N").map(({ sample }) => sample);
        const beat = medianBeat((at) => (samples[at] - baselineAdu) / gainAduPerMv, samplingRateHz, peaks.slice(1, -1));
        const intervals = beat && beatIntervals(beat, 60_000 / bpm);
        worst.all++;
        if (!intervals || intervals.qtMs === null) {
          worst.none++;
          continue;
        }
        worst.qrs = Math.max(worst.qrs, Math.abs(intervals.qrsMs - known.qrsMs));
        worst.qt = Math.max(worst.qt, Math.abs(intervals.qtMs - known.qtMs));
        worst.st = Math.max(worst.st, Math.abs(intervals.stMv - known.stMv));
      }
    }
  }
  const cells = [
    bpm,
    `${known.qrsMs.toFixed(0)}, ${worst.qrs.toFixed(0)}`,
    `${known.qtMs.toFixed(0)}, ${worst.qt.toFixed(0)}`,
    `${known.stMv.toFixed(3)}, ${worst.st.toFixed(3)}`,
    `${worst.none} of ${worst.all}`,
  ];
  console.log(`| ${cells.join(" | ")} |`);
}
