import { Worker } from "node:worker_threads";
import { BedsideError } from "../../contracts/errors.ts";
import { type Deferred, deferred } from "../../kit/deferred.ts";
import { type Answer, valueOf } from "../../kit/thread-answer.ts";

export type Role = "writer" | "reader";

export interface Call {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

type Methods<M> = { readonly [K in keyof M]: (...args: never[]) => unknown };

/** A thread and the methods it has, each answered with a promise. */
export interface Thread<M extends Methods<M>> {
  call<K extends keyof M & string>(
    method: K,
    args: Parameters<M[K]>,
    transfer?: readonly ArrayBuffer[],
  ): Promise<Awaited<ReturnType<M[K]>>>;
  /** What waits for it is rejected. */
  end(): Promise<void>;
}

/** Starts a thread. A call rejects with what its method throws, and with HISTORY_UNAVAILABLE when the thread dies. */
export function startThread<M extends Methods<M>>(role: Role): Thread<M> {
  const worker = new Worker(new URL("./thread.mjs", import.meta.url), { workerData: { role } });
  const waiting = new Map<number, Deferred<unknown>>();
  let last = 0;
  let isOver = false;
  const fail = (why: string): void => {
    isOver = true;
    for (const { reject } of waiting.values()) reject(new BedsideError("HISTORY_UNAVAILABLE", why));
    waiting.clear();
  };
  worker.on("message", ({ id, answer }: { id: number; answer: Answer<unknown> }) => {
    const call = waiting.get(id);
    waiting.delete(id);
    try {
      call?.resolve(valueOf(answer));
    } catch (error) {
      call?.reject(error);
    }
  });
  worker.on("error", (error) => fail(`the ${role} of history has died: ${error.message}`));
  worker.on("exit", () => fail(`the ${role} of history has ended`));
  return {
    call: (method, args, transfer = []) => {
      if (isOver) return Promise.reject(new BedsideError("HISTORY_UNAVAILABLE", `the ${role} of history has ended`));
      const call = deferred<unknown>();
      waiting.set(++last, call);
      worker.postMessage({ id: last, method, args } satisfies Call, [...transfer]);
      return call.promise as Promise<Awaited<ReturnType<M[typeof method]>>>;
    },
    end: async () => {
      await worker.terminate();
    },
  };
}
