import { readLeadRecordings } from "../../../data/lead-recording.ts";
import { readTrainingNoise, withRecordedNoise } from "../../augmentation/recorded-noise.ts";
import { createOnnxClassifier } from "../../engines/onnx.ts";
import { mergedShape, mergeWeights } from "../../network/merge.ts";
import type { NetworkShape } from "../../network/shape.ts";
import type { NetworkWeights } from "../../network/weights.ts";
import { infoOfShape } from "../folds.ts";
import { hear } from "../records/hear.ts";
import { exportGraphs } from "../save.ts";
import { type RecordReadings, readingsOf } from "./readings.ts";

/** Noisy copies of each record, and how strong their noise is. */
export const COPIES = 6;
export const SNR_DB = { lowest: 0, highest: 24 } as const;
/** Keeps the copies' noise apart from that of the training's. */
const SEED_STEP = 1000;

/** A record to read, and the networks that have not seen it. */
export interface HeldOutTask {
  /** PhysioNet's file tree. */
  readonly dir: string;
  /** `database/record`. */
  readonly name: string;
  readonly shape: NetworkShape;
  readonly members: readonly NetworkWeights[];
  readonly temperature: number;
  readonly seed: number;
}

/** What the networks read in the record's monitored lead, and in noisy copies of it. */
export async function heldOutReadings(task: HeldOutTask): Promise<RecordReadings> {
  const { dir, name, shape, members, temperature, seed } = task;
  const noise = await readTrainingNoise(dir);
  const large = mergedShape(shape, members.length);
  const graphs = exportGraphs(large, mergeWeights(shape, members, temperature));
  const classifier = await createOnnxClassifier(infoOfShape(large), graphs);
  const [recording] = await readLeadRecordings(dir, name);
  const copies = Array.from({ length: COPIES }, (_, copy) =>
    hear(withRecordedNoise(recording, noise, SEED_STEP * (seed + 1) + copy, SNR_DB)),
  );
  return readingsOf(classifier, hear(recording), copies).finally(() => classifier.close());
}
