import type { Beat } from "../../contracts/beat.ts";
import type { Condition, ConditionKind } from "../../contracts/condition.ts";
import type { Frame } from "../../contracts/frame.ts";
import type { Bed } from "../../contracts/socket.ts";

/** What is kept of each bed, in messages. */
export const KEPT = { beds: 1024, beats: 2000, conditions: 200, ids: 4000 } as const;

interface BedHistory {
  info: Bed;
  readonly beats: Beat[];
  readonly conditions: Condition[];
  readonly open: Map<ConditionKind, Condition>;
  /** Ids and phases seen, oldest first: a worker that took over may send again. */
  readonly seen: Set<string>;
}

/** What a gateway knows of all beds: the last frames' header, last beats, open and past conditions. Bounded. */
export class Ward {
  private readonly beds = new Map<string, BedHistory>();

  /** `nowMs`: arrival, Unix ms. */
  frame({ bed, epoch, source, samplingRateHz, leads }: Frame, nowMs: number): void {
    const history = this.history(bed);
    if (history.info.epoch !== epoch) this.beginEpoch(history, epoch);
    history.info = {
      ...history.info,
      source,
      samplingRateHz,
      leads: leads.map((lead) => lead.name),
      lastFrameMs: nowMs,
    };
  }

  /** False when the beat was told before. */
  beat(beat: Beat): boolean {
    const history = this.history(beat.bed);
    if (!isFirst(history, beat.id)) return false;
    push(history.beats, beat, KEPT.beats);
    const { heartRateBpm, quality } = beat;
    history.info = { ...history.info, heartRateBpm, quality };
    return true;
  }

  /** False when the change was told before. */
  condition(condition: Condition): boolean {
    const history = this.history(condition.bed);
    const { id, phase, sample, kind } = condition;
    if (!isFirst(history, `${id}/${phase}/${sample}`)) return false;
    push(history.conditions, condition, KEPT.conditions);
    // A worker that takes over may give the same condition another onset: of each kind, one is open at a time.
    if (phase === "end") history.open.delete(kind);
    else history.open.set(kind, condition);
    return true;
  }

  /** Every bed that has sent a frame, b2 before b10. */
  list(): Bed[] {
    return [...this.beds.values()]
      .map(({ info }) => info)
      .filter((info) => info.lastFrameMs !== null)
      .toSorted((a, b) => a.bed.localeCompare(b.bed, "en", { numeric: true }));
  }

  /** Null where no such bed has been heard of. */
  bed(name: string): { bed: Bed; openConditions: Condition[]; conditions: Condition[] } | null {
    const history = this.beds.get(name);
    if (!history) return null;
    return { bed: history.info, openConditions: [...history.open.values()], conditions: [...history.conditions] };
  }

  /** The last `limit` beats after `sinceMs` (event time), oldest first. */
  beats(name: string, limit: number, sinceMs = Number.NEGATIVE_INFINITY): Beat[] {
    const beats = this.beds.get(name)?.beats ?? [];
    return beats.filter(({ timeMs }) => timeMs > sinceMs).slice(-limit);
  }

  openConditions(has: (bed: string) => boolean): Condition[] {
    return [...this.beds].filter(([bed]) => has(bed)).flatMap(([, { open }]) => [...open.values()]);
  }

  private history(bed: string): BedHistory {
    let history = this.beds.get(bed);
    if (history) {
      // Re-inserted: the first bed of the map is the one that was silent longest.
      this.beds.delete(bed);
    } else {
      const info: Bed = {
        bed,
        epoch: "-",
        source: "",
        samplingRateHz: 0,
        leads: [],
        lastFrameMs: null,
        heartRateBpm: null,
        quality: null,
      };
      history = { info, beats: [], conditions: [], open: new Map(), seen: new Set() };
    }
    this.beds.set(bed, history);
    if (this.beds.size > KEPT.beds) this.beds.delete(this.beds.keys().next().value ?? bed);
    return history;
  }

  /** What was open in another epoch can't be observed any more. */
  private beginEpoch(history: BedHistory, epoch: string): void {
    history.info = { ...history.info, epoch, heartRateBpm: null, quality: null };
    for (const [kind, condition] of history.open) if (condition.epoch !== epoch) history.open.delete(kind);
  }
}

function isFirst({ seen }: BedHistory, id: string): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  if (seen.size > KEPT.ids) for (const oldest of seen) return seen.delete(oldest);
  return true;
}

function push<T>(list: T[], item: T, limit: number): void {
  list.push(item);
  if (list.length > limit) list.splice(0, list.length - limit);
}
