import { BedsideError } from "../../contracts/errors.ts";
import type { ReplayedRecord } from "./replay-record.ts";
import { openReplayer, type Replayer, type ReplaySetting, type ReplayTask } from "./setting.ts";

/** What a child is told: first its setting, then tasks. */
export type Order = { readonly setting: ReplaySetting } | { readonly id: number; readonly task: ReplayTask };

/** What a child says; an error's class is lost on the way, its code is not. */
export type Answer =
  | { readonly id: number; readonly result: ReplayedRecord }
  | { readonly id: number; readonly error: { readonly code: BedsideError["code"] | null; readonly message: string } };

/** The entry of a process that replays records for children.ts: one task after the other, in the order asked. */
let replayer: Promise<Replayer> | null = null;
let last: Promise<unknown> = Promise.resolve();

process.on("message", (order: Order) => {
  if ("setting" in order) {
    replayer = openReplayer(order.setting);
    replayer.catch(() => {});
  } else last = last.then(async () => process.send?.(await answer(order.id, order.task)));
});
// Whoever asked is gone.
process.on("disconnect", () => process.exit());

async function answer(id: number, task: ReplayTask): Promise<Answer> {
  try {
    if (!replayer) throw new Error("a task came before its setting");
    return { id, result: await (await replayer).run(task) };
  } catch (error) {
    const code = error instanceof BedsideError ? error.code : null;
    return { id, error: { code, message: error instanceof Error ? error.message : String(error) } };
  }
}
