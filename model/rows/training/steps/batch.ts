import { BEAT_CLASSES } from "../../../../contracts/beat.ts";
import type { Random } from "../../../../kit/random.ts";
import type { DataAugmentation } from "../../../augmentation/data-augmentation.ts";
import { dropoutMask } from "../../../fitting/pass.ts";
import { ROW_LENGTH } from "../../classifier.ts";
import type { RowShape } from "../../network/shape.ts";
import type { RowTrainingSettings } from "../settings.ts";

const CLASSES = BEAT_CLASSES.length;

/** Rows to train on: those of `rows` [… × 187] and `labels` that `indices` names. */
export interface TrainingRows {
  readonly rows: Float32Array;
  readonly labels: Uint8Array;
  readonly indices: Uint32Array;
}

export interface Batch {
  readonly count: number;
  readonly rows: Float32Array;
  /** [count × 5], each row's target times its weight. */
  readonly targets: Float32Array;
  /** Sum of the rows' weights. */
  readonly weight: number;
  readonly lstmMask: Float32Array;
  readonly denseMask: Float32Array;
}

/** The rows of `indices`, altered, with their weighted targets and masks of what is left out. */
export function makeBatch(
  { rows, labels }: TrainingRows,
  indices: readonly number[],
  shape: RowShape,
  settings: RowTrainingSettings,
  weights: readonly number[],
  augmentation: DataAugmentation,
  random: Random,
): Batch {
  const count = indices.length;
  const batch = new Float32Array(count * ROW_LENGTH);
  const targets = new Float32Array(count * CLASSES);
  let weight = 0;
  indices.forEach((index, i) => {
    augmentation.apply(
      rows.subarray(index * ROW_LENGTH, (index + 1) * ROW_LENGTH),
      batch.subarray(i * ROW_LENGTH, (i + 1) * ROW_LENGTH),
    );
    const own = weights[labels[index]];
    targets.fill((own * settings.smoothing) / CLASSES, i * CLASSES, (i + 1) * CLASSES);
    targets[i * CLASSES + labels[index]] += own * (1 - settings.smoothing);
    weight += own;
  });
  const mask = (length: number): Float32Array => dropoutMask(length, settings.dropout, random);
  const lstmMask = mask(count * shape.units);
  return { count, rows: batch, targets, weight, lstmMask, denseMask: mask(count * shape.hidden) };
}
