import type { BusMessage } from "../../bus/bus.ts";
import type { HeardWork } from "./bed/heard-work.ts";
import type { Provenance } from "./bed/provenance.ts";

export type { BedEvent, BeatToClassify } from "./bed/bed-event.ts";
export type { HeardWork } from "./bed/heard-work.ts";
export type { Provenance } from "./bed/provenance.ts";

/** Messages that need no classifier, e.g. a dead letter, or none at all: it keeps its place in the order. */
export interface ReadyWork {
  readonly type: "ready";
  readonly outgoing: readonly BusMessage[];
  /** The message that is through with it; null where the wall clock speaks. */
  readonly provenance: Provenance | null;
}

/** One thing's way through the stages. Works keep the order of their frames from end to end. */
export type Work = HeardWork | ReadyWork;

export const readyWork = (outgoing: readonly BusMessage[], provenance: Provenance | null = null): ReadyWork => ({
  type: "ready",
  outgoing,
  provenance,
});
