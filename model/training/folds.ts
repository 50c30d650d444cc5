import { recordFolds } from "../../data/splits.ts";
import { createRandom } from "../../data/synthetic/random.ts";
import type { Figures } from "../card/schema.ts";
import type { ModelInfo } from "../classifier.ts";
import { createOnnxClassifier } from "../engines/onnx.ts";
import type { Network } from "../network/layers.ts";
import { exportGraphs } from "../network/save.ts";
import type { NetworkShape } from "../network/shape.ts";
import type { Tensorflow } from "../tensorflow/load.ts";
import { type Confusion, sumConfusions } from "../scoring/score.ts";
import { cardFigures, confusionOf } from "./figures.ts";
import type { PreparedRecord } from "./records/prepare.ts";
import type { TrainingRecord } from "./records/record.ts";
import { createTrainer, type Trainer, type TrainerSettings } from "./steps/trainer.ts";

/** Hears of each step: what is being trained, its loss, and how much of it is done. */
export type OnStep = (what: string, loss: number, epoch: number, step: number, steps: number) => void;

export interface FoldsResult {
  /** After this many epochs the pooled mean F1 was best. */
  readonly bestEpochs: number;
  readonly perEpoch: readonly number[];
  readonly pooled: Figures;
  readonly each: readonly { readonly heldOut: string[]; readonly figures: Figures }[];
}

export interface TrainingRun {
  readonly tf: Tensorflow;
  readonly shape: NetworkShape;
  readonly settings: TrainerSettings;
  readonly seed: number;
  readonly onStep: OnStep;
  /** Hears of each epoch's mean F1 of N, S and V on the held-out records. */
  readonly onScore: (meanF1: number) => void;
}

/** Trains on all folds but one and scores the one, for each; the held-out records are scored clean. */
export async function crossValidate(
  run: TrainingRun,
  prepared: readonly PreparedRecord[],
  count: number,
): Promise<FoldsResult> {
  const { epochs } = run.settings;
  const folds = recordFolds(
    prepared.map(({ clean }) => clean.name),
    count,
  );
  const each: { heldOut: string[]; confusions: Confusion[] }[] = [];
  for (const [index, { train, heldOut }] of folds.entries()) {
    const held = prepared.filter(({ clean }) => heldOut.includes(clean.name)).map(({ clean }) => clean);
    const confusions: Confusion[] = [];
    const trainer = await fit(
      run,
      prepared.filter(({ clean }) => train.includes(clean.name)),
      epochs,
      `fold ${index + 1}/${count}`,
      async (network) => {
        const confusion = await score(run.shape, network, held);
        confusions.push(confusion);
        run.onScore(cardFigures(confusion).meanF1);
      },
    );
    trainer.dispose();
    each.push({ heldOut, confusions });
  }
  const pooled = Array.from({ length: epochs }, (_, epoch) =>
    sumConfusions(each.map(({ confusions }) => confusions[epoch])),
  );
  const perEpoch = pooled.map((confusion) => cardFigures(confusion).meanF1);
  const best = perEpoch.indexOf(Math.max(...perEpoch));
  return {
    bestEpochs: best + 1,
    perEpoch,
    pooled: cardFigures(pooled[best]),
    each: each.map(({ heldOut, confusions }) => ({ heldOut, figures: cardFigures(confusions[best]) })),
  };
}

/** Trains a network for `epochs` epochs; each takes the clean record or one of its noisy copies. */
export async function fit(
  run: TrainingRun,
  prepared: readonly PreparedRecord[],
  epochs: number,
  what: string,
  afterEpoch: (network: Network) => Promise<void> = async () => {},
): Promise<Trainer> {
  const trainer = createTrainer(run.tf, run.shape, run.settings, run.seed);
  const random = createRandom(run.seed, "copies");
  for (let epoch = 0; epoch < epochs; epoch++) {
    const records = prepared.map(({ clean, noisy }) => {
      const copy = Math.floor(random.uniform() * (noisy.length + 1));
      return copy === 0 ? clean : noisy[copy - 1];
    });
    await trainer.epoch(records, (loss, step, steps) => run.onStep(what, loss, epoch, step, steps));
    await afterEpoch(trainer.network);
  }
  return trainer;
}

async function score(shape: NetworkShape, network: Network, records: readonly TrainingRecord[]): Promise<Confusion> {
  const classifier = await createOnnxClassifier(infoOfShape(shape), exportGraphs(shape, network));
  try {
    return await confusionOf(classifier, records);
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
