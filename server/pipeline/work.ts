import type { BusMessage } from "../../bus/bus.ts";
import type { AlarmEvent } from "../../contracts/alarm.ts";
import type { TopicEvent, TopicName } from "../../contracts/topics.ts";
import type { BedAlarms } from "../alarms/bed-alarms.ts";
import type { Bed } from "./bed/bed.ts";
import type { HeardWork } from "./bed/heard-work.ts";
import type { Provenance } from "./bed/provenance.ts";

export type { BedEvent, BeatToClassify } from "./bed/bed-event.ts";
export type { HeardWork } from "./bed/heard-work.ts";
export type { Provenance } from "./bed/provenance.ts";

/** Messages that need no classifier, e.g. a dead letter, or none at all: it keeps its place in the order. */
export interface ReadyWork {
  readonly type: "ready";
  readonly outgoing: readonly BusMessage[];
  /** The message's, where it is no frame. */
  readonly topic?: TopicName;
  /** The message that is through with it; null where the wall clock speaks. */
  readonly provenance: Provenance | null;
}

/** What is said of a bed's alarms apart from its frames, in its place among what they say: a command, the wall's clock. */
export interface AlarmWork {
  readonly type: "alarms";
  readonly bed: Bed;
  /** What is said before. */
  readonly before: readonly TopicEvent[];
  readonly say: (alarms: BedAlarms) => readonly AlarmEvent[];
  /** The command that is through with it; null where the wall clock speaks. */
  readonly provenance: Provenance | null;
}

/** One thing's way through the stages. Works keep the order of their frames from end to end. */
export type Work = HeardWork | ReadyWork | AlarmWork;

export const readyWork = (outgoing: readonly BusMessage[], provenance: Provenance | null = null): ReadyWork => ({
  type: "ready",
  outgoing,
  provenance,
});
