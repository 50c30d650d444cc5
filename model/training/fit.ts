import { createRandom } from "../../kit/random.ts";
import { fitFile } from "../fitting/checkpoint.ts";
import { fit, type OnStep } from "../fitting/fit.ts";
import { type NetworkWeights, weightsOf } from "../network/weights.ts";
import type { Tensorflow } from "../tensorflow/load.ts";
import type { PreparedRecord } from "./records/prepare.ts";
import { mask } from "./records/mask.ts";
import type { TrainingRecord } from "./records/record.ts";
import { type Recipe, recipeShape, trainerSettings } from "./settings.ts";
import { createLiveTrainer } from "./steps/trainer.ts";

export interface LiveFitOptions {
  readonly tf: Tensorflow;
  readonly recipe: Recipe;
  readonly epochs: number;
  readonly seed: number;
  readonly onStep?: OnStep;
}

/**
 * Trains a network and returns its weights after each epoch. Each epoch takes, of each record, the clean one or one of its
 * copies. A fit that was stopped starts again: tfjs's optimiser does not go on to the same bits.
 */
export async function fitLive(
  options: LiveFitOptions,
  prepared: readonly PreparedRecord[],
): Promise<readonly NetworkWeights[]> {
  const { tf, recipe, epochs, seed, onStep } = options;
  const start = () => {
    const trainer = createLiveTrainer(tf, recipeShape(recipe), trainerSettings(recipe, epochs), seed);
    const random = createRandom(seed, "copies");
    const masked = prepared.map((record) => copiesOf(record, recipe));
    return {
      pass: (epoch: number) =>
        trainer.pass(
          masked.map((copies) => copies[Math.floor(random.uniform() * copies.length)]),
          epoch,
        ),
      weights: () => weightsOf(trainer.network),
      dispose: trainer.dispose,
    };
  };
  const { snapshots } = await fit<NetworkWeights, never>({
    start,
    epochs,
    file: fileOf(options, prepared),
    ...(onStep && { onStep }),
  });
  return snapshots;
}

function copiesOf({ clean, noisy, rhythms }: PreparedRecord, recipe: Recipe): TrainingRecord[] {
  const copies = [clean, ...noisy.slice(0, recipe.noisyCopies), ...rhythms.slice(0, recipe.rhythmCopies)];
  return copies.map((copy) => mask(copy, recipe.features, recipe.cnn));
}

/** By recipe, settings, and the records as they were heard. */
function fileOf({ recipe, epochs, seed }: LiveFitOptions, prepared: readonly PreparedRecord[]): string {
  const { name: _name, what: _what, ...parts } = recipe;
  const records = prepared.flatMap(({ clean, noisy, rhythms }) => [clean, ...noisy, ...rhythms]);
  return fitFile(
    "live",
    [parts, recipeShape(recipe), trainerSettings(recipe, epochs), seed],
    records.flatMap(({ name, features, targets }) => [
      name,
      new Uint8Array(features.buffer, features.byteOffset, features.byteLength),
      targets,
    ]),
  );
}
