import { openThreads, type ThreadPool } from "../thread-pool.ts";
import type { ReplayedRecord } from "./replay-record.ts";
import type { ReplaySetting, ReplayTask } from "./setting.ts";

export type ReplayPool = ThreadPool<ReplayTask, ReplayedRecord>;

/** `count` threads that replay records, each with a model and records of its own. */
export const openReplayPool = (setting: ReplaySetting, count: number): ReplayPool =>
  openThreads(new URL("./worker.ts", import.meta.url), setting, count);
