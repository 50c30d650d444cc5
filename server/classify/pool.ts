import { Piscina } from "piscina";
import { BedsideError } from "../../contracts/errors.ts";
import { type Answer, valueOf } from "../../kit/thread-answer.ts";
import { ROW_LENGTH, type RowClassifier, type RowModelInfo } from "../../model/rows/classifier.ts";
import type { EngineName } from "../../model/classifier.ts";
import { loadRowClassifier, readRowModel } from "../../model/rows/load.ts";

/** What a thread is given: reading and checking a model's folder takes longer than all else that a thread begins with. */
export interface PoolModel {
  readonly info: Omit<RowModelInfo, "engine">;
  readonly graph: Uint8Array;
}

export interface PoolRequest {
  readonly rows: Float32Array;
  readonly count: number;
}

/** What a thread of the pool does: the exports of worker.ts. */
interface Tasks {
  info(): Promise<Answer<RowModelInfo>>;
  classify(request: PoolRequest): Promise<Answer<Float32Array>>;
}

/** Requests that a thread has at once: while it answers one the next one waits there, not at a busy main thread. */
const AT_ONCE = 3;

/**
 * The classifier of rows for files: with onnxruntime on threads of its own, since it runs on the thread that calls it,
 * which in a gateway has live signals to serve. A thread that dies fails the calls it has, and another takes its place;
 * `close` waits for those under way and refuses others. Rejects with what loading throws.
 */
export async function openRowPool(folder: string, engine: EngineName, threads: number): Promise<RowClassifier> {
  if (engine !== "onnx") return loadRowClassifier(folder, engine);
  return classifierOn(startThreads(await readRowModel(folder), threads));
}

/** Threads that load the model at once. */
export function startThreads(model: PoolModel, threads: number): Piscina {
  const pool = new Piscina({
    filename: new URL("./thread.mjs", import.meta.url).href,
    workerData: model,
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: AT_ONCE,
  });
  // A thread that dies without a call: the next call has another.
  pool.on("error", () => {});
  return pool;
}

/** The classifier that these threads are, when all have loaded; it owns them. Rejects with what loading throws. */
export async function classifierOn(pool: Piscina): Promise<RowClassifier> {
  const underWay = new Set<Promise<unknown>>();
  let closed = false;
  const ask = async <K extends keyof Tasks>(name: K, ...[request]: Parameters<Tasks[K]>) => {
    if (closed) throw new BedsideError("ENGINE_UNAVAILABLE", "the classifier of rows has been closed");
    const asked = pool.run(request, { name });
    underWay.add(asked);
    try {
      const answer = (await asked) as Awaited<ReturnType<Tasks[K]>>;
      return valueOf<RowModelInfo | Float32Array>(answer);
    } finally {
      underWay.delete(asked);
    }
  };
  // A thread that is ended within a call of onnxruntime takes the process with it.
  const close = async (): Promise<void> => {
    closed = true;
    await Promise.allSettled(underWay);
    await pool.destroy();
  };
  try {
    const [info] = await Promise.all(Array.from(pool.threads, () => ask("info")));
    return {
      info: info as RowModelInfo,
      classify: async (rows, count) =>
        (await ask("classify", { rows: rows.slice(0, count * ROW_LENGTH), count })) as Float32Array,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
