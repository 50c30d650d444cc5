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
import type { Tensorflow } from "../tensorflow/load.ts";
import { answersOf, cardFigures, confusionsOf } from "./figures.ts";
import type { OnStep } from "../fitting/fit.ts";
import { fitLive } from "./fit.ts";
import { mask } from "./records/mask.ts";
import type { PreparedRecord } from "./records/prepare.ts";
import type { TrainingRecord } from "./records/record.ts";
import { type Recipe, recipeShape } from "./settings.ts";

export interface FoldsOptions {
  readonly tf: Tensorflow;
  readonly recipe: Recipe;
  readonly epochs: number;
  readonly folds: number;
  /** One member of the ensemble each. */
  readonly seeds: readonly number[];
  readonly onStep?: (what: string, ...step: Parameters<OnStep>) => void;
  /** Hears of the first member's mean F1 of N, S and V on the held-out records, as each fold is done. */
  readonly onScore?: (meanF1: number) => void;
}

export interface FoldsResult {
  /** After this many epochs the first member's pooled mean F1 was best. */
  readonly bestEpochs: number;
  /** Pooled mean F1 of the first member after each epoch. */
  readonly perEpoch: readonly number[];
  /** Of the ensemble after `bestEpochs`. */
  readonly pooled: FoldFigures;
  /** Of its first member alone. */
  readonly single: FoldFigures;
  /** On the held-out records under other rhythms. */
  readonly otherRhythms: FoldFigures | null;
  /** Of each fold; `members`: the networks that have not seen its held-out records. */
  readonly each: readonly {
    readonly heldOut: readonly string[];
    readonly members: readonly NetworkWeights[];
    readonly figures: FoldFigures;
  }[];
  /** What the ensemble said of held-out beats, to calibrate it by. */
  readonly answers: readonly Answer[];
  /** Of each record while it was held out. */
  readonly perRecord: ReadonlyMap<string, Confusion>;
}

/** The first epoch that may be the best: before, the scheduled learning rate is still high and figures jump about. */
const FIRST_CANDIDATE = 0.5;

/** Trains on all folds but one and scores the one, for each; the held-out records are scored clean. */
export async function crossValidate(options: FoldsOptions, prepared: readonly PreparedRecord[]): Promise<FoldsResult> {
  const { recipe, epochs, seeds } = options;
  const shape = recipeShape(recipe);
  const names = prepared.map(({ clean }) => clean.name);
  const of = (record: TrainingRecord): TrainingRecord => mask(record, recipe.features, recipe.cnn);
  const held = recordFolds(names, options.folds).map(({ train, heldOut }) => {
    const own = prepared.filter(({ clean }) => heldOut.includes(clean.name));
    return {
      names: heldOut,
      train: prepared.filter(({ clean }) => train.includes(clean.name)),
      records: own.map(({ clean }) => of(clean)),
      rhythms: own.flatMap(({ rhythms }) => rhythms.slice(0, 1).map(of)),
      /** Of each member, the weights after each epoch. */
      members: [] as (readonly NetworkWeights[])[],
    };
  });
  const perEpoch: Confusion[][] = Array.from({ length: epochs }, () => []);
  for (const [member, seed] of seeds.entries()) {
    for (const [index, fold] of held.entries()) {
      const what = `fold ${index + 1}/${options.folds}, member ${member + 1}/${seeds.length}`;
      const snapshots = await fitLive(
        { ...options, seed, onStep: (...step) => options.onStep?.(what, ...step) },
        fold.train,
      );
      fold.members.push(snapshots);
      if (member > 0) continue;
      for (const [epoch, weights] of snapshots.entries()) {
        perEpoch[epoch].push(sumConfusions((await score(shape, weights, fold.records, recipe.context)).confusions));
      }
      options.onScore?.(cardFigures(perEpoch[epochs - 1][index]).meanF1);
    }
  }
  const means = perEpoch.map((confusions) => cardFigures(sumConfusions(confusions)).meanF1);
  const candidates = means.map((mean, epoch) => (epoch + 1 >= FIRST_CANDIDATE * epochs ? mean : 0));
  const best = candidates.indexOf(Math.max(...candidates));

  const perRecord = new Map<string, Confusion>();
  const answers: Answer[] = [];
  const otherRhythms: Confusion[] = [];
  const each: FoldsResult["each"][number][] = [];
  const large = mergedShape(shape, seeds.length);
  for (const fold of held) {
    const members = fold.members.map((snapshots) => snapshots[best]);
    const weights = mergeWeights(shape, members, 1);
    const result = await score(large, weights, fold.records, recipe.context);
    result.confusions.forEach((confusion, record) => perRecord.set(fold.records[record].name, confusion));
    for (const answer of result.answers) answers.push(answer);
    otherRhythms.push(...(await score(large, weights, fold.rhythms, recipe.context)).confusions);
    each.push({ heldOut: fold.names, members, figures: cardFigures(sumConfusions(result.confusions)) });
  }
  return {
    bestEpochs: best + 1,
    perEpoch: means,
    pooled: cardFigures(sumConfusions([...perRecord.values()])),
    single: cardFigures(sumConfusions(perEpoch[best])),
    otherRhythms: otherRhythms.length > 0 ? cardFigures(sumConfusions(otherRhythms)) : null,
    each,
    answers,
    perRecord,
  };
}

async function score(
  shape: NetworkShape,
  weights: NetworkWeights,
  records: readonly TrainingRecord[],
  context: boolean,
): Promise<{ confusions: Confusion[]; answers: Answer[] }> {
  if (records.length === 0) return { confusions: [], answers: [] };
  const classifier = await createOnnxClassifier(infoOfShape(shape), exportGraphs(shape, weights));
  try {
    const { confusions, probabilities } = await confusionsOf(classifier, records, context);
    return { confusions, answers: answersOf(records, probabilities) };
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
