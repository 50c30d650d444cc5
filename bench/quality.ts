import { isBeatSymbol } from "../data/aami.ts";
import { readLeadRecording } from "../data/lead-recording.ts";
import { DS1, DS2, PACED } from "../data/splits/mitdb.ts";
import { readConfig } from "../server/config.ts";
import { areaUnderCurve, judge, meansOf } from "./quality/judge.ts";
import { unseenNoise, withNoise } from "./quality/recordings.ts";

/**
 * How well signal quality tells MIT-BIH records from the same with NSTDB noise (area under the curve), and what it says
 * of clean beats by their annotated symbol: `npm run bench -- quality`. The noise is the half that no weight was
 * fitted on; the weights were fitted on DS1's records.
 */
const NOISES = [
  ["em", 0],
  ["em", 6],
  ["em", 12],
  ["ma", 0],
  ["bw", 0],
] as const;
const SETS = { DS1, DS2, all: [...DS1, ...DS2, ...PACED] };
const NEAR_SECONDS = 0.15;
const SYMBOLS = ["N", "L", "R", "A", "V", "F", "/"];
const LIMITS = [0.1, 0.2, 0.3, 0.5];

const dir = readConfig().PHYSIONET_DIR;
const noiseOf = {
  em: await unseenNoise(dir, "em"),
  ma: await unseenNoise(dir, "ma"),
  bw: await unseenNoise(dir, "bw"),
};
const clean = new Map<string, number[]>();
const noisy = new Map<string, number[]>();
const beatsBySymbol = new Map<string, number[]>();

for (const name of SETS.all) {
  const recording = await readLeadRecording(dir, name);
  const { seconds, beats } = judge(recording);
  clean.set(
    name,
    seconds.map(({ signalQuality }) => signalQuality),
  );
  let next = 0;
  for (const { sample, symbol } of recording.annotations.filter((one) => isBeatSymbol(one.symbol))) {
    while (next < beats.length && beats[next].sample < sample - NEAR_SECONDS * recording.samplingRateHz) next++;
    if (next < beats.length && beats[next].sample <= sample + NEAR_SECONDS * recording.samplingRateHz) {
      const values = beatsBySymbol.get(symbol) ?? [];
      values.push(beats[next].signalQuality);
      beatsBySymbol.set(symbol, values);
    }
  }
  for (const [kind, snrDb] of NOISES) {
    const judged = judge(withNoise(recording, noiseOf[kind], snrDb));
    noisy.set(
      `${kind} ${snrDb} ${name}`,
      judged.seconds.map(({ signalQuality }) => signalQuality),
    );
  }
}

console.log(
  "| noise, dB | records | AUC, 1 s | AUC, 5 s | seconds below 0.3: clean | noisy |\n| --- | --- | --- | --- | --- | --- |",
);
for (const [kind, snrDb] of NOISES) {
  for (const [set, names] of Object.entries(SETS)) {
    const low = names.map((name) => noisy.get(`${kind} ${snrDb} ${name}`) ?? []);
    const high = names.map((name) => clean.get(name) ?? []);
    const second = areaUnderCurve(low.flat(), high.flat());
    const five = areaUnderCurve(
      low.flatMap((values) => meansOf(values, 5)),
      high.flatMap((values) => meansOf(values, 5)),
    );
    const cells = [second.toFixed(4), five.toFixed(4), share(high.flat(), 0.3), share(low.flat(), 0.3)];
    console.log(`| ${kind} ${snrDb} | ${set} | ${cells.join(" | ")} |`);
  }
}
console.log(`\nClean beats below a quality of ${LIMITS.join(", ")}`);
for (const symbol of SYMBOLS) {
  const values = beatsBySymbol.get(symbol) ?? [];
  console.log(`${symbol} (${values.length}): ${LIMITS.map((limit) => share(values, limit)).join(", ")}`);
}
const worst = [...clean].map(([name, values]) => [name, share(values, 0.3)] as const);
console.log(
  `\nClean records with most seconds below 0.3: ${worst
    .filter(([, text]) => Number.parseFloat(text) > 3)
    .map((pair) => pair.join(" "))
    .join(", ")}`,
);

function share(values: readonly number[], limit: number): string {
  return `${((100 * values.filter((value) => value < limit).length) / values.length).toFixed(1)} %`;
}
