import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import { writeWhole } from "../../kit/atomic-write.ts";
import { createRandom } from "../../kit/random.ts";
import { type NetworkWeights, weightsOf } from "../network/weights.ts";
import type { Tensorflow } from "../tensorflow/load.ts";
import type { PreparedRecord } from "./records/prepare.ts";
import { mask } from "./records/mask.ts";
import type { TrainingRecord } from "./records/record.ts";
import { type Recipe, recipeShape, trainerSettings } from "./settings.ts";
import { createTrainer } from "./steps/trainer.ts";

/** Hears of each step: its loss, and how much of the fit is done. */
export type OnStep = (loss: number, epoch: number, step: number, steps: number) => void;

export interface FitOptions {
  readonly tf: Tensorflow;
  readonly recipe: Recipe;
  readonly epochs: number;
  readonly seed: number;
  readonly onStep?: OnStep;
}

const folder = path.resolve(import.meta.dirname, "../../.cache/training/fits");

/**
 * Trains a network and returns its weights after each epoch. Each epoch takes, of each record, the clean one or one of
 * its copies. What was fitted is kept in .cache/ until records, recipe or seed change, beside a log of its epochs (a line
 * of JSON each): training that was stopped goes on behind its last fit.
 */
export async function fit(options: FitOptions, prepared: readonly PreparedRecord[]): Promise<NetworkWeights[]> {
  const { tf, recipe, epochs, seed, onStep } = options;
  const file = path.join(folder, fitKey(options, prepared));
  const found = await readFile(file).catch(() => null);
  if (found) return deserialize(found) as NetworkWeights[];

  const trainer = createTrainer(tf, recipeShape(recipe), trainerSettings(recipe, epochs), seed);
  const random = createRandom(seed, "copies");
  const masked = prepared.map((record) => copiesOf(record, recipe));
  const snapshots: NetworkWeights[] = [];
  const log: { readonly epoch: number; readonly loss: number; readonly seconds: number }[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    const records = masked.map((copies) => copies[Math.floor(random.uniform() * copies.length)]);
    const begun = performance.now();
    const loss = await trainer.epoch(records, (now, step, steps) => onStep?.(now, epoch, step, steps));
    snapshots.push(weightsOf(trainer.network));
    log.push({ epoch: epoch + 1, loss, seconds: (performance.now() - begun) / 1000 });
  }
  trainer.dispose();
  await writeWhole(file, serialize(snapshots));
  await writeWhole(`${file}.jsonl`, log.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return snapshots;
}

function copiesOf({ clean, noisy, rhythms }: PreparedRecord, recipe: Recipe): TrainingRecord[] {
  const copies = [clean, ...noisy.slice(0, recipe.noisyCopies), ...rhythms.slice(0, recipe.rhythmCopies)];
  return copies.map((copy) => mask(copy, recipe.features, recipe.cnn));
}

/** Of all that the fit depends on but the trainer's own code: recipe, settings, and the records as they were heard. */
function fitKey({ recipe, epochs, seed }: FitOptions, prepared: readonly PreparedRecord[]): string {
  const hash = createHash("sha256");
  const { name: _name, what: _what, ...parts } = recipe;
  hash.update(JSON.stringify([parts, recipeShape(recipe), trainerSettings(recipe, epochs), seed]));
  for (const record of prepared) {
    for (const { name, features, targets } of [record.clean, ...record.noisy, ...record.rhythms]) {
      hash.update(name).update(features).update(targets);
    }
  }
  return hash.digest("hex").slice(0, 24);
}
