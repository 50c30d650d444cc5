import { workerData } from "node:worker_threads";
import { type Answer, answerOf } from "../../kit/thread-answer.ts";
import type { RowModelInfo } from "../../model/rows/classifier.ts";
import { createOnnxRowClassifier } from "../../model/rows/engines/onnx.ts";
import type { PoolModel, PoolRequest } from "./pool.ts";

/** A thread of the pool: opens the graph, then answers one request after the other. */
const { info: model, graph } = workerData as PoolModel;
const opening = createOnnxRowClassifier(model, graph, 1);
opening.catch(() => {}); // Each request tells it.

export const info = (): Promise<Answer<RowModelInfo>> => answerOf(async () => (await opening).info);

export const classify = ({ rows, count }: PoolRequest): Promise<Answer<Float32Array>> =>
  answerOf(async () => (await opening).classify(rows, count));
