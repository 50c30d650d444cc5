import { FEATURE_NAMES } from "../../signal/features.ts";
import type { Card } from "../card/schema.ts";
import { writeModel } from "../card/folder.ts";
import { exportFiles } from "../network/save.ts";
import { liveShape, MODEL_CLASSES } from "../network/shape.ts";
import { loadTensorflow } from "../tensorflow/load.ts";
import { crossValidate, fit, type FoldsResult, type OnStep, type TrainingRun } from "./folds.ts";
import { type PreparedRecord, prepareRecords } from "./records/prepare.ts";
import { countTargets } from "./records/record.ts";
import { NOISY_COPIES, trainerSettings } from "./settings.ts";

export interface TrainOptions {
  /** PhysioNet's file tree. */
  readonly dir: string;
  readonly records: readonly string[];
  /** Epochs of the schedule; the fit on all records stops where the folds were best. */
  readonly epochs: number;
  /** Record-wise folds; 0: none, all epochs are run. */
  readonly folds: number;
  readonly seed: number;
  /** Folder the model is written to. */
  readonly out: string;
  /** What gives the same model again, for the card. */
  readonly command: string;
  readonly onPrepare: (done: number, total: number) => void;
  readonly onStep: OnStep;
  readonly onScore: TrainingRun["onScore"];
}

const LIMITS = [
  "Trained on 22 ambulatory two-channel recordings (1975 to 1979, one lead used); other leads, devices and patients may differ.",
  "S is hard without a clear P wave: expect false S in atrial fibrillation and other irregular rhythms, and missed S of late coupling.",
  "F is learned from hardly more than one patient (record 208 has 373 of 415): its figures say little.",
  "Below about 12 dB signal-to-noise ratio V loses precision; the pipeline calls such beats Q by signal quality.",
  "Paced beats are not told apart.",
];

/** Cross-validates and fits the live model and writes its folder. Needs tfjs-node in place. Returns the card. */
export async function train(options: TrainOptions): Promise<Card> {
  const tf = loadTensorflow();
  const settings = trainerSettings(options.epochs);
  const shape = liveShape(FEATURE_NAMES.length);
  const run: TrainingRun = {
    tf,
    shape,
    settings,
    seed: options.seed,
    onStep: options.onStep,
    onScore: options.onScore,
  };
  const prepared = await prepareRecords({
    dir: options.dir,
    records: options.records,
    noisyCopies: NOISY_COPIES,
    seed: options.seed,
    onProgress: options.onPrepare,
  });
  const folds = options.folds > 1 && options.epochs > 0 ? await crossValidate(run, prepared, options.folds) : null;
  const epochs = folds?.bestEpochs ?? options.epochs;
  const trainer = await fit(run, prepared, epochs, "all records");
  const parameters = trainer.network.encode.countParams() + trainer.network.step.countParams();
  const files = await exportFiles(tf, shape, trainer.network);
  trainer.dispose();
  return writeModel(
    options.out,
    {
      version: 1,
      name: "live",
      classes: ["N", "S", "V", "F"],
      windowLength: shape.windowLength,
      embeddingSize: shape.embeddingSize,
      units: shape.units,
      featureNames: [...FEATURE_NAMES],
      parameters,
      training: {
        date: new Date().toISOString(),
        command: options.command,
        seed: options.seed,
        epochs,
        database: "MIT-BIH Arrhythmia Database 1.0.0, MLII; noise from the first halves of NSTDB 1.0.0",
        records: [...options.records],
        beats: beatsOf(prepared),
        settings: { ...settings, convolutions: shape.convolutions, noisyCopies: NOISY_COPIES },
      },
      folds: foldsOf(folds, options),
      limits: LIMITS,
    },
    files,
  );
}

function beatsOf(prepared: readonly PreparedRecord[]): Card["training"]["beats"] {
  const [N, S, V, F] = countTargets(
    prepared.map(({ clean }) => clean),
    MODEL_CLASSES.length,
  );
  return { N, S, V, F };
}

function foldsOf(folds: FoldsResult | null, options: TrainOptions): Card["folds"] {
  if (!folds) return { remark: "No folds were run.", pooled: null, each: [], perEpoch: [] };
  return {
    remark:
      `${options.folds} folds of whole records, each held out once, heard by the live signal chain and classified by the ` +
      "exported graphs; missed and false beats count against their class, reference Q is not scored. The number of " +
      `epochs (${folds.bestEpochs}) was chosen by these same figures, which flatters them a little.`,
    pooled: folds.pooled,
    each: folds.each.map(({ heldOut, figures }) => ({ heldOut, figures })),
    perEpoch: [...folds.perEpoch],
  };
}
