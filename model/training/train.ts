import { availableParallelism } from "node:os";
import { JUDGED_CLASSES } from "../../contracts/beat.ts";
import { FEATURE_NAMES } from "../../signal/beat/features.ts";
import { GATE_FILE, writeModel } from "../card/live-folder.ts";
import type { Card } from "../card/live-schema.ts";
import type { GateWeights } from "../gate/weights.ts";
import { networkOf } from "../network/layers.ts";
import { mergedShape, mergeWeights } from "../network/merge.ts";
import { exportFiles } from "./save.ts";
import type { NetworkWeights } from "../network/weights.ts";
import { type Answer, calibrationOf } from "../../scoring/calibration.ts";
import { loadTensorflow } from "../tensorflow/load.ts";
import { crossValidate, type FoldsResult } from "./folds.ts";
import { trainGate } from "./gate/gate.ts";
import { type JobPool, openJobPool } from "./jobs/pool.ts";
import { fitInPool, prepareInPool } from "./jobs/training.ts";
import { createProgress } from "./progress.ts";
import type { PreparedRecord } from "./records/prepare.ts";
import { LIVE_RECIPE, MEMBERS, type Recipe, recipeShape, trainerSettings } from "./settings.ts";
import { fitTemperature, tempered } from "../../scoring/temperature.ts";
import { databaseText, foldsOf, limitsOf } from "./words.ts";

export interface TrainOptions {
  /** PhysioNet's file tree. */
  readonly dir: string;
  /** `database/record`. */
  readonly records: readonly string[];
  /** Epochs of the schedule; the fit on all records stops where the folds were best. */
  readonly epochs: number;
  /** Record-wise folds; 0: none, all epochs are run. */
  readonly folds: number;
  /** Of the first member; the others' follow it. */
  readonly seed: number;
  /** Default: the live model's. */
  readonly recipe?: Recipe;
  /** Networks of the ensemble. Default: as the live model's. */
  readonly members?: number;
  /** Processes that work at a time; the model does not depend on it. Default: as many as cores. */
  readonly jobs?: number;
  /** Folder the model is written to. */
  readonly out: string;
  /** What gives the same model again, for the card. */
  readonly command: string;
  readonly onPrepare: (done: number, total: number) => void;
  /** `loss`: NaN where nothing is fitted; `done`: share of all fits, 0 to 1. */
  readonly onStep: (what: string, loss: number, done: number) => void;
  readonly onScore: (meanF1: number) => void;
}

/** Cross-validates, fits and calibrates the live model and writes its folder. Needs tfjs-node in place. Returns the card. */
export async function train(options: TrainOptions): Promise<Card> {
  const pool = openJobPool(options.jobs ?? availableParallelism());
  try {
    return await trainWith(pool, options);
  } finally {
    pool.close();
  }
}

async function trainWith(pool: JobPool, options: TrainOptions): Promise<Card> {
  const tf = loadTensorflow();
  const { epochs, folds, recipe = LIVE_RECIPE, records } = options;
  const seeds = Array.from({ length: options.members ?? MEMBERS }, (_, member) => options.seed + member);
  const prepared = await prepareInPool(pool, recipe, options, options.onPrepare);
  const withFolds = folds > 1 && epochs > 0;
  const { onStep, onRecord } = createProgress(seeds.length * ((withFolds ? folds : 0) + 1), epochs, options.onStep);
  const fit = fitInPool(pool);

  // Asked for first, so that they come before the fits on all records, which nothing waits for.
  const folded = withFolds
    ? crossValidate({ recipe, epochs, folds, seeds, fit, onStep, onScore: options.onScore }, prepared)
    : null;
  const fits = seeds.map((seed, index) => {
    const what = `all records, member ${index + 1}/${seeds.length}`;
    return fit({ recipe, epochs, seed, records: prepared }, (...step) => onStep(what, ...step));
  });
  for (const one of fits) one.catch(() => {});
  const result = await folded;
  const best = result?.bestEpochs ?? epochs;
  const temperature = result ? fitTemperature(...result.answers.map(({ answers }) => answers)) : 1;
  const gate = result ? await trainGate({ ...options, tf, pool, recipe, temperature, onRecord }, result) : null;
  const shape = recipeShape(recipe);
  const members = (await Promise.all(fits)).map((snapshots) => snapshots[best - 1]);
  const large = mergedShape(shape, seeds.length);
  const network = networkOf(tf, large, mergeWeights(shape, members, temperature));
  const parameters = countValues(members);
  return writeModel(
    options.out,
    {
      version: 1,
      name: "live",
      classes: ["N", "S", "V", "F"],
      windowLength: large.windowLength,
      embeddingSize: large.embeddingSize,
      units: large.units,
      featureNames: [...FEATURE_NAMES],
      parameters,
      training: {
        date: new Date().toISOString(),
        command: options.command,
        seed: options.seed,
        epochs: best,
        database: databaseText(prepared),
        records: [...records],
        beats: beatsOf(prepared),
        settings: {
          ...trainerSettings(recipe, epochs),
          members: seeds.length,
          member: { convolutions: shape.convolutions, embeddingSize: shape.embeddingSize, units: shape.units },
          balance: recipe.balance,
          copies: recipe.copies,
          otherLeads: recipe.otherLeads,
          temperature: rounded(temperature),
          ...(gate ? { gate: gate.settings } : {}),
          ...(result ? { calibration: calibrationOfFolds(result, temperature) } : {}),
        },
      },
      folds: foldsOf(result, folds),
      limits: limitsOf(prepared),
    },
    gate ? withGate(await exportFiles(tf, large, network), gate.weights) : await exportFiles(tf, large, network),
  );
}

function withGate(files: ReadonlyMap<string, Uint8Array>, weights: GateWeights): ReadonlyMap<string, Uint8Array> {
  return new Map([...files, [GATE_FILE, new TextEncoder().encode(`${JSON.stringify(weights)}\n`)]]);
}

/** Expected calibration error of what the folds' ensembles said of held-out beats, by database. */
function calibrationOfFolds({ answers }: FoldsResult, temperature: number): Readonly<Record<string, unknown>> {
  const ece = (of: readonly Answer[]): number => rounded(calibrationOf(of).ece ?? 0);
  return Object.fromEntries(
    answers.map(({ database, answers: own }) => [
      database,
      {
        heldOutEceBefore: ece(own),
        heldOutEceAfter: ece(own.map((answer) => tempered(answer, temperature))),
      },
    ]),
  );
}

/** Values learned: those off the blocks of the merged matrices are zero and not counted. */
function countValues(members: readonly NetworkWeights[]): number {
  const arrays = members.flatMap(({ encode, step }) => [...encode.values(), ...step.values()]);
  return arrays.reduce((sum, { data }) => sum + data.length, 0);
}

const rounded = (value: number): number => Number(value.toFixed(4));

/** Of the monitored leads. */
function beatsOf(prepared: readonly PreparedRecord[]): Card["training"]["beats"] {
  const [N, S, V, F] = JUDGED_CLASSES.map((_, index) =>
    prepared.reduce((sum, { readings: [{ clean }] }) => sum + clean.targets[index], 0),
  );
  return { N, S, V, F };
}
