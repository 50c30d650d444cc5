import { Piscina } from "piscina";
import { type Answer, valueOf } from "../../kit/thread-answer.ts";
import type { ReplayedRecord } from "./replay-record.ts";
import type { ReplaySetting, ReplayTask } from "./setting.ts";

export interface ReplayPool {
  run(task: ReplayTask): Promise<ReplayedRecord>;
  /** Fails what is under way. */
  close(): Promise<void>;
}

/** `count` threads that replay records, each with a model and records of its own. */
export function openReplayPool(setting: ReplaySetting, count: number): ReplayPool {
  const pool = new Piscina<ReplayTask, Answer<ReplayedRecord>>({
    filename: new URL("./thread.mjs", import.meta.url).href,
    workerData: setting,
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
