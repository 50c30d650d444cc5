import type { StateReader, Stateful, StateWriter } from "../../state.ts";
import type { Evidence, OpenCondition } from "./open-condition.ts";
import type { Moment } from "./watch.ts";

/** An event has no length: its condition is open for so long behind the last of them, s. */
const OPEN_SECONDS = 5;

/** A condition of events, e.g. couplets: begins with one, and ends a few seconds after the last. */
export class EventCondition implements Stateful {
  private lastAt = -1;

  constructor(
    private readonly condition: OpenCondition,
    private readonly rateHz: number,
  ) {}

  happened(onset: number, evidence: Evidence, { now, emit }: Moment): void {
    this.lastAt = now;
    this.condition.begin(now, onset, evidence, emit);
  }

  check({ now, emit }: Moment): void {
    if (this.condition.open && now - this.lastAt >= OPEN_SECONDS * this.rateHz) this.condition.end(now, null, emit);
  }

  save(to: StateWriter): void {
    to.number(this.lastAt);
  }

  load(from: StateReader): void {
    this.lastAt = from.number();
  }
}
