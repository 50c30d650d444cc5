import { randomBytes, randomInt } from "node:crypto";
import type { Bus } from "../../bus/bus.ts";
import { type RunningSimulator, runSimulator } from "../simulator.ts";
import { CANARY_SETS, canaryBeds } from "./canary-beds.ts";
import { canarySource } from "./canary-source.ts";

/** Plays one canary on each partition, in real time, until it is stopped. */
export function runCanaries(bus: Pick<Bus, "publish" | "partitions">): RunningSimulator {
  const source = canarySource();
  const beds = canaryBeds(bus.partitions, randomInt(CANARY_SETS)).map((bed) => ({ bed, source }));
  const epoch = randomBytes(4).toString("hex");
  return runSimulator({ bus, beds, speed: 1, loop: "in one epoch", frameMs: 500, seed: 1, epoch });
}
