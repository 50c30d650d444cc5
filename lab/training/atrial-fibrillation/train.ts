import { writeWhole } from "../../../kit/atomic-write.ts";
import { percentFigure, ratio } from "../../../kit/figures.ts";
import { readConfig } from "../../../server/config.ts";
import {
  LOG_ODDS,
  type LogOddsLimits,
  verdictOn,
} from "../../../signal/rhythm/conditions/atrial/atrial-fibrillation-odds.ts";
import type { AtrialFibrillationWeights } from "../../../signal/rhythm/conditions/atrial/atrial-fibrillation-weights.ts";
import { fitAtrialFibrillation } from "./fit.ts";
import { type AtrialPatient, atrialPatients, SOURCES } from "./patients.ts";

const FOLDS = 5;
/** Limits whose figures are told. */
const CANDIDATES: readonly LogOddsLimits[] = [
  { begins: 0, ends: -1 },
  { begins: 0.75, ends: -0.5 },
  { begins: 1, ends: -0.5 },
  LOG_ODDS,
  { begins: 1.5, ends: -0.5 },
  { begins: 2, ends: 1 },
];

/** Fits the weights of atrial fibrillation, prints what they say of held-out patients at some limits, and writes them into `out`. */
export async function trainAtrialFibrillationWeights({ out }: { out: string }): Promise<void> {
  const { PHYSIONET_DIR: dir } = readConfig();
  const all: AtrialPatient[] = [];
  for await (const one of atrialPatients(dir)) {
    all.push(one);
    console.error(`${one.patient}: ${one.beats.length} beats`);
  }
  // Patient-wise folds within each source: those with fibrillation are few.
  const foldOf = new Map(
    SOURCES.flatMap((source) => all.filter((one) => one.source === source).map((one, i) => [one, i % FOLDS] as const)),
  );
  const heldOut = Array.from({ length: FOLDS }, (_, fold) => {
    const weights = fitAtrialFibrillation(all.filter((one) => foldOf.get(one) !== fold));
    return all.filter((one) => foldOf.get(one) === fold).map((patient) => ({ patient, weights }));
  }).flat();
  console.log("source | log odds: begins | ends | Se % | Sp % | fibrillation, s | false, s");
  for (const source of SOURCES) {
    const own = heldOut.filter(({ patient }) => patient.source === source);
    for (const limits of CANDIDATES)
      console.log(`${source} | ${limits.begins} | ${limits.ends} | ${figures(own, limits)}`);
  }
  await writeWhole(out, moduleOf(fitAtrialFibrillation(all)));
  console.log(`written: ${out}`);
}

interface HeldOut {
  readonly patient: AtrialPatient;
  /** They know nothing of the patient. */
  readonly weights: AtrialFibrillationWeights;
}

/** By the intervals' time; beats that are judged together over a change of rhythm are not scored. */
function figures(heldOut: readonly HeldOut[], limits: LogOddsLimits): string {
  const seconds = { right: 0, missed: 0, false: 0, without: 0 };
  for (const { patient, weights } of heldOut) {
    let isOpen = false;
    for (const { features, isFirst, isFibrillating, seconds: own } of patient.beats) {
      const verdict = verdictOn(features, weights, limits);
      isOpen = verdict === null ? isOpen && !isFirst : verdict === "begins";
      if (isFibrillating === null) continue;
      seconds[isFibrillating ? (isOpen ? "right" : "missed") : isOpen ? "false" : "without"] += own;
    }
  }
  const reference = seconds.right + seconds.missed;
  return [
    percentFigure(ratio(seconds.right, reference), 1),
    percentFigure(ratio(seconds.without, seconds.without + seconds.false), 2),
    reference.toFixed(0),
    seconds.false.toFixed(0),
  ].join(" | ");
}

const moduleOf = (
  weights: AtrialFibrillationWeights,
): string => `/** A logistic regression over AtrialFeatures; \`pWave\`: of likeness beyond NEUTRAL_P_WAVE, where it is known. */
export interface AtrialFibrillationWeights {
  readonly entropy: number;
  readonly irregularShare: number;
  readonly lnMeanRr: number;
  readonly offset: number;
  readonly pWave: number;
}

/** Written by \`npm run train -- --model atrial-fibrillation\`. */
export const ATRIAL_FIBRILLATION_WEIGHTS: AtrialFibrillationWeights = {
${Object.entries(weights)
  .map(([name, weight]) => `  ${name}: ${weight},\n`)
  .join("")}};
`;
