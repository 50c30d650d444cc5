import type { AlarmEvent } from "./alarm.ts";
import type { ConditionKind } from "./condition.ts";
import type { TopicEvent } from "./topics.ts";

/** Names that begin so are the canaries'; no other bed may have one, since it would be hidden. */
export const CANARY_PREFIX = "bedside-canary-";

/**
 * Whether a bed is a canary: a made-up patient whose ventricular runs travel from the simulator to every screen all the time, as proof
 * that alarms would. Canaries are in no count, list, trend or report.
 */
export const isCanary = (bed: string): boolean => bed.startsWith(CANARY_PREFIX);

/** The source of its frames. */
export const CANARY_SOURCE = "synthetic/canary";

/** What a canary's alarm is of. */
export const CANARY_KIND: ConditionKind = "ventricular-run";

/** The one topic that workers tell anything of a canary in: at the end of all that they do. */
export const CANARY_TOPIC = "alarms" satisfies TopicEvent["topic"];

/** Where a canary's alarm was raised or was over; null of all else, which proves nothing. */
export function provenBy({ alarm }: Pick<AlarmEvent, "alarm">): { epoch: string; sample: number } | null {
  return alarm?.kind === CANARY_KIND ? { epoch: alarm.epoch, sample: alarm.sample } : null;
}

/** Times of the proof, ms. */
export const PROOF = {
  /**
   * A part of the way that has said nothing for so long is broken. A canary's alarm is raised or over every 2 to 3 s, which leaves a
   * second for its way and a second until everybody has been told: within 10 s.
   */
  silentMs: 7000,
  /** A worker that begins to hear a canary learns for 12 s, and tells a run 3 s behind its first beat. */
  startingMs: 25_000,
  /** An alarm that lies further behind its canary's newest sample comes too late to prove anything. */
  lateMs: 6000,
  /** How often a gateway tells the others how it and its screens are. */
  tellEveryMs: 2000,
  /** How often it is looked after what is silent. */
  lookEveryMs: 500,
  /** What a screen has not confirmed for so long it does not show. The first of it came up to 3 s after what it confirmed last. */
  confirmMs: 5000,
  /** A screen confirms no more often. */
  confirmEveryMs: 1500,
  /** What has been silent for so long is not missed any more. */
  forgottenMs: 300_000,
} as const;
