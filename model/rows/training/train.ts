import { countRows } from "../../../data/kachuee/counts.ts";
import type { RowSet } from "../../../data/kachuee/dataset.ts";
import { apart, randomSplit, stratifiedParts } from "../../../data/kachuee/split.ts";
import { readRowCard, writeRowModel } from "../../card/row-folder.ts";
import type { RowCard } from "../../card/row-schema.ts";
import { loadTensorflow } from "../../tensorflow/load.ts";
import { calibrationOf } from "../../../scoring/calibration.ts";
import { rowAnswers, rowConfusion, rowFigures } from "../../../scoring/rows.ts";
import { fitTemperature } from "../../../scoring/temperature.ts";
import { ROW_LENGTH } from "../classifier.ts";
import { rowFiles } from "../network/files.ts";
import { parameterSpecs, type RowWeights, sizeOf, temperedWeights } from "../network/parameters.ts";
import { flopsOf, ROW_SHAPE } from "../network/shape.ts";
import { fitFile } from "../../fitting/checkpoint.ts";
import { type RowFitOptions, fitRows, labelsOf, probabilitiesOf } from "./fit.ts";
import { type RowBalancing, rowTrainingSettings } from "./settings.ts";

/** Of the split into training and test rows, whatever the training's own seed: `npm run dataset` writes the same. */
export const SPLIT_SEED = 1;
/** One in so many of the training rows tells which epoch is best. */
const VALIDATION_PARTS = 10;

export interface TrainRowsOptions {
  readonly set: RowSet;
  readonly epochs: number;
  readonly seed: number;
  readonly balancing?: RowBalancing;
  /** Folder the model is written to. */
  readonly out: string;
  /** What gives the same model again, for the card. */
  readonly command: string;
  readonly onStep: NonNullable<RowFitOptions["onStep"]>;
  readonly onEpoch: NonNullable<RowFitOptions["onEpoch"]>;
}

const LIMITS = [
  "The random split has beats of each patient on both sides: its figures say how well a known patient's beats are told apart, not a new one's. The folds of whole records say that.",
  "A row has neither the beat before it nor the rhythm: S is told by shape and by what follows. For live ECG there is the live model, which has the bed's history.",
  "Q are paced beats, nearly all of four records; the 33 unclassifiable ones cannot be learned.",
  "373 of 803 F are record 208's and 362 record 213's: F is two patients' fusion beats.",
  "Rows must be made as the training rows are: 125 Hz, R first, amplitude 0 to 1 by ten-second windows, zeros behind 1.2 median R-R intervals.",
  "One lead (MLII, V5 where there is none) of 47 patients, 1975 to 1979; other devices and patients may differ.",
];

/** Fits the row model to four fifths of the rows, scores it on the fifth, and writes its folder. Needs tfjs-node in place. */
export async function trainRows(options: TrainRowsOptions): Promise<RowCard> {
  const { set, epochs, seed, out } = options;
  const tf = loadTensorflow();
  const settings = rowTrainingSettings(epochs, options.balancing);
  const split = randomSplit(set.labels, SPLIT_SEED);
  const inner = apart(stratifiedParts(set.labels, split.train, VALIDATION_PARTS, SPLIT_SEED, "validation"), 0);
  const records = [...new Set(set.records)];
  const result = await fitRows({
    ...options,
    ...set,
    tf,
    settings,
    shape: ROW_SHAPE,
    train: inner.train,
    validation: inner.test,
    file: fitFile("rows", { shape: ROW_SHAPE, settings, seed, records }),
  });
  const { weights, temperature } = await calibrated(result.weights, set, inner.test);
  const test = await testFigures(result.weights, weights, set, split.test);
  const kept = { settings: { ...settings }, shape: ROW_SHAPE };
  return writeRowModel(
    out,
    {
      version: 1,
      name: "rows",
      classes: ["N", "S", "V", "F", "Q"],
      rowLength: ROW_LENGTH,
      parameters: sizeOf(parameterSpecs(ROW_SHAPE)),
      mflopPerRow: flopsOf(ROW_SHAPE) / 1e6,
      training: {
        date: new Date().toISOString(),
        command: options.command,
        seed,
        epochs: result.log.length,
        bestEpochs: result.bestEpochs,
        database: "MIT-BIH Arrhythmia Database 1.0.0, MLII where there is one, as rows of Kachuee et al. 2018",
        records,
        rows: countRows(set, inner.train),
        split:
          `random and stratified, seed ${SPLIT_SEED}: ${split.test.length} test rows, ${inner.test.length} of the others ` +
          "for choosing the epoch; patients are in all parts",
        settings: { ...kept.settings, ...kept.shape },
        temperature,
        minutes: result.log.reduce((sum, { seconds }) => sum + seconds, 0) / 60,
        log: [...result.log],
      },
      test: {
        remark:
          "One fifth of all rows, seen neither by the fit nor by the choice of the epoch; classified by the graph that " +
          "serves. Each patient's other beats were trained on.",
        ...test,
      },
      ...(await foldsOf(out, kept)),
      limits: LIMITS,
    },
    await rowFiles(tf, ROW_SHAPE, weights),
  );
}

/** The weights with the temperature that fits the validation rows. */
async function calibrated(
  weights: RowWeights,
  { rows, labels }: RowSet,
  validation: Uint32Array,
): Promise<{ weights: RowWeights; temperature: number }> {
  const probabilities = await probabilitiesOf(ROW_SHAPE, weights, rows, validation);
  const temperature = fitTemperature(rowAnswers(probabilities, labelsOf(labels, validation)));
  return { weights: temperedWeights(ROW_SHAPE, weights, temperature), temperature };
}

async function testFigures(
  before: RowWeights,
  after: RowWeights,
  { rows, labels }: RowSet,
  test: Uint32Array,
): Promise<Omit<RowCard["test"], "remark">> {
  const probabilities = await probabilitiesOf(ROW_SHAPE, after, rows, test);
  const error = (some: Float32Array): number => calibrationOf(rowAnswers(some, labelsOf(labels, test))).ece ?? 0;
  return {
    figures: rowFigures(rowConfusion(probabilities, labelsOf(labels, test))),
    calibrationError: {
      before: error(await probabilitiesOf(ROW_SHAPE, before, rows, test)),
      after: error(probabilities),
    },
  };
}

/** Folds that the folder's card has of the same network stay. */
async function foldsOf(
  folder: string,
  { shape }: { readonly shape: object },
): Promise<Pick<RowCard, "randomFolds" | "recordFolds" | "recordFoldsWithSvdb">> {
  const none = { randomFolds: null, recordFolds: null };
  const card = await readRowCard(folder).catch(() => null);
  if (!card) return none;
  const same = Object.entries(shape).every(
    ([key, value]) => JSON.stringify(card.training.settings[key]) === JSON.stringify(value),
  );
  if (!same) return none;
  const { randomFolds, recordFolds, recordFoldsWithSvdb } = card;
  return { randomFolds, recordFolds, ...(recordFoldsWithSvdb && { recordFoldsWithSvdb }) };
}
