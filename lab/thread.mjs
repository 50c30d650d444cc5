// What a pool's threads start with: Node 20 lets them take over neither how their parent reads TypeScript nor the
// option that has it read so.
import { workerData } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
export const { run } = await import(workerData.worker);
