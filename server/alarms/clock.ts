/** A moment of a bed's event time. */
export interface Moment {
  readonly epoch: string;
  /** Index within the epoch. */
  readonly sample: number;
  readonly timeMs: number;
}

/**
 * A bed's alarm clock: event time as long as that goes on, and the wall's while the bed is silent. It never goes back. What
 * counts in it (silence, pause, escalation) can neither run out nor be drawn out by a clock that jumps.
 */
export interface AlarmClock extends Moment {
  /** The clock, ms. */
  readonly ms: number;
  /** It was read back from events, and the next moment may lie further on than a step. */
  readonly restored: boolean;
}

/** What a step adds at the most: longer than the 4 s after which a bed is silent and the wall's clock goes on. */
const MAX_STEP_MS = 5000;
/** What the first step adds at the most behind a worker's death: countdowns have gone on meanwhile. */
const MAX_ABSENCE_MS = 600_000;
/** What lies no further back is heard again by a worker that took over. */
const HEARD_AGAIN_MS = 60_000;

/** The clock at `to`; null: none has been heard. */
export function clockAt(clock: AlarmClock | null, { epoch, sample, timeMs }: Moment): AlarmClock {
  const to = { epoch, sample, timeMs, restored: false };
  if (!clock) return { ...to, ms: timeMs };
  const aheadMs = timeMs - clock.timeMs;
  const isHeardAgain = epoch === clock.epoch && aheadMs <= 0 && aheadMs >= -HEARD_AGAIN_MS;
  if (isHeardAgain) return clock;
  const mostMs = clock.restored ? MAX_ABSENCE_MS : MAX_STEP_MS;
  return { ...to, ms: clock.ms + Math.min(Math.max(0, aheadMs), mostMs) };
}

/** The clock when the wall's has gone on by `elapsedMs` and nothing was heard. */
export function clockAfter(clock: AlarmClock, elapsedMs: number): AlarmClock {
  const stepMs = Math.min(Math.max(0, elapsedMs), clock.restored ? MAX_ABSENCE_MS : MAX_STEP_MS);
  return { ...clock, ms: clock.ms + stepMs, timeMs: clock.timeMs + stepMs, restored: false };
}
