import type { OnStep } from "../../fitting/fit.ts";
import { loadTensorflow } from "../../tensorflow/load.ts";
import { fitLive, type LiveFit } from "../fit.ts";
import { type HeldOutTask, heldOutReadings } from "../gate/held-out.ts";
import type { RecordReadings } from "../gate/readings.ts";
import { type PreparedRecord, type PrepareOptions, prepareRecord } from "../records/prepare.ts";

/** Work of a training that depends on nothing else under way, so that each core can have a piece; by its kind, what goes in and comes out. */
export interface Jobs {
  prepare: { readonly task: PrepareOptions; readonly result: PreparedRecord };
  /** What is fitted is kept (fitFile), and read from there. */
  fit: { readonly task: LiveFit; readonly result: null };
  readings: { readonly task: HeldOutTask; readonly result: RecordReadings };
}

export type JobKind = keyof Jobs;

type Runners = { readonly [K in JobKind]: (task: Jobs[K]["task"], onStep: OnStep) => Promise<Jobs[K]["result"]> };

const RUNNERS: Runners = {
  prepare: prepareRecord,
  async fit(task, onStep) {
    await fitLive(loadTensorflow(), task, onStep);
    return null;
  },
  readings: heldOutReadings,
};

/** Does the work in this process. */
export const runJob = <K extends JobKind>(kind: K, task: Jobs[K]["task"], onStep: OnStep): Promise<Jobs[K]["result"]> =>
  RUNNERS[kind](task, onStep);
