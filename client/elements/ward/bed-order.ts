import type { Priority } from "../../../contracts/condition.ts";

/** A bed that has stopped calling keeps its place in front for so long: an alarm that comes and goes moves it once. */
const KEEPS_PLACE_MS = 30_000;

/** What a bed calls for; null: for nobody. Those of low priority, and technical ones, move no bed. */
export interface Call {
  readonly bed: string;
  readonly priority: Priority | null;
}

/**
 * The order in which beds stand on the wall while those that call come first: high priority before medium, among them as they came. Who stands in
 * front stays there until it has been calm for half a minute, and nothing moves while somebody's hand is on the screen.
 */
export class BedOrder {
  /** Beds in front, with when they were last heard calling, ms. */
  private front: { bed: string; priority: Priority; lastMs: number }[] = [];

  /** `calls`: of all beds, in their usual order. `nowMs`: of any clock that only goes on. */
  arrange(calls: readonly Call[], nowMs: number, isHeld: boolean): string[] {
    const known = new Map(calls.map((call) => [call.bed, call.priority]));
    this.front = this.front.filter(({ bed }) => known.has(bed));
    if (!isHeld) this.renew(known, nowMs);
    const inFront = this.front.map(({ bed }) => bed);
    return [...inFront, ...calls.map(({ bed }) => bed).filter((bed) => !inFront.includes(bed))];
  }

  private renew(known: ReadonlyMap<string, Priority | null>, nowMs: number): void {
    for (const one of this.front) {
      const priority = known.get(one.bed) ?? null;
      if (!isUrgent(priority)) continue;
      one.lastMs = nowMs;
      // It has become more urgent; less urgent ones keep their place.
      if (priority === "high") one.priority = "high";
    }
    this.front = this.front.filter(({ lastMs }) => nowMs - lastMs <= KEEPS_PLACE_MS);
    for (const [bed, priority] of known) {
      const isThere = this.front.some((one) => one.bed === bed);
      if (!isThere && isUrgent(priority)) this.front.push({ bed, priority, lastMs: nowMs });
    }
    const of = (wanted: Priority) => this.front.filter(({ priority }) => priority === wanted);
    this.front = [...of("high"), ...of("medium")];
  }
}

const isUrgent = (priority: Priority | null): priority is "high" | "medium" =>
  priority === "high" || priority === "medium";
