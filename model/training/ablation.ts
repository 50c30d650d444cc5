import { FEATURE_NAMES, type FeatureName } from "../../signal/beat/features.ts";
import { type AblationRow, type AblationTable, FLOOR_RECIPE } from "../../contracts/ablation.ts";
import type { Tensorflow } from "../tensorflow/load.ts";
import { FLOOR_FEATURES, floorFigures } from "./floor.ts";
import { crossValidate, type FoldsOptions, type PooledFigures } from "./folds.ts";
import type { FitLive } from "./fit.ts";
import type { PreparedRecord } from "./records/prepare.ts";
import { EQUAL_WEIGHTS, LIVE_RECIPE, type Recipe, WITHOUT_COPIES } from "./settings.ts";

/** P wave, and whether fibrillation is about. */
const RHYTHM_EVIDENCE: readonly FeatureName[] = [
  "unpredictability",
  "rrToLong",
  "templateP",
  "pHeight",
  "previousPLikeness",
];

const PLAIN: Recipe = {
  ...LIVE_RECIPE,
  features: [],
  context: false,
  ...WITHOUT_COPIES,
  classWeights: EQUAL_WEIGHTS,
};

const WITHOUT_RHYTHMS: Pick<Recipe, "copies" | "otherLeads"> = {
  copies: { ...LIVE_RECIPE.copies, rhythmCopies: 0 },
  otherLeads: LIVE_RECIPE.otherLeads && { ...LIVE_RECIPE.otherLeads, rhythmCopies: 0 },
};

/** The plain recipe, and the live one without each of its parts; what tells most comes first. */
export const RECIPES: readonly Recipe[] = [
  { ...PLAIN, name: "plain", what: "CNN on the 187 samples of each beat alone, cross-entropy", embeddingDropout: 0 },
  {
    ...PLAIN,
    name: "features, LSTM",
    what: "features into an LSTM over the bed's beats, no CNN",
    features: FEATURE_NAMES,
    cnn: false,
    context: true,
  },
  { ...LIVE_RECIPE, name: "live, no CNN", what: "features alone, all copies", cnn: false },
  { ...LIVE_RECIPE, name: "live, no other rhythms", what: "noisy copies alone", ...WITHOUT_RHYTHMS },
  {
    ...LIVE_RECIPE,
    name: "live, no rhythm evidence",
    what: `without ${RHYTHM_EVIDENCE.join(", ")}`,
    features: FEATURE_NAMES.filter((name) => !RHYTHM_EVIDENCE.includes(name)),
  },
  {
    ...LIVE_RECIPE,
    name: "live, S × 6",
    what: "six times the weight on S",
    classWeights: { N: 1, S: 6, V: 1.5, F: 1.5 },
  },
  {
    ...LIVE_RECIPE,
    name: "live, no embedding dropout",
    what: "the LSTM sees every value of the CNN",
    embeddingDropout: 0,
  },
  { ...LIVE_RECIPE, name: "live, clean records only", what: "no copies", ...WITHOUT_COPIES },
  { ...LIVE_RECIPE, name: "live, one lead", what: "the monitored lead of each record alone", otherLeads: null },
  {
    ...PLAIN,
    name: "plain, LSTM",
    what: "the same with an LSTM over the bed's beats",
    context: true,
    embeddingDropout: 0,
  },
  {
    ...PLAIN,
    name: "features",
    what: "features of the beat alone, no CNN, no memory",
    features: FEATURE_NAMES,
    cnn: false,
  },
];

export interface AblationOptions {
  readonly tf: Tensorflow;
  readonly fit: FitLive;
  readonly command: string;
  readonly epochs: number;
  readonly folds: number;
  readonly seed: number;
  readonly onStep?: FoldsOptions["onStep"];
  /** Hears of the table so far as each row is done; `delta` is against the live recipe, which comes first. */
  readonly onRow?: (ablation: AblationTable) => void | Promise<void>;
}

/** Each recipe in the same record-wise folds, one network each, beside the floor. */
export async function ablate(options: AblationOptions, prepared: readonly PreparedRecord[]): Promise<AblationTable> {
  const { command, epochs, folds, seed } = options;
  const rows: AblationRow[] = [];
  let base: number | null = null;
  const add = async (
    recipe: string,
    what: string,
    { pooled, databases, meanF1 }: PooledFigures,
    otherRhythms: PooledFigures | null,
  ): Promise<void> => {
    base ??= meanF1;
    const delta = meanF1 - base;
    rows.push({ recipe, what, folds: pooled, databases, otherRhythms: otherRhythms && otherRhythms.pooled, delta });
    await options.onRow?.({ command, epochs, seed, foldCount: folds, rows });
  };
  for (const [index, recipe] of [LIVE_RECIPE, ...RECIPES].entries()) {
    const onStep: FoldsOptions["onStep"] = (what, ...step) => options.onStep?.(`${recipe.name}: ${what}`, ...step);
    const result = await crossValidate({ ...options, recipe, folds, seeds: [seed], onStep }, prepared);
    await add(recipe.name, recipe.what, result.figures, result.otherRhythms);
    if (index > 0) continue;
    await add(
      FLOOR_RECIPE,
      `logistic regression of ${FLOOR_FEATURES.join(", ")}`,
      await floorFigures(options.tf, prepared, folds),
      null,
    );
  }
  return { command, epochs, seed, foldCount: folds, rows };
}

/** The ablation as text, a recipe a line; fractions, folds pooled. */
export function ablationTable({ rows }: AblationTable): string {
  const f1 = (value: number | null): string => (value ?? 0).toFixed(3);
  const lines = rows.map(({ recipe, folds, otherRhythms, delta }) => {
    const { N, S, V, F } = folds.classes;
    const own = [folds.meanF1, N.f1, S.f1, V.f1, F.f1].map(f1).join("  ");
    return `${recipe.padEnd(28)}  ${own}  ${otherRhythms ? f1(otherRhythms.meanF1) : "    –"}  ${delta >= 0 ? "+" : ""}${delta.toFixed(3)}`;
  });
  return [`${"recipe".padEnd(28)}  mean   N      S      V      F      other  against live`, ...lines].join("\n");
}
