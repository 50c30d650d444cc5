import { workerData } from "node:worker_threads";
import { Piscina } from "piscina";
import { type Answer, answerOf, valueOf } from "../kit/thread-answer.ts";

export interface ThreadPool<Task, Result> {
  run(task: Task): Promise<Result>;
  /** Fails what is under way. */
  close(): Promise<void>;
}

/** What a thread is started with. */
interface Start {
  readonly worker: string;
  readonly setting: unknown;
}

/** `count` threads, each with what `worker`, a file that exports `run` by `servedBy`, opens for `setting` of its own. */
export function openThreads<Task, Result>(worker: URL, setting: unknown, count: number): ThreadPool<Task, Result> {
  const pool = new Piscina<Task, Answer<Result>>({
    filename: new URL("./thread.mjs", import.meta.url).href,
    workerData: { worker: worker.href, setting } satisfies Start,
    minThreads: count,
    maxThreads: count,
  });
  // A thread that dies without a task: the next task has another.
  pool.on("error", () => {});
  return {
    run: async (task) => valueOf(await pool.run(task, { name: "run" })),
    close: () => pool.destroy(),
  };
}

/** In a thread: opens what the pool was given, once, and runs one task after the other with it. */
export function servedBy<Setting, Task, Result>(
  open: (setting: Setting) => Promise<{ run(task: Task): Promise<Result> }>,
): (task: Task) => Promise<Answer<Result>> {
  const opening = open((workerData as { readonly setting: Setting }).setting);
  opening.catch(() => {}); // Each task tells it.
  return (task) => answerOf(async () => (await opening).run(task));
}
