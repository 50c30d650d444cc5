import { parentPort, workerData } from "node:worker_threads";
import { BedsideError } from "../../contracts/errors.ts";
import { createOnnxRowClassifier } from "../../model/rows/engines/onnx.ts";
import type { PoolMessage, PoolModel, PoolRequest } from "./pool.ts";

/** A thread of the pool: opens the graph, then answers one request after the other. */
const port = parentPort;
if (!port) throw new Error("a thread of the pool is started by openRowPool");

const send = (message: PoolMessage): void => port.postMessage(message);
const failed = (id: number | null, error: unknown): void => {
  const code = error instanceof BedsideError ? error.code : null;
  send({ id, failed: { code, message: error instanceof Error ? error.message : String(error) } });
};

try {
  const { info, graph } = workerData as PoolModel;
  const classifier = await createOnnxRowClassifier(info, graph, 1);
  let last = Promise.resolve();
  port.on("message", ({ id, rows, count }: PoolRequest) => {
    last = last.then(() =>
      classifier.classify(rows, count).then(
        (probabilities) => send({ id, probabilities }),
        (error: unknown) => failed(id, error),
      ),
    );
  });
  send({ ready: classifier.info });
} catch (error) {
  failed(null, error);
}
