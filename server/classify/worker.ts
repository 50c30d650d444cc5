import { workerData } from "node:worker_threads";
import { BedsideError } from "../../contracts/errors.ts";
import type { RowModelInfo } from "../../model/rows/classifier.ts";
import { createOnnxRowClassifier } from "../../model/rows/engines/onnx.ts";
import type { PoolAnswer, PoolModel, PoolRequest } from "./pool.ts";

/** A thread of the pool: opens the graph, then answers one request after the other. */
const { info: model, graph } = workerData as PoolModel;
const opening = createOnnxRowClassifier(model, graph, 1);
opening.catch(() => {}); // Each request tells it.

export const info = (): Promise<PoolAnswer<RowModelInfo>> => answer(async () => (await opening).info);

export const classify = ({ rows, count }: PoolRequest): Promise<PoolAnswer<Float32Array>> =>
  answer(async () => (await opening).classify(rows, count));

async function answer<T>(work: () => Promise<T>): Promise<PoolAnswer<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    const code = error instanceof BedsideError ? error.code : null;
    return { failed: { code, message: error instanceof Error ? error.message : String(error) } };
  }
}
