import type { Evaluation, ModelReport } from "../../contracts/report.ts";
import { decimals, grouped, percent } from "../../kit/figures.ts";

/** The classes' words, after ANSI/AAMI EC57. */
export const CLASS_WORDS: Readonly<Record<string, string>> = {
  N: "Normal",
  S: "Supraventricular",
  V: "Ventricular",
  F: "Fusion",
  Q: "Not judged",
};

/** A class's word for a model: the live chain calls what it can't judge Q, the row model paced and unclear beats. */
export const wordOf = (beatClass: string, model: string): string =>
  beatClass === "Q" && model === "rows" ? "Paced or unclear" : (CLASS_WORDS[beatClass] ?? beatClass);

/** How far a class may be relied on, by the lower end of its F1 (its F1 where there is no interval). */
export const TRUST = [
  { level: "good", from: 0.9, word: "holds up" },
  { level: "fair", from: 0.6, word: "look twice" },
  { level: "poor", from: 0, word: "do not rely on it" },
] as const;
export type TrustLevel = (typeof TRUST)[number]["level"] | "none";

export interface Verdict {
  readonly beatClass: string;
  readonly level: TrustLevel;
  readonly word: string;
  readonly se: number | null;
  readonly ppv: number | null;
  readonly f1: number | null;
  readonly interval: readonly [number, number] | null;
  readonly support: number;
}

/** What each class of an evaluation may be relied on for. */
export function verdictsOf({ figures, intervals }: Evaluation): Verdict[] {
  return Object.entries(figures.classes).map(([beatClass, { se, ppv, f1, support }]) => {
    const interval = intervals?.classes[beatClass]?.f1 ?? null;
    const least = interval?.[0] ?? f1;
    const found = least === null || support === 0 ? null : TRUST.find(({ from }) => least >= from);
    const { level, word } = found ?? { level: "none" as const, word: "not measured" };
    return { beatClass, level, word, se, ppv, f1, interval, support };
  });
}

export const TRUST_RULE = `“${TRUST[0].word}”: F1 of ${TRUST[0].from} or more at the lower end of its interval; “${TRUST[1].word}”: ${TRUST[1].from} or more.`;

/** The same rule where an evaluation has no intervals. */
export const NO_INTERVALS = `“${TRUST[0].word}”: F1 of ${TRUST[0].from} or more; “${TRUST[1].word}”: ${TRUST[1].from} or more. How far other patients may differ was not measured here.`;

/** The evaluation that a model is judged by: patients it has never seen, before all others. */
export const leadingEvaluation = ({ evaluations }: ModelReport): Evaluation | null =>
  evaluations.find(({ isHoldOut }) => isHoldOut) ?? evaluations.at(0) ?? null;

/** "0.94". */
export const two = (value: number | null | undefined): string => decimals(value, 2);

/** "0.91–0.96", or nothing. */
export const range = (interval: readonly [number, number] | null | undefined, write = two): string =>
  interval ? `${write(interval[0])} to ${write(interval[1])}` : "";

/** How good a model is, in a sentence. */
export function headline(model: ModelReport): string {
  const evaluation = leadingEvaluation(model);
  if (!evaluation) return "Nothing has been measured of this model.";
  const { figures, records, isHoldOut, hash } = evaluation;
  const of = records.length > 0 ? `${records.length} records; ` : "";
  const where = isHoldOut
    ? `On patients it has never seen (${of}${evaluation.name})`
    : `${evaluation.name} (${of}not its hold-out)`;
  const beats = Object.values(figures.classes).reduce((sum, { support }) => sum + support, 0);
  const right =
    figures.accuracy === null
      ? `a mean F1 of ${two(figures.macroF1)} over N, S and V`
      : `${percent(figures.accuracy)} of ${grouped(beats)} beats right`;
  const stale = hash !== null && hash !== model.hash ? " These figures are of other weights than those in use." : "";
  return `${where}: ${right}.${stale}`;
}

/** What must not be trusted, most pressing first. */
export function warnings(model: ModelReport): string[] {
  const evaluation = leadingEvaluation(model);
  const weak = evaluation ? verdictsOf(evaluation).filter(({ level }) => level === "poor") : [];
  const { calibration, coverage } = evaluation ?? {};
  return [
    ...(evaluation && !evaluation.isHoldOut
      ? ["It has not been scored on patients it never saw, or that is not in this report."]
      : []),
    ...weak.map(
      ({ beatClass, se, ppv }) =>
        `${beatClass} (${(CLASS_WORDS[beatClass] ?? beatClass).toLowerCase()}): of 100 such beats it finds ${whole(se)}, and of 100 beats it calls ${beatClass}, ${whole(ppv)} are.`,
    ),
    ...(evaluation ? onePatient(evaluation) : []),
    ...(calibration?.ece != null && calibration.ece > 0.04
      ? [`Its probabilities are off by ${percent(calibration.ece)} on average.`]
      : []),
    ...(coverage != null && coverage < 0.95
      ? [
          `Signal quality keeps it from judging ${percent(1 - coverage)} of the beats (Q); the figures count those as errors.`,
        ]
      : []),
  ];
}

/** Where the figures of S rest on the one record that has most of its beats. */
function onePatient({ figures, without232 }: Evaluation): string[] {
  const all = figures.classes["S"]?.f1 ?? null;
  const others = without232?.classes["S"]?.f1 ?? null;
  if (all === null || others === null || Math.abs(all - others) < 0.1) return [];
  return [
    `S rests on one patient: its F1 is ${two(all)} with record 232, which has most such beats, and ${two(others)} without.`,
  ];
}

const whole = (value: number | null): string => (value === null ? "none" : String(Math.round(100 * value)));
