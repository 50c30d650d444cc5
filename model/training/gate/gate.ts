import { readLeadRecording } from "../../../data/lead-recording.ts";
import { readTrainingNoise, withRecordedNoise } from "../../augmentation/recorded-noise.ts";
import { createOnnxClassifier } from "../../engines/onnx.ts";
import { spoiltLogit } from "../../gate/gate.ts";
import { GATE_INPUTS } from "../../gate/inputs.ts";
import type { GateWeights } from "../../gate/weights.ts";
import { mergedShape, mergeWeights } from "../../network/merge.ts";
import { exportGraphs } from "../save.ts";
import type { Tensorflow } from "../../tensorflow/load.ts";
import { type FoldsResult, infoOfShape } from "../folds.ts";
import { hear } from "../records/hear.ts";
import type { PreparedRecord } from "../records/prepare.ts";
import { type Recipe, recipeShape } from "../settings.ts";
import { fitGate } from "./fit-gate.ts";
import { type Readings, type RecordReadings, readingsOf } from "./readings.ts";

/** Noisy copies of each record, and how strong their noise is. */
const COPIES = 6;
const SNR_DB = { lowest: 0, highest: 24 } as const;
/**
 * The gate may reject this share of the scored beats of clean records: of .01, .015 and .02 tried in the folds, beyond .015 the
 * accuracy over all beats falls faster than that of V in noise rises.
 */
const REJECTED_CLEAN = 0.015;
/** Keeps the copies' noise apart from that of the training's. */
const SEED_STEP = 1000;

export interface TrainedGate {
  readonly weights: GateWeights;
  /** For the card. Shares of held-out readings, each by a gate that has not seen the record. */
  readonly settings: {
    readonly copies: number;
    readonly snrDb: { readonly lowest: number; readonly highest: number };
    readonly rejectedClean: number;
    readonly heldOutSpoiltRejected: number;
    readonly heldOutSoundRejected: number;
  };
}

export interface GateOptions {
  readonly tf: Tensorflow;
  readonly dir: string;
  readonly recipe: Recipe;
  readonly seed: number;
  readonly temperature: number;
  readonly onRecord: (done: number, total: number) => void;
}

/**
 * Learns the gate from what the folds' ensembles read in held-out records and in noisy copies of them: as the live model will
 * read patients it has not seen.
 */
export async function trainGate(
  { tf, dir, recipe, seed, temperature, onRecord }: GateOptions,
  folds: FoldsResult,
  prepared: readonly PreparedRecord[],
): Promise<TrainedGate> {
  const noise = await readTrainingNoise(dir);
  const shape = recipeShape(recipe);
  const perFold: RecordReadings[][] = [];
  let done = 0;
  for (const { heldOut, members } of folds.each) {
    const large = mergedShape(shape, members.length);
    const graphs = exportGraphs(large, mergeWeights(shape, members, temperature));
    const classifier = await createOnnxClassifier(infoOfShape(large), graphs);
    const readings: RecordReadings[] = [];
    for (const { clean } of prepared.filter(({ clean: { name } }) => heldOut.includes(name))) {
      const recording = await readLeadRecording(dir, clean.name);
      const copies = Array.from({ length: COPIES }, (_, copy) =>
        hear(withRecordedNoise(recording, noise, SEED_STEP * (seed + 1) + copy, SNR_DB)),
      );
      readings.push(await readingsOf(classifier, clean, copies));
      onRecord(++done, prepared.length);
    }
    await classifier.close();
    perFold.push(readings);
  }

  const heldOut = perFold.map((own, fold) => {
    const others = perFold.filter((_, other) => other !== fold).flat();
    const weights = fitGate(tf, others.flatMap(partsOf), seed);
    return { own, score: scorer(weights) };
  });
  const clean = heldOut.flatMap(({ own, score }) => own.flatMap((record) => score(record.clean, 0)));
  const threshold = clean.toSorted((a, b) => b - a)[Math.floor(REJECTED_CLEAN * clean.length)];
  const rejected = (fate: 0 | 1): number => {
    const scores = heldOut.flatMap(({ own, score }) =>
      own.flatMap(({ noisy }) => noisy.flatMap((part) => score(part, fate))),
    );
    return scores.filter((value) => value > threshold).length / scores.length;
  };
  const weights = fitGate(tf, perFold.flat().flatMap(partsOf), seed);
  const { weights: output, bias } = weights.output;
  return {
    weights: { ...weights, output: { weights: output, bias: Number((bias - threshold).toPrecision(7)) } },
    settings: {
      copies: COPIES,
      snrDb: SNR_DB,
      rejectedClean: REJECTED_CLEAN,
      heldOutSpoiltRejected: Number(rejected(1).toFixed(3)),
      heldOutSoundRejected: Number(rejected(0).toFixed(3)),
    },
  };
}

const partsOf = ({ clean, noisy }: RecordReadings): readonly Readings[] => [clean, ...noisy];

/** Gives the logits of a part's readings of a fate. */
function scorer(weights: GateWeights): (part: Readings, fate: 0 | 1) => number[] {
  const logit = spoiltLogit(weights);
  return ({ inputs, fates }, fate) =>
    Array.from(fates, (own, row) => (own === fate ? logit(inputs, row * GATE_INPUTS.length) : [])).flat();
}
