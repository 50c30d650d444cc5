import { servedBy } from "../thread-pool.ts";
import { openAlarmReplayer } from "./setting.ts";

/** A thread of the pool: opens a model, then replays one record after the other. */
export const run = servedBy(openAlarmReplayer);
