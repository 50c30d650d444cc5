import { byDatabase } from "../../data/record-name.ts";
import { recordFolds } from "../../data/splits/folds.ts";
import type { FoldFigures } from "../card/live-schema.ts";
import type { ModelInfo } from "../classifier.ts";
import { createOnnxClassifier } from "../engines/onnx.ts";
import { mergedShape, mergeWeights } from "../network/merge.ts";
import { exportGraphs } from "./save.ts";
import type { NetworkShape } from "../network/shape.ts";
import type { NetworkWeights } from "../network/weights.ts";
import type { Answer } from "../../scoring/calibration.ts";
import { type Confusion, sumConfusions } from "../../scoring/score.ts";
import { answersOf, cardFigures, confusionsOf } from "./figures.ts";
import type { OnStep } from "../fitting/fit.ts";
import type { FitLive } from "./fit.ts";
import { mask } from "./records/mask.ts";
import type { PreparedRecord } from "./records/prepare.ts";
import type { TrainingRecord } from "./records/record.ts";
import { loadCopy, type StoredCopy } from "./records/stored.ts";
import { type Recipe, recipeShape } from "./settings.ts";

export interface FoldsOptions {
  readonly recipe: Recipe;
  readonly epochs: number;
  readonly folds: number;
  /** One member of the ensemble each. */
  readonly seeds: readonly number[];
  /** Is asked for all fits at once. */
  readonly fit: FitLive;
  readonly onStep?: (what: string, ...step: Parameters<OnStep>) => void;
  /** Hears of the first member's mean F1 of N, S and V on the held-out records, as each fold is done. */
  readonly onScore?: (meanF1: number) => void;
}

/** Figures of all held-out records together, and of each database's. */
export interface PooledFigures {
  readonly pooled: FoldFigures;
  readonly databases: Readonly<Record<string, FoldFigures>>;
  /** Mean over the databases of their mean F1 of N, S and V: none rules by its size. */
  readonly meanF1: number;
}

export interface FoldsResult {
  /** After this many epochs the first member's `meanF1` was best. */
  readonly bestEpochs: number;
  /** `meanF1` of the first member after each epoch. */
  readonly perEpoch: readonly number[];
  /** Of the ensemble after `bestEpochs`. */
  readonly figures: PooledFigures;
  /** Of its first member alone. */
  readonly single: PooledFigures;
  /** On the held-out records under other rhythms. */
  readonly otherRhythms: PooledFigures | null;
  /** Of each fold; `members`: the networks that have not seen its held-out records. */
  readonly each: readonly {
    readonly heldOut: readonly string[];
    readonly members: readonly NetworkWeights[];
    readonly figures: FoldFigures;
  }[];
  /** What the ensemble said of held-out beats, to calibrate it by; of each database. */
  readonly answers: readonly { readonly database: string; readonly answers: readonly Answer[] }[];
}

/** The first epoch that may be the best: before, the scheduled learning rate is still high and figures jump about. */
const FIRST_CANDIDATE = 0.5;

/** What was said of a held-out record. */
interface Scored {
  readonly name: string;
  readonly confusion: Confusion;
  readonly answers: readonly Answer[];
}

/**
 * Trains on all folds but one and scores the one, for each; of the held-out records the monitored lead is scored, clean. Which epoch is
 * best is told by the first member.
 */
export async function crossValidate(options: FoldsOptions, prepared: readonly PreparedRecord[]): Promise<FoldsResult> {
  const { recipe, epochs, seeds } = options;
  const [shape, large] = [recipeShape(recipe), mergedShape(recipeShape(recipe), seeds.length)];
  const folds = recordFolds(
    prepared.map(({ name }) => name),
    options.folds,
  );
  const named = (names: readonly string[]): PreparedRecord[] => prepared.filter(({ name }) => names.includes(name));
  const perEpoch: Scored[][] = Array.from({ length: epochs }, () => []);
  const scored = (of: readonly TrainingRecord[], weights: NetworkWeights, sizes = shape): Promise<Scored[]> =>
    score(sizes, weights, of, recipe.context);

  const held = await Promise.all(
    folds.map(async ({ train, heldOut }, fold) => {
      const fits = seeds.map((seed, member) => {
        const what = `fold ${fold + 1}/${options.folds}, member ${member + 1}/${seeds.length}`;
        const onStep: OnStep = (...step) => options.onStep?.(what, ...step);
        return options.fit({ recipe, epochs, seed, records: named(train) }, onStep);
      });
      // One that fails while another is waited for is heard of when its turn comes.
      for (const fit of fits) fit.catch(() => {});
      const first = await fits[0];
      const records = await loadMasked(
        recipe,
        named(heldOut).map(({ readings: [{ clean }] }) => clean),
      );
      const last: Scored[] = [];
      for (const [epoch, weights] of first.entries()) {
        last.splice(0, last.length, ...(await scored(records, weights)));
        perEpoch[epoch].push(...last);
      }
      options.onScore?.(pooledFigures(last).meanF1);
      return { heldOut, records, members: await Promise.all(fits) };
    }),
  );
  const means = perEpoch.map((all) => pooledFigures(all).meanF1);
  const candidates = means.map((mean, epoch) => (epoch + 1 >= FIRST_CANDIDATE * epochs ? mean : 0));
  const best = candidates.indexOf(Math.max(...candidates));

  const all: Scored[] = [];
  const otherRhythms: Scored[] = [];
  const each: FoldsResult["each"][number][] = [];
  for (const { heldOut, records, members: snapshots } of held) {
    const members = snapshots.map((weights) => weights[best]);
    const weights = mergeWeights(shape, members, 1);
    const own = await scored(records, weights, large);
    all.push(...own);
    const rhythms = named(heldOut).flatMap(({ readings: [{ rhythms: copies }] }) => copies.slice(0, 1));
    otherRhythms.push(...(await scored(await loadMasked(recipe, rhythms), weights, large)));
    each.push({ heldOut, members, figures: cardFigures(sumConfusions(own.map(({ confusion }) => confusion))) });
  }
  return {
    bestEpochs: best + 1,
    perEpoch: means,
    figures: pooledFigures(all),
    single: pooledFigures(perEpoch[best]),
    otherRhythms: otherRhythms.length > 0 ? pooledFigures(otherRhythms) : null,
    each,
    answers: [...byDatabase(all)].map(([database, own]) => ({
      database,
      answers: own.flatMap(({ answers }) => answers),
    })),
  };
}

/** Figures of records that were scored, all and by database. */
export function pooledFigures(scored: readonly Pick<Scored, "name" | "confusion">[]): PooledFigures {
  const figures = (of: typeof scored): FoldFigures => cardFigures(sumConfusions(of.map(({ confusion }) => confusion)));
  const databases = [...byDatabase(scored)].map(([database, own]) => [database, figures(own)] as const);
  return {
    pooled: figures(scored),
    databases: Object.fromEntries(databases),
    meanF1: databases.reduce((sum, [, { meanF1 }]) => sum + meanF1, 0) / databases.length,
  };
}

async function loadMasked(recipe: Recipe, copies: readonly StoredCopy[]): Promise<TrainingRecord[]> {
  const records = await Promise.all(copies.map(loadCopy));
  return records.map((record) => mask(record, recipe.features, recipe.cnn));
}

async function score(
  shape: NetworkShape,
  weights: NetworkWeights,
  records: readonly TrainingRecord[],
  context: boolean,
): Promise<Scored[]> {
  if (records.length === 0) return [];
  const classifier = await createOnnxClassifier(infoOfShape(shape), exportGraphs(shape, weights));
  try {
    const { confusions, probabilities } = await confusionsOf(classifier, records, context);
    return records.map((record, index) => ({
      name: record.name,
      confusion: confusions[index],
      answers: answersOf([record], [probabilities[index]]),
    }));
  } finally {
    await classifier.close();
  }
}

/** What a network in training is to the engine that scores it. */
export const infoOfShape = (shape: NetworkShape): Omit<ModelInfo, "engine"> => ({
  name: "in training",
  hash: "",
  classes: ["N", "S", "V", "F"],
  windowLength: shape.windowLength,
  featureCount: shape.featureCount,
  embeddingSize: shape.embeddingSize,
  stateSize: 2 * shape.units,
});
