import { CHECKPOINT_TARGETS } from "./checkpoints.ts";
import { FILE_TARGETS } from "./files.ts";
import { FRAME_TARGETS } from "./frames.ts";
import type { Target } from "./fuzz.ts";
import { ROUTE_TARGETS } from "./gateway.ts";
import { SOCKET_TARGETS } from "./socket.ts";

/** Whatever reads what others send; one that comes to it is a row. */
export const TARGETS: readonly Target[] = [
  ...FRAME_TARGETS,
  ...FILE_TARGETS,
  ...SOCKET_TARGETS,
  ...ROUTE_TARGETS,
  ...CHECKPOINT_TARGETS,
];

/** How many of `inputs` are each target's: as many as its share, and at least one. */
export function sharesOf(inputs: number, targets: readonly Target[]): ReadonlyMap<Target, number> {
  const all = targets.reduce((sum, { share }) => sum + share, 0);
  return new Map(targets.map((target) => [target, Math.max(1, Math.ceil((inputs * target.share) / all))]));
}
