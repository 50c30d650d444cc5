import { Worker } from "node:worker_threads";
import { BedsideError, type ErrorCode } from "../../contracts/errors.ts";
import { ROW_LENGTH, type RowClassifier, type RowModelInfo } from "../../model/rows/classifier.ts";
import { loadRowClassifier, readRowModel, type RowEngineName } from "../../model/rows/load.ts";
import { type Deferred, deferred } from "../../kit/deferred.ts";

/** What a thread is given: reading and checking a model's folder takes longer than all else that a thread begins with. */
export interface PoolModel {
  readonly info: Omit<RowModelInfo, "engine">;
  readonly graph: Uint8Array;
}

export interface PoolRequest {
  readonly id: number;
  readonly rows: Float32Array<ArrayBuffer>;
  readonly count: number;
}

/** First of a thread: that it is ready, or why not. Then an answer to each request, in its order. */
export type PoolMessage =
  | { readonly ready: RowModelInfo }
  | { readonly id: number; readonly probabilities: Float32Array }
  | { readonly id: number | null; readonly failed: { readonly code: ErrorCode | null; readonly message: string } };

/**
 * The classifier of rows for files: with onnxruntime on threads of its own, since it runs on the thread that calls it,
 * which in a gateway has live signals to serve. A call goes to the thread with the fewest under way; a thread that dies
 * fails the calls it has, and the next call starts another. Rejects with what loading throws.
 */
export async function openRowPool(folder: string, engine: RowEngineName, threads: number): Promise<RowClassifier> {
  if (engine !== "onnx") return loadRowClassifier(folder, engine);
  const model: PoolModel = await readRowModel(folder);
  const all = Array.from({ length: threads }, () => new Thread(model));
  const close = async (): Promise<void> => void (await Promise.all(all.map((thread) => thread.close())));
  try {
    const [info] = await Promise.all(all.map(({ ready }) => ready));
    return {
      info,
      async classify(rows, count) {
        const least = Math.min(...all.map(({ load }) => load));
        const at = all.findIndex(({ load }) => load === least);
        if (all[at].isDead) all[at] = new Thread(model);
        return all[at].classify(rows, count);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A thread does not take over how its parent reads TypeScript, nor Node's option to have it read so. */
const BOOT = `import(${JSON.stringify(import.meta.resolve("tsx/esm/api"))}).then(({ register }) => {
  register();
  return import(${JSON.stringify(new URL("worker.ts", import.meta.url).href)});
});`;

class Thread {
  readonly ready: Promise<RowModelInfo>;
  isDead = false;
  private readonly loaded = deferred<RowModelInfo>();
  private readonly waiting = new Map<number, Deferred<Float32Array>>();
  private readonly worker: Worker;
  private id = 0;

  constructor({ info, graph }: PoolModel) {
    this.ready = this.loaded.promise;
    this.worker = new Worker(BOOT, { eval: true, workerData: { info, graph } });
    this.worker.on("message", (message: PoolMessage) => this.hear(message));
    this.worker.on("error", (error) => this.fail(error));
    this.worker.on("exit", () => this.fail(new Error("the classifier's thread has ended")));
  }

  /** Calls that have no answer. */
  get load(): number {
    return this.waiting.size;
  }

  async classify(rows: Float32Array, count: number): Promise<Float32Array> {
    const answer = deferred<Float32Array>();
    const request: PoolRequest = { id: this.id++, rows: rows.slice(0, count * ROW_LENGTH), count };
    this.waiting.set(request.id, answer);
    this.worker.postMessage(request, [request.rows.buffer]);
    return answer.promise;
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private hear(message: PoolMessage): void {
    if ("ready" in message) return this.loaded.resolve(message.ready);
    const answer = message.id === null ? undefined : this.waiting.get(message.id);
    if (message.id !== null) this.waiting.delete(message.id);
    if ("probabilities" in message) return answer?.resolve(message.probabilities);
    const { code, message: text } = message.failed;
    const error = code ? new BedsideError(code, text) : new Error(text);
    return answer ? answer.reject(error) : this.fail(error);
  }

  private fail(error: Error): void {
    this.isDead = true;
    this.loaded.reject(error);
    for (const answer of this.waiting.values()) answer.reject(error);
    this.waiting.clear();
  }
}
