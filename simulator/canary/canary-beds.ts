import { partitionOf } from "../../bus/shared/partition.ts";
import { CANARY_PREFIX } from "../../contracts/canary.ts";

/** Simulators on one bus take one of so many sets of names, so that each plays canaries of its own. */
export const CANARY_SETS = 16;

/** Names of a set of canaries, the n-th of which falls on partition n. `set`: 0 to CANARY_SETS − 1. */
export function canaryBeds(partitions: number, set: number): string[] {
  const beds: string[] = Array.from({ length: partitions }, () => "");
  for (let left = partitions, number = 0; left > 0; number++) {
    const bed = `${CANARY_PREFIX}${set.toString(16)}.${number}`;
    const partition = partitionOf(bed, partitions);
    if (beds[partition] !== "") continue;
    beds[partition] = bed;
    left--;
  }
  return beds;
}
