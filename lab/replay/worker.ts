import { workerData } from "node:worker_threads";
import { type Answer, answerOf } from "../../kit/thread-answer.ts";
import type { ReplayedRecord } from "./replay-record.ts";
import { openReplayer, type ReplaySetting, type ReplayTask } from "./setting.ts";

/** A thread of the pool: opens model and noise, then replays one record after the other. */
const opening = openReplayer(workerData as ReplaySetting);
opening.catch(() => {}); // Each task tells it.

export const run = (task: ReplayTask): Promise<Answer<ReplayedRecord>> =>
  answerOf(async () => (await opening).run(task));
