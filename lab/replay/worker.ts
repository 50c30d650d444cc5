import { servedBy } from "../thread-pool.ts";
import { openReplayer } from "./setting.ts";

/** A thread of the pool: opens model and noise, then replays one record after the other. */
export const run = servedBy(openReplayer);
