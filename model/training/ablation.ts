import { type AblationRow, type AblationTable, FLOOR_RECIPE } from "../../contracts/ablation.ts";
import type { Tensorflow } from "../tensorflow/load.ts";
import { FLOOR_FEATURES, floorFigures } from "./floor.ts";
import { crossValidate, type FoldsOptions, type FoldsResult, type PooledFigures } from "./folds.ts";
import type { FitLive } from "./fit.ts";
import type { PreparedRecord } from "./records/prepare.ts";
import { EQUAL_WEIGHTS, LIVE_RECIPE, type Recipe, WITHOUT_COPIES } from "./settings.ts";

const { copies, otherLeads } = LIVE_RECIPE;

/** What the live recipe is compared with; what tells most comes first. */
const RECIPES: readonly Recipe[] = [
  {
    ...LIVE_RECIPE,
    name: "DS1 alone",
    what: "without SVDB's patients: the published protocol",
    balance: { ...LIVE_RECIPE.balance, svdb: 0 },
  },
  { ...LIVE_RECIPE, name: "one lead", what: "the monitored lead of each record alone", otherLeads: null },
  {
    ...LIVE_RECIPE,
    name: "patients even",
    what: "each patient once an epoch, so that SVDB, which has more, weighs more",
    balance: { mitdb: 1, svdb: 1 },
  },
  { ...LIVE_RECIPE, name: "no CNN", what: "features alone, all copies", cnn: false },
  { ...LIVE_RECIPE, name: "no averaging", what: "the last step's weights", averaging: 0 },
  {
    ...LIVE_RECIPE,
    name: "no other rhythms",
    what: "noisy copies alone",
    copies: { ...copies, rhythmCopies: 0 },
    otherLeads: otherLeads && { ...otherLeads, rhythmCopies: 0 },
  },
  { ...LIVE_RECIPE, name: "clean records only", what: "no copies", ...WITHOUT_COPIES },
  {
    ...LIVE_RECIPE,
    name: "plain",
    what: "CNN on the 187 samples of each beat alone, no copies, cross-entropy",
    features: [],
    context: false,
    ...WITHOUT_COPIES,
    classWeights: EQUAL_WEIGHTS,
    embeddingDropout: 0,
  },
];

/** Recipes that are fitted from further seeds, too: what the product could ship. */
const FINALISTS: readonly string[] = [LIVE_RECIPE.name, "DS1 alone"];

/** Fits of an ablation, for progress. */
export const fitsOfAblation = (folds: number, seeds: number): number =>
  folds * (1 + RECIPES.length + (seeds - 1) * FINALISTS.length);

export interface AblationOptions {
  readonly tf: Tensorflow;
  readonly fit: FitLive;
  readonly command: string;
  readonly epochs: number;
  readonly folds: number;
  /** Of the table; the finalists are fitted from those that follow it, too. */
  readonly seed: number;
  /** Seeds of the finalists. */
  readonly seeds: number;
  readonly onStep?: FoldsOptions["onStep"];
  /** Hears of the table so far as each row is done; `delta` is against the live recipe, which comes first. */
  readonly onRow?: (ablation: AblationTable) => void | Promise<void>;
}

/** Each recipe in the same record-wise folds, one network each, beside the floor; the finalists from several seeds. */
export async function ablate(options: AblationOptions, prepared: readonly PreparedRecord[]): Promise<AblationTable> {
  const { command, epochs, folds, seed } = options;
  const rows: AblationRow[] = [];
  let base: number | null = null;
  const add = async (
    recipe: string,
    what: string,
    { pooled, databases, meanF1 }: PooledFigures,
    others: { readonly otherRhythms: PooledFigures | null; readonly seeds?: AblationRow["seeds"] },
  ): Promise<void> => {
    base ??= meanF1;
    const { otherRhythms, seeds } = others;
    rows.push({
      recipe,
      what,
      folds: pooled,
      databases,
      ...(seeds && { seeds }),
      otherRhythms: otherRhythms && otherRhythms.pooled,
      delta: meanF1 - base,
    });
    await options.onRow?.({ command, epochs, seed, foldCount: folds, rows });
  };
  for (const recipe of [LIVE_RECIPE, ...RECIPES]) {
    const { name, what } = recipe;
    const results: FoldsResult[] = [];
    for (const own of FINALISTS.includes(name) ? Array.from({ length: options.seeds }, (_, i) => seed + i) : [seed]) {
      const onStep: FoldsOptions["onStep"] = (fit, ...step) =>
        options.onStep?.(`${name}, seed ${own}: ${fit}`, ...step);
      results.push(await crossValidate({ ...options, recipe, folds, seeds: [own], onStep }, prepared));
    }
    const [{ figures, otherRhythms }] = results;
    const seeds = results.length > 1 ? results.map((result) => result.figures.databases) : undefined;
    await add(name, what, figures, { otherRhythms, ...(seeds && { seeds }) });
    if (recipe !== LIVE_RECIPE) continue;
    const floor = `logistic regression of ${FLOOR_FEATURES.join(", ")}`;
    await add(FLOOR_RECIPE, floor, await floorFigures(options.tf, prepared, folds), { otherRhythms: null });
  }
  return { command, epochs, seed, foldCount: folds, rows };
}

/** The ablation as text, a recipe and database a line; fractions. Of finalists the mean over their seeds, and its standard deviation. */
export function ablationTable({ rows }: AblationTable): string {
  const f1 = (value: number | null): string => (value ?? 0).toFixed(3);
  const lines = rows.flatMap(({ recipe, databases, delta, seeds = [] }) =>
    Object.entries(databases ?? {}).map(([database, { classes, meanF1 }]) => {
      const { N, S, V, F } = classes;
      const each = seeds.flatMap((own) => own[database]?.meanF1 ?? []);
      const spread = each.length > 1 ? `  ${f1(mean(each))} ± ${f1(deviation(each))} of ${each.length} seeds` : "";
      const own = [meanF1, N.f1, S.f1, V.f1, F.f1].map(f1).join("  ");
      return `${recipe.padEnd(20)}  ${database.padEnd(8)}  ${own}  ${delta >= 0 ? "+" : ""}${delta.toFixed(3)}${spread}`;
    }),
  );
  return [`${"recipe".padEnd(20)}  database  mean   N      S      V      F      against live`, ...lines].join("\n");
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1));
