import type { BedAlarms } from "../../contracts/alarm.ts";
import type { Beat } from "../../contracts/beat.ts";
import type { Frame } from "../../contracts/frame.ts";
import type { Bed } from "../../contracts/socket.ts";
import { WardBed } from "./ward-bed.ts";
import type { Refusal } from "./monitoring.ts";

/** Beds that are remembered; the one silent longest goes first. */
const KEPT_BEDS = 1024;
/** Names of which nothing but refusals are known: anybody may make up more. The one refused longest ago goes first. */
const KEPT_STRANGERS = 32;

/** Whose a message is, and in which recording of the bed, where it tells. */
export interface Placed {
  readonly bed: string;
  readonly epoch?: string;
  readonly samplingRateHz?: number;
}

/** What a gateway knows of all beds. Bounded in beds and in what is kept of each. */
export class Ward {
  private readonly beds = new Map<string, WardBed>();
  private readonly strangers = new Map<string, WardBed>();

  constructor(private readonly limit: number = KEPT_BEDS) {}

  /** `nowMs`: arrival, Unix ms; `offset`: the frame's in its partition. */
  frame(frame: Frame, nowMs: number, offset: number): void {
    const history = this.bedOf(frame);
    history.frame(frame, nowMs);
    history.monitoring.frame(nowMs, offset, frame.last);
  }

  /** What a worker refused of a bed. */
  refuse(bed: string, refusal: Refusal, nowMs: number): void {
    const known = this.beds.get(bed);
    const history = known ?? this.strangers.get(bed) ?? new WardBed(bed, "none", 0);
    history.monitoring.refusal(refusal, nowMs);
    if (!known) keepLast(this.strangers, bed, history, KEPT_STRANGERS);
  }

  /** The history of the bed of which a worker says something. `hears`: it follows from what the bed sends. */
  toldOf(placed: Placed, nowMs: number, hears = true): WardBed {
    const history = this.bedOf(placed);
    if (hears) history.monitoring.sign(nowMs);
    return history;
  }

  /** Of every bed that has alarms, or whose sound is off, b2 before b10. */
  get alarms(): BedAlarms[] {
    return [...this.beds.values()]
      .flatMap(({ alarms }) => alarms ?? [])
      .toSorted((a, b) => a.bed.localeCompare(b.bed, "en", { numeric: true }));
  }

  /** The history of the bed that a message is of, from which something has just been heard. */
  private bedOf({ bed, epoch = "", samplingRateHz = 0 }: Placed): WardBed {
    const history = this.beds.get(bed) ?? new WardBed(bed, epoch, samplingRateHz);
    keepLast(this.beds, bed, history, this.limit);
    this.strangers.delete(bed);
    return history;
  }

  /** Every bed that has sent a frame, has an open condition, an alarm or a patient, or is refused, as it is at `nowMs`, b2 before b10. */
  list(nowMs: number): Bed[] {
    return [...this.beds.values(), ...this.strangers.values()]
      .map((history) => ({
        bed: history.at(nowMs),
        hasOpen: history.openConditions.length > 0 || history.alarms !== null || Boolean(history.admission?.patient),
      }))
      .filter(({ bed, hasOpen }) => bed.lastFrameMs !== null || hasOpen || bed.unmonitored !== null)
      .map(({ bed }) => bed)
      .toSorted((a, b) => a.bed.localeCompare(b.bed, "en", { numeric: true }));
  }

  /** Undefined where no such bed has been heard of. */
  bed(name: string): WardBed | undefined {
    return this.beds.get(name) ?? this.strangers.get(name);
  }

  /** The last `limit` beats after `sinceMs` (event time, Unix ms), oldest first. */
  beats(name: string, limit: number, sinceMs = Number.NEGATIVE_INFINITY): Beat[] {
    const beats = this.beds.get(name)?.beats ?? [];
    return beats.filter(({ timeMs }) => timeMs > sinceMs).slice(-limit);
  }
}

/** Sets a map's entry anew, so that its first is the one set longest ago, which goes where there are too many. */
function keepLast<T>(map: Map<string, T>, name: string, value: T, limit: number): void {
  map.delete(name);
  map.set(name, value);
  if (map.size > limit) for (const first of map.keys()) if (map.delete(first)) break;
}
