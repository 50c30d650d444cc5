import { JUDGED_CLASSES } from "../../contracts/beat.ts";
import { FEATURE_NAMES } from "../../signal/beat/features.ts";
import { GATE_FILE, writeModel } from "../card/live-folder.ts";
import type { Card } from "../card/live-schema.ts";
import type { GateWeights } from "../gate/weights.ts";
import { networkOf } from "../network/layers.ts";
import { mergedShape, mergeWeights } from "../network/merge.ts";
import { exportFiles } from "./save.ts";
import type { NetworkWeights } from "../network/weights.ts";
import { calibrationOf } from "../../scoring/calibration.ts";
import { loadTensorflow } from "../tensorflow/load.ts";
import { fitLive } from "./fit.ts";
import { crossValidate, type FoldsOptions, type FoldsResult } from "./folds.ts";
import { trainGate } from "./gate/gate.ts";
import { type PreparedRecord, prepareRecords } from "./records/prepare.ts";
import { countTargets } from "./records/record.ts";
import { LIVE_RECIPE, MEMBERS, recipeShape, trainerSettings } from "./settings.ts";
import { fitTemperature, tempered } from "../../scoring/temperature.ts";

export interface TrainOptions {
  /** PhysioNet's file tree. */
  readonly dir: string;
  readonly records: readonly string[];
  /** Epochs of the schedule; the fit on all records stops where the folds were best. */
  readonly epochs: number;
  /** Record-wise folds; 0: none, all epochs are run. */
  readonly folds: number;
  /** Of the first member; the others' follow it. */
  readonly seed: number;
  /** Networks of the ensemble. Default: as the live model's. */
  readonly members?: number;
  /** Folder the model is written to. */
  readonly out: string;
  /** What gives the same model again, for the card. */
  readonly command: string;
  readonly onPrepare: (done: number, total: number) => void;
  /** `loss`: NaN where nothing is fitted; `done`: share of all fits, 0 to 1. */
  readonly onStep: (what: string, loss: number, done: number) => void;
  readonly onScore: (meanF1: number) => void;
}

const LIMITS = [
  "Trained on 22 ambulatory two-channel recordings (1975 to 1979, one lead used); other leads, devices and patients may differ.",
  "S is hard without a clear P wave: expect false S in atrial fibrillation and other irregular rhythms, and missed S of late coupling.",
  "F is learned from hardly more than one patient (record 208 has 373 of 415): its figures say little.",
  "Noise hides the P wave first: with electrodes moving or muscles tense S is lost below 18 dB signal-to-noise ratio, V below 6 dB; the gate rejects most of what noise spoils (class Q), not all.",
  "Paced beats are not told apart.",
  "The rhythms of the training copies were chosen from the literature, which also names those of the hold-out's hard records (brady-tachy in 232, fibrillation, blocks); no signal or label of the hold-out had a part in training or choices.",
];

/** Cross-validates, fits and calibrates the live model and writes its folder. Needs tfjs-node in place. Returns the card. */
export async function train(options: TrainOptions): Promise<Card> {
  const tf = loadTensorflow();
  const { epochs, folds } = options;
  const recipe = LIVE_RECIPE;
  const seeds = Array.from({ length: options.members ?? MEMBERS }, (_, member) => options.seed + member);
  const prepared = await prepareRecords({ ...options, ...recipe, onProgress: options.onPrepare });
  const withFolds = folds > 1 && epochs > 0;
  const fits = seeds.length * ((withFolds ? folds : 0) + 1);
  const names = new Set<string>();
  const onStep: FoldsOptions["onStep"] = (what, loss, epoch, step, steps) => {
    names.add(what);
    options.onStep(what, loss, (names.size - 1 + (epoch + step / steps) / epochs) / fits);
  };

  const onRecord = (done: number, total: number): void =>
    options.onStep(`gate: noisy copies of record ${done}/${total}`, Number.NaN, (fits - seeds.length) / fits);

  const result = withFolds
    ? await crossValidate({ tf, recipe, epochs, folds, seeds, onStep, onScore: options.onScore }, prepared)
    : null;
  const best = result?.bestEpochs ?? epochs;
  const temperature = fitTemperature(result?.answers ?? []);
  const gate = result ? await trainGate({ ...options, tf, recipe, temperature, onRecord }, result, prepared) : null;
  const shape = recipeShape(recipe);
  const members: NetworkWeights[] = [];
  for (const [index, seed] of seeds.entries()) {
    const what = `all records, member ${index + 1}/${seeds.length}`;
    const snapshots = await fitLive({ tf, recipe, epochs, seed, onStep: (...step) => onStep(what, ...step) }, prepared);
    members.push(snapshots[best - 1]);
  }
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
        database: "MIT-BIH Arrhythmia Database 1.0.0, MLII; noise from the first halves of NSTDB 1.0.0",
        records: [...options.records],
        beats: beatsOf(prepared),
        settings: {
          ...trainerSettings(recipe, epochs),
          members: seeds.length,
          member: { convolutions: shape.convolutions, embeddingSize: shape.embeddingSize, units: shape.units },
          noisyCopies: recipe.noisyCopies,
          rhythmCopies: recipe.rhythmCopies,
          temperature: rounded(temperature),
          ...(gate ? { gate: gate.settings } : {}),
          ...(result ? { calibration: calibrationOfFolds(result, temperature) } : {}),
        },
      },
      folds: foldsOf(result, options),
      limits: LIMITS,
    },
    gate ? withGate(await exportFiles(tf, large, network), gate.weights) : await exportFiles(tf, large, network),
  );
}

function withGate(files: ReadonlyMap<string, Uint8Array>, weights: GateWeights): ReadonlyMap<string, Uint8Array> {
  return new Map([...files, [GATE_FILE, new TextEncoder().encode(`${JSON.stringify(weights)}\n`)]]);
}

/** Expected calibration error of what the folds' ensembles said of held-out beats. */
function calibrationOfFolds({ answers }: FoldsResult, temperature: number): Readonly<Record<string, number>> {
  return {
    heldOutEceBefore: rounded(calibrationOf(answers).ece ?? 0),
    heldOutEceAfter: rounded(calibrationOf(answers.map((answer) => tempered(answer, temperature))).ece ?? 0),
  };
}

/** Values learned: those off the blocks of the merged matrices are zero and not counted. */
function countValues(members: readonly NetworkWeights[]): number {
  const arrays = members.flatMap(({ encode, step }) => [...encode.values(), ...step.values()]);
  return arrays.reduce((sum, { data }) => sum + data.length, 0);
}

const rounded = (value: number): number => Number(value.toFixed(4));

function beatsOf(prepared: readonly PreparedRecord[]): Card["training"]["beats"] {
  const [N, S, V, F] = countTargets(
    prepared.map(({ clean }) => clean),
    JUDGED_CLASSES.length,
  );
  return { N, S, V, F };
}

function foldsOf(result: FoldsResult | null, options: TrainOptions): Card["folds"] {
  if (!result) return { remark: "No folds were run.", pooled: null, each: [], perEpoch: [] };
  const f1 = (figures: { meanF1: number }): string => figures.meanF1.toFixed(3);
  return {
    remark:
      `${options.folds} folds of whole records, each held out once, heard by the live signal chain and classified by the ` +
      "exported graphs; missed and false beats count against their class, reference Q is not scored. The number of " +
      `epochs (${result.bestEpochs}) was chosen by the first member's figures on the same folds, which flatters them a ` +
      `little. Mean F1 of N, S, V: the ensemble ${f1(result.pooled)}, its first member alone ${f1(result.single)}` +
      `${result.otherRhythms ? `, the ensemble on held-out records under other rhythms ${f1(result.otherRhythms)}` : ""}.`,
    pooled: result.pooled,
    each: result.each.map(({ heldOut, figures }) => ({ heldOut: [...heldOut], figures })),
    perEpoch: [...result.perEpoch],
  };
}
