import { type Admission, supersedes } from "../../contracts/admission.ts";
import { type AlarmEvent, type BedAlarms, withAlarmEvent } from "../../contracts/alarm.ts";
import type { Beat } from "../../contracts/beat.ts";
import { concernsLead, type Condition, conditionKey } from "../../contracts/condition.ts";
import { isHeardAs } from "../../contracts/epoch.ts";
import { type Frame, frameEnd, sampleCount } from "../../contracts/frame.ts";
import { type HeartRate, heartRateOf } from "../../contracts/heart-rate.ts";
import type { Qrs } from "../../contracts/qrs.ts";
import type { Rhythm } from "../../contracts/rhythm.ts";
import type { Simulation } from "../../contracts/simulation.ts";
import type { Bed } from "../../contracts/socket.ts";
import { Monitoring } from "./monitoring.ts";
import { Recent } from "./recent.ts";

/** What is kept of a bed: messages, epochs, and kinds of open conditions. */
export const KEPT_OF_BED = { beats: 1000, conditions: 250, alarmEvents: 250, epochs: 8, open: 32 } as const;
/** Characters of a lead's name and of a source, and leads. */
const MAX_WORD = 64;
const MAX_LEADS = 32;

/** Beats that a rate may need. */
const RATE_BEATS = 32;
/** Without a frame for so long (or three times a frame's length), a rate says nothing of this moment. */
const SILENT_MS = 1500;

/** Place of a message in its bed's event time. */
type Placed = Pick<Beat, "epoch" | "sample">;

/** One bed as the bus tells of it: its last frame, last beats and conditions, and which conditions are open. */
export class WardBed {
  readonly monitoring = new Monitoring();
  private described: Omit<Bed, "unmonitored" | "heartRate">;
  /** Event time at the end of the last frame, Unix ms, and its length, ms. */
  private eventMs = 0;
  private frameMs = 0;
  private readonly pastEpochs: string[] = [];
  private readonly recentBeats = new Recent<Beat>(KEPT_OF_BED.beats);
  /** The last of the epoch, in event time. */
  private rateBeats: Beat[] = [];
  private readonly recentConditions = new Recent<Condition>(KEPT_OF_BED.conditions);
  private readonly open = new Map<string, Condition>();
  /** What was open in the epoch before, when another one began. */
  private left: { readonly epoch: string; readonly open: readonly (readonly [string, Condition])[] } | null = null;
  /** The lead that is heard: the last beat's. */
  private lastQrs: Pick<Qrs, "epoch" | "sample"> | null = null;
  private heardLead: string | null = null;
  private lastFrameEpoch = "";
  private readonly recentAlarmEvents = new Recent<AlarmEvent>(KEPT_OF_BED.alarmEvents);
  private told: BedAlarms | null = null;
  /** Who lies in it, as last told; null where nobody has said. */
  admission: Admission | null = null;
  /** What the simulator that plays it last said of it; null where none has. */
  simulation: Simulation | null = null;

  constructor(bed: string, epoch: string, samplingRateHz: number) {
    const unknown = { source: "", leads: [], lastFrameMs: null, quality: null, rhythm: null };
    this.described = { bed, epoch, samplingRateHz, ...unknown };
  }

  /** The last state, as its messages gave it. */
  get info(): Omit<Bed, "unmonitored" | "heartRate"> {
    return this.described;
  }

  /** The state at this moment, as lists give it. `nowMs`: Unix ms. */
  at(nowMs: number): Bed {
    const open = [...this.open.values()].filter((condition) => concernsLead(condition, this.heardLead));
    const unmonitored = this.monitoring.fault(
      nowMs,
      open.map(({ kind }) => kind),
    );
    const heartRate = this.heartRate(nowMs, unmonitored === null);
    return unmonitored
      ? { ...this.described, heartRate, quality: null, rhythm: null, unmonitored }
      : { ...this.described, heartRate, unmonitored };
  }

  private heartRate(nowMs: number, isMonitored: boolean): HeartRate {
    const { lastFrameMs } = this.described;
    const isSilent = lastFrameMs === null || nowMs - lastFrameMs > Math.max(SILENT_MS, 3 * this.frameMs);
    const beats = this.rateBeats;
    const open = [...this.open.values()];
    const alarms = this.told?.alarms ?? [];
    const ended = this.conditions.filter(
      ({ phase, epoch }) => phase === "end" && isHeardAs(epoch, this.described.epoch),
    );
    return heartRateOf({ beats, open, ended, alarms, nowMs: this.eventMs, isSilent, isMonitored });
  }

  /** Oldest first. */
  get openConditions(): Condition[] {
    return [...this.open.values()].toSorted((a, b) => a.beginTimeMs - b.beginTimeMs);
  }

  /** Changes of conditions, oldest first. */
  get conditions(): Condition[] {
    return this.recentConditions.values();
  }

  /** Its alarms; null where there are none, and none that could not sound. */
  get alarms(): BedAlarms | null {
    const { told } = this;
    return told && (told.alarms.length > 0 || told.silence || told.pause) ? told : null;
  }

  /** Steps of its alarms, oldest first. */
  get alarmEvents(): AlarmEvent[] {
    return this.recentAlarmEvents.values();
  }

  /** In event time: a beat that search-back found arrives behind its successors. */
  get beats(): Beat[] {
    return this.recentBeats.values().toSorted((a, b) => a.timeMs - b.timeMs);
  }

  /** `nowMs`: arrival, Unix ms. */
  frame(frame: Frame, nowMs: number): void {
    const { epoch, epochStartMs, source, samplingRateHz, leads } = frame;
    if (!this.enterWithFrame(epoch)) return;
    const names = leads.slice(0, MAX_LEADS).map((lead) => lead.name.slice(0, MAX_WORD));
    const words = { source: source.slice(0, MAX_WORD), leads: names };
    this.described = { ...this.described, ...words, samplingRateHz, lastFrameMs: nowMs };
    this.eventMs = epochStartMs + (frameEnd(frame) / samplingRateHz) * 1000;
    this.frameMs = (sampleCount(frame) / samplingRateHz) * 1000;
  }

  /** False when the beat was told before: a worker that takes over sends some again. */
  beat(beat: Beat): boolean {
    if (isForgotten(beat, this.recentBeats) || !this.recentBeats.add(beat.id, beat)) return false;
    const { quality, lead } = beat;
    if (!this.enter(beat.epoch)) return true;
    this.described = { ...this.described, quality };
    this.heardLead = lead;
    this.rateBeats = [...this.rateBeats, beat].toSorted((a, b) => a.timeMs - b.timeMs).slice(-RATE_BEATS);
    return true;
  }

  /** False when it was told before: they are told in order. */
  qrs({ epoch, sample }: Qrs): boolean {
    const last = this.lastQrs;
    if (last?.epoch === epoch && last.sample >= sample) return false;
    this.lastQrs = { epoch, sample };
    return true;
  }

  /** False when it was told before, or another since. */
  rhythm(rhythm: Rhythm): boolean {
    const last = this.described.rhythm;
    if (last?.epoch === rhythm.epoch && last.sample >= rhythm.sample) return false;
    if (this.enter(rhythm.epoch)) this.described = { ...this.described, rhythm };
    return true;
  }

  /** False when the change was told before. */
  condition(condition: Condition): boolean {
    const { id, phase, sample, epoch } = condition;
    const told = this.recentConditions;
    if (isForgotten(condition, told) || !told.add(`${id}/${phase}/${sample}`, condition)) return false;
    if (!this.enter(epoch)) return true;
    // A worker that takes over may give a condition another onset: of each kind, one is open at a time.
    const key = conditionKey(condition);
    if (phase === "end") this.open.delete(key);
    else if (this.open.has(key) || this.open.size < KEPT_OF_BED.open) this.open.set(key, condition);
    return true;
  }

  /** False when the step was told before. Alarms outlive the epoch that they began in. */
  alarm(event: AlarmEvent): boolean {
    const { sequence, step, clockMs, alarm } = event;
    if (!this.recentAlarmEvents.add(`${sequence}/${step}/${clockMs}/${alarm?.id}`, event)) return false;
    this.told = withAlarmEvent(this.told, event);
    return true;
  }

  /** False where another change holds. */
  admitted(admission: Admission): boolean {
    if (!supersedes(admission, this.admission)) return false;
    this.admission = admission;
    return true;
  }

  /** Requests are passed on, and what answers them is kept. */
  simulated(simulation: Simulation): boolean {
    if (simulation.phase === "played" || simulation.phase === "refused") this.simulation = simulation;
    return true;
  }

  /**
   * As `enter`, for frames: a past epoch becomes the current one again with the second of its frames on end, since the one that seemed
   * to follow it was a stray frame's; what was open in it still is.
   */
  private enterWithFrame(epoch: string): boolean {
    const { left, described } = this;
    const isAgain = this.lastFrameEpoch === epoch;
    this.lastFrameEpoch = epoch;
    if (isHeardAs(epoch, described.epoch)) return true;
    const returnsTo = left && isHeardAs(epoch, left.epoch) ? left : { epoch, open: [] };
    if (this.enter(returnsTo.epoch)) return true;
    if (!isAgain) return false;
    this.pastEpochs.splice(this.pastEpochs.indexOf(returnsTo.epoch), 1);
    this.enter(returnsTo.epoch);
    for (const [key, condition] of returnsTo.open) this.open.set(key, condition);
    return true;
  }

  /** True when `epoch` is the bed's current one, which it becomes unless it is past. What was open in another ends. */
  private enter(epoch: string): boolean {
    const current = this.described.epoch;
    if (epoch === current) return true;
    if (this.pastEpochs.includes(epoch)) return false;
    this.pastEpochs.push(current);
    if (this.pastEpochs.length > KEPT_OF_BED.epochs) this.pastEpochs.shift();
    this.described = { ...this.described, epoch, quality: null, rhythm: null };
    this.heardLead = null;
    this.rateBeats = [];
    this.left = { epoch: current, open: [...this.open] };
    this.open.clear();
    return true;
  }
}

/** Lies before all that is kept of its epoch, where there was more: it was told and has been displaced. */
function isForgotten<T extends Placed>({ epoch, sample }: Placed, { isFull, oldest }: Recent<T>): boolean {
  return isFull && oldest !== undefined && oldest.epoch === epoch && sample < oldest.sample;
}
