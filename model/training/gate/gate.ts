import { byDatabase } from "../../../data/record-name.ts";
import { spoiltLogit } from "../../gate/gate.ts";
import { GATE_INPUTS } from "../../gate/inputs.ts";
import type { GateWeights } from "../../gate/weights.ts";
import type { NetworkWeights } from "../../network/weights.ts";
import type { Tensorflow } from "../../tensorflow/load.ts";
import type { FoldsResult } from "../folds.ts";
import type { JobPool } from "../jobs/pool.ts";
import { type Recipe, recipeShape } from "../settings.ts";
import { fitGate } from "./fit-gate.ts";
import { COPIES, SNR_DB } from "./held-out.ts";
import type { Readings, RecordReadings } from "./readings.ts";
import { thresholdAbove } from "./threshold.ts";

/**
 * The gate may reject this share of the scored beats of clean records, databases counting alike: of .01, .015 and .02 tried in the folds, beyond .015 the
 * accuracy over all beats falls faster than that of V in noise rises.
 */
const REJECTED_CLEAN = 0.015;

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
  readonly pool: JobPool;
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
export async function trainGate(options: GateOptions, folds: FoldsResult): Promise<TrainedGate> {
  const { tf, pool, dir, recipe, seed, temperature, onRecord } = options;
  const shape = recipeShape(recipe);
  const total = folds.each.reduce((sum, { heldOut }) => sum + heldOut.length, 0);
  let done = 0;
  const read = async (name: string, members: readonly NetworkWeights[]): Promise<Held> => {
    const readings = await pool.run("readings", { dir, name, shape, members, temperature, seed });
    onRecord(++done, total);
    return { ...readings, name };
  };
  const perFold = await Promise.all(
    folds.each.map(({ heldOut, members }) => Promise.all(heldOut.map((name) => read(name, members)))),
  );

  const heldOut = perFold.map((own, fold) => {
    const others = perFold.filter((_, other) => other !== fold).flat();
    const weights = fitGate(tf, others.flatMap(partsOf), seed);
    return { own, score: scorer(weights) };
  });
  const clean = byDatabase(
    heldOut.flatMap(({ own, score }) => own.map(({ name, clean: part }) => ({ name, scores: score(part, 0) }))),
  );
  const threshold = thresholdAbove(
    [...clean.values()].map((records) => records.flatMap(({ scores }) => scores)),
    REJECTED_CLEAN,
  );
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

/** A held-out record's readings. */
type Held = RecordReadings & { readonly name: string };

const partsOf = ({ clean, noisy }: RecordReadings): readonly Readings[] => [clean, ...noisy];

/** Gives the logits of a part's readings of a fate. */
function scorer(weights: GateWeights): (part: Readings, fate: 0 | 1) => number[] {
  const logit = spoiltLogit(weights);
  return ({ inputs, fates }, fate) =>
    Array.from(fates, (own, row) => (own === fate ? logit(inputs, row * GATE_INPUTS.length) : [])).flat();
}
