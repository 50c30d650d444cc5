import { createRandom } from "../../kit/random.ts";
import { fitFile, loadCheckpoint } from "../fitting/checkpoint.ts";
import { fit, type OnStep } from "../fitting/fit.ts";
import type { NetworkWeights } from "../network/weights.ts";
import type { Tensorflow } from "../tensorflow/load.ts";
import { drawableCopies, drawCopies } from "./records/draw.ts";
import { mask } from "./records/mask.ts";
import type { PreparedRecord } from "./records/prepare.ts";
import { loadCopy } from "./records/stored.ts";
import { type Recipe, recipeShape, trainerSettings } from "./settings.ts";
import { createLiveTrainer } from "./steps/trainer.ts";

/** One network to fit: plain data, so that any process can fit it. */
export interface LiveFit {
  readonly recipe: Recipe;
  /** Length of the schedule. */
  readonly epochs: number;
  readonly seed: number;
  readonly records: readonly PreparedRecord[];
}

/** Fits a network or finds it fitted, and gives its weights after each epoch. */
export type FitLive = (live: LiveFit, onStep?: OnStep) => Promise<readonly NetworkWeights[]>;

/**
 * Fits a network in this process. An epoch holds the copies it takes, not all there are. What is done is kept (fitFile); a fit that
 * was stopped starts again: tfjs's optimiser does not go on to the same bits.
 */
export async function fitLive(tf: Tensorflow, live: LiveFit, onStep?: OnStep): Promise<readonly NetworkWeights[]> {
  const { recipe, epochs, seed, records } = live;
  const start = () => {
    const trainer = createLiveTrainer(tf, recipeShape(recipe), trainerSettings(recipe, epochs), seed);
    const random = createRandom(seed, "copies");
    return {
      async pass(epoch: number) {
        const copies = await Promise.all(drawCopies(records, recipe, random).map(loadCopy));
        return trainer.pass(
          copies.map((copy) => mask(copy, recipe.features, recipe.cnn)),
          epoch,
        );
      },
      weights: trainer.weights,
      dispose: trainer.dispose,
    };
  };
  const file = fileOf(live);
  const { snapshots } = await fit<NetworkWeights, never>({ start, epochs, file, ...(onStep && { onStep }) });
  return snapshots;
}

/** The weights after each epoch of a fit that is done; null where it is not. */
export async function fittedLive(live: LiveFit): Promise<readonly NetworkWeights[] | null> {
  const found = await loadCheckpoint<NetworkWeights, never>(fileOf(live));
  return found && found.snapshots.length === live.epochs ? found.snapshots : null;
}

/** By recipe, settings, and the records as they were heard. */
function fileOf({ recipe, epochs, seed, records }: LiveFit): string {
  const { name: _name, what: _what, ...parts } = recipe;
  return fitFile(
    "live",
    [parts, recipeShape(recipe), trainerSettings(recipe, epochs), seed, records.map(({ name }) => name)],
    drawableCopies(records, recipe).map(({ digest }) => digest),
  );
}
