import type { Beat } from "../../../contracts/beat.ts";
import { concernsLead, type Condition, conditionKey, type ConditionKind } from "../../../contracts/condition.ts";
import { isHeardAs } from "../../../contracts/epoch.ts";

/** What a rate may need: what has ended last. A bed's page asks for those of before. */
const OF_A_WARD = 6;
const OF_AN_OPEN_BED = 50;

/** A bed's conditions: what is open, and what was. */
export class KeptConditions {
  /** As last heard of, by conditionKey: a worker that takes over may find another onset. */
  readonly open = new Map<string, Condition>();
  /** Begun or ended ones, the latest first. */
  readonly log: Condition[] = [];
  /** What was open when the epoch began. */
  private closed: readonly Condition[] = [];
  private most = OF_A_WARD;

  /** `tellLead`: is told of each lead that is off, or is so no more. */
  constructor(private readonly tellLead: (condition: Condition, isOff: boolean) => void) {}

  add(condition: Condition): void {
    const key = conditionKey(condition);
    this.closed = this.closed.filter((other) => conditionKey(other) !== key);
    if (condition.phase === "end") this.close(condition);
    else this.open.set(key, condition);
    if (condition.kind === "lead-off" && condition.phase !== "end") this.tellLead(condition, true);
    this.remember(condition);
  }

  /** Keeps a condition's last change, whether it is open or not. */
  remember(condition: Condition): void {
    const { log } = this;
    const known = log.findIndex(({ id }) => id === condition.id);
    if (known >= 0) {
      if (log[known].phase !== "end" && log[known].sample <= condition.sample) log[known] = condition;
      return;
    }
    const place = log.findIndex(({ beginTimeMs }) => beginTimeMs <= condition.beginTimeMs);
    log.splice(place < 0 ? log.length : place, 0, condition);
    this.forget();
  }

  /** What is open at this moment; others that were open have ended unheard. */
  replaceOpen(conditions: readonly Condition[]): void {
    const keys = new Set(conditions.map(conditionKey));
    for (const condition of this.open.values()) if (!keys.has(conditionKey(condition))) this.close(condition);
    this.closed = [];
    for (const condition of conditions) this.add(condition);
  }

  /** What is open in another epoch ends; what ended so in this one is open again: a stray frame came between. */
  beginEpoch(epoch: string): void {
    const closed = [...this.open.values()].filter((condition) => !isHeardAs(epoch, condition.epoch));
    for (const condition of closed) this.close(condition);
    for (const condition of this.closed) {
      const key = conditionKey(condition);
      if (isHeardAs(epoch, condition.epoch) && !this.open.has(key)) this.open.set(key, condition);
    }
    this.closed = closed;
  }

  /** Whether many are kept from here on. */
  keepMany(isMany: boolean): void {
    this.most = isMany ? OF_AN_OPEN_BED : OF_A_WARD;
    this.forget();
  }

  get leadsOff(): Condition[] {
    return [...this.open.values()].filter(({ kind }) => kind === "lead-off");
  }

  /** A condition of that kind is open of that lead; null: of any. */
  isOpenOf(kind: ConditionKind, lead: string | null): boolean {
    return [...this.open.values()].some((one) => one.kind === kind && concernsLead(one, lead));
  }

  isLeadOff(name: string): boolean {
    return this.isOpenOf("lead-off", name);
  }

  /** Whether the beat was read while its lead was off or noisy. */
  disturbs({ timeMs, lead }: Beat): boolean {
    return this.log.some(
      (one) =>
        (one.kind === "lead-off" || one.kind === "noisy-signal") &&
        concernsLead(one, lead || null) &&
        one.beginTimeMs <= timeMs &&
        (one.phase !== "end" || timeMs < one.timeMs),
    );
  }

  private close(condition: Condition): void {
    this.open.delete(conditionKey(condition));
    if (condition.kind === "lead-off") this.tellLead(condition, false);
  }

  /** The one of which nothing has been told for longest goes first: the end of one that has lasted for hours is news. */
  private forget(): void {
    const { log, most } = this;
    while (log.length > most) {
      const oldest = log.reduce((best, one, at) => (one.timeMs <= log[best].timeMs ? at : best), 0);
      log.splice(oldest, 1);
    }
  }
}
