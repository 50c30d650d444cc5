import { CONDITION_KINDS } from "../contracts/condition.ts";
import { syntheticRecord } from "../data/synthetic/record.ts";
import type { Script } from "../data/synthetic/script.ts";
import { createRandom } from "../kit/random.ts";
import { loadClassifier } from "../model/load.ts";
import { readConfig } from "../server/config.ts";
import { runRecord } from "../server/pipeline/run-record.ts";
import { conclude } from "./harness/conclude.ts";
import { median } from "./harness/measure.ts";

/**
 * What the whole pipeline says of synthetic patients whose truth is known: of a day of clean sinus rhythm every condition, each of which is
 * false; of asystoles how many are told, and how long after the last R peak: `npm run bench -- generator`. Two leads, 250 Hz.
 */
const PATIENTS = 24;
const SINUS_SECONDS = 3600;
const ASYSTOLES = 10;
const RATE_HZ = 250;
const SOON_SECONDS = 5;

const { MODEL, ENGINE } = readConfig();
const classifier = await loadClassifier(MODEL, ENGINE);

interface Heard {
  readonly kind: string;
  readonly fromS: number;
  readonly toldS: number;
}

async function hear(script: Script, seed: number, noiseMv: number) {
  const record = syntheticRecord(script, { samplingRateHz: RATE_HZ, seed, noiseMv });
  const said = await runRecord(record, classifier);
  const heard = said.flatMap(({ topic, data }): Heard[] =>
    topic === "conditions" && data.phase === "begin"
      ? [{ kind: data.kind, fromS: data.beginSample / RATE_HZ, toldS: data.sample / RATE_HZ }]
      : [],
  );
  const peaks = record.annotations.filter(({ symbol }) => symbol === "N").map(({ sample }) => sample / RATE_HZ);
  const onsets = record.annotations.filter(({ aux }) => aux === "(ASYS").map(({ sample }) => sample / RATE_HZ);
  return { heard, peaks, onsets };
}

const falseOnes: Record<string, number> = {};
const delays: number[] = [];
let asystoles = 0;
let falseAsystoles = 0;
for (let patient = 0; patient < PATIENTS; patient++) {
  const random = createRandom(patient, "bench-generator");
  const bpm = 55 + (50 * patient) / PATIENTS;
  const noiseMv = 0.01 + 0.04 * random.uniform();
  const sinus = await hear([{ rhythm: "sinus", seconds: SINUS_SECONDS, bpm }], patient, noiseMv);
  for (const { kind } of sinus.heard) falseOnes[kind] = (falseOnes[kind] ?? 0) + 1;
  const pauses = Array.from({ length: ASYSTOLES }, (): Script => [
    { rhythm: "sinus", seconds: 20 + 20 * random.uniform(), bpm },
    { rhythm: "asystole", seconds: 6 + 14 * random.uniform() },
  ]);
  const stopped = await hear([...pauses.flat(), { rhythm: "sinus", seconds: 20, bpm }], 100 + patient, noiseMv);
  const told = stopped.heard.filter(({ kind }) => kind === "asystole");
  asystoles += stopped.onsets.length;
  const right = stopped.onsets.flatMap((onset) => {
    const last = stopped.peaks.findLast((peak) => peak <= onset + 0.5) ?? 0;
    const next = stopped.peaks.find((peak) => peak > onset + 0.5) ?? Infinity;
    const found = told.find(({ fromS, toldS }) => fromS > last - 0.5 && toldS < next);
    return found ? [found.toldS - last] : [];
  });
  falseAsystoles += told.length - right.length;
  delays.push(...right);
  console.log(
    `patient ${patient + 1} of ${PATIENTS}, ${bpm.toFixed(0)}/min: ${sinus.heard.length} false in an hour of sinus rhythm, ${right.length} of ${stopped.onsets.length} asystoles`,
  );
}

const listed = Object.keys(CONDITION_KINDS).flatMap((kind) => (falseOnes[kind] ? `${kind} ${falseOnes[kind]}` : []));
console.log(`${(PATIENTS * SINUS_SECONDS) / 3600} h of sinus rhythm: ${listed.join(", ") || "no condition at all"}`);
console.log(
  `asystoles: ${delays.length} of ${asystoles} told, ${delays.filter((delay) => delay <= SOON_SECONDS).length} within ${SOON_SECONDS} s of the last R peak, median ${median(delays).toFixed(2)} s, at most ${Math.max(...delays).toFixed(2)} s; ${falseAsystoles} more than once or false`,
);
conclude("generator", { falseOnes, asystoles, told: delays.length, falseAsystoles, mostSeconds: Math.max(...delays) });
