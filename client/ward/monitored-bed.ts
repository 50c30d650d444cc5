import { type Admission, supersedes } from "../../contracts/admission.ts";
import { type AlarmEvent, type BedAlarms, withAlarmEvent } from "../../contracts/alarm.ts";
import type { Beat, BeatClass } from "../../contracts/beat.ts";
import type { Condition, ConditionKind } from "../../contracts/condition.ts";
import { isHeardAs } from "../../contracts/epoch.ts";
import type { Frame } from "../../contracts/frame.ts";
import { spanOf, type Trace } from "../../contracts/trace-reader.ts";
import { type HeartRate, heartRateOf } from "../../contracts/heart-rate.ts";
import { QUALITY_POLICY } from "../../contracts/quality.ts";
import type { Qrs } from "../../contracts/qrs.ts";
import type { Rhythm } from "../../contracts/rhythm.ts";
import type { Simulation } from "../../contracts/simulation.ts";
import type { Bed, Unmonitored } from "../../contracts/socket.ts";
import { type LeadLabel, pickLead } from "../../signal/leads.ts";
import { Changes } from "../changes.ts";
import { Pace } from "../truth/pace.ts";
import { GateVerdicts } from "./kept/gate-verdicts.ts";
import { KeptBeats } from "./kept/kept-beats.ts";
import { KeptConditions } from "./kept/kept-conditions.ts";
import type { Told } from "../trace/samples/told.ts";
import { BedTrace } from "../trace/samples/bed-trace.ts";

const KEPT_ANSWERS = 20;
/** Beats that a rate may need. */
const RATE_BEATS = 32;
/** Of those that came before a trace; more lie behind its edge. */
const MARKED_BEATS = 60;
/** Without a frame for so long (or three times the frames' own distance), a trace is stale. */
export const STALE_TRACE_MS = 1500;

/** What is known of one bed. Times in arguments are of `performance.now()`. */
export class MonitoredBed {
  readonly bed: string;
  /** Of anything here but samples; told by the ward. */
  readonly changes = new Changes();
  source = "";
  leads: readonly string[] = [];
  /** Index of the lead that workers prefer; before a frame has told units, by the leads' names alone. */
  private preferredLead = 0;
  /** null until the first frame. */
  trace: BedTrace | null = null;
  readonly pace = new Pace();
  /** What the model's gate made of its beats. */
  readonly gateVerdicts = new GateVerdicts();
  readonly conditions = new KeptConditions((condition, isOff) => {
    if (isOff) this.trace?.leadOff(condition);
    else this.trace?.leadOn(condition);
  });
  /** Who lies in it, as last told; null where nobody has said. */
  admission: Admission | null = null;
  /** As their events tell; null where none has come. */
  alarms: BedAlarms | null = null;
  /** The last events of alarms that a command brought about, the latest first. */
  readonly answers: AlarmEvent[] = [];
  /** What the simulator that plays it, if one does, last said of it. */
  simulation: Simulation | null = null;
  /** Why nobody monitors the bed, null where somebody does; `sinceMs` is of `performance.now()`, too. */
  unmonitored: Unmonitored | null = null;
  /** When the page heard its last from the gateway, of which it is cut off; null while it is not. Nothing is known of what came since. */
  cutOffMs: number | null = null;
  /** Names of the leads of which samples come; null: of all. */
  private sent: readonly string[] | null = null;
  /** The trace that has been told what was heard before it. */
  private begun: BedTrace | null = null;
  private epoch: string | null = null;
  private readonly keptBeats = new KeptBeats();
  /** Who looks at more of it than a ward does. */
  private readers = 0;
  private lastRhythm: Rhythm | null = null;
  private heardQuality: number | null = null;
  private eventMs = 0;
  private arrivedMs: number | null = null;
  /** When the gateway had the last frame, where none has come here. */
  private heardOfMs: number | null = null;

  /** `tell`: is told all that its trace is. */
  constructor(
    bed: string,
    private readonly tell: (bed: string, told: Told) => void = () => {},
  ) {
    this.bed = bed;
  }

  /** Index of the lead that is heard, as the last beat tells it; before the first, of the one that is preferred. */
  get monitoredLead(): number {
    const { lastBeat, epoch, leads, preferredLead } = this;
    if (!lastBeat || (epoch !== null && !isHeardAs(epoch, lastBeat.epoch))) return preferredLead;
    const heard = leads.indexOf(lastBeat.lead);
    return heard < 0 ? preferredLead : heard;
  }

  /** Oldest first. */
  get beats(): readonly Beat[] {
    return this.keptBeats.all;
  }

  /** Open conditions, by conditionKey. */
  get open(): ReadonlyMap<string, Condition> {
    return this.conditions.open;
  }

  get lastBeat(): Beat | null {
    return this.beats.at(-1) ?? null;
  }

  /**
   * Of the signal that is heard, 0 (unusable) to 1: of the last beat's reading, but no better than what is open of its lead says. null where
   * none is known of this moment, as of a bed that is not monitored.
   */
  signalQuality(nowMs: number): number | null {
    if (!this.goesOn(nowMs)) return null;
    if (this.isHeardWith("lead-off")) return 0;
    const reading = this.lastBeat?.quality ?? this.heardQuality;
    return this.isHeardWith("noisy-signal") ? Math.min(reading ?? 1, QUALITY_POLICY.noisySecond) : reading;
  }

  /** The last beat's class; null where none is known of this moment. */
  lastClass(nowMs: number): BeatClass | null {
    return this.goesOn(nowMs) ? (this.lastBeat?.beatClass ?? null) : null;
  }

  /** Somebody monitors the bed, its data come, and the page hears of both. */
  private goesOn(nowMs: number): boolean {
    const isHeard = this.unmonitored === null && this.cutOffMs === null && !this.open.has("no-data");
    return isHeard && this.staleForMs(nowMs) === null;
  }

  /** The basic rhythm; null where none is known of this moment. */
  rhythm(nowMs: number): Rhythm | null {
    const { lastRhythm } = this;
    if (!this.goesOn(nowMs) || !lastRhythm) return null;
    return this.epoch === null || isHeardAs(this.epoch, lastRhythm.epoch) ? lastRhythm : null;
  }

  /** Nothing is known of it: it was a name alone. */
  get isUnknown(): boolean {
    return (
      !this.trace &&
      !this.unmonitored &&
      !this.admission?.patient &&
      this.heardOfMs === null &&
      this.beats.length + this.open.size === 0
    );
  }

  /** What the gateway says of the bed. `clockMs`: what is added to its Unix ms gives `performance.now()`. */
  describe(bed: Bed, clockMs: number): void {
    this.source = bed.source;
    this.leads = bed.leads;
    if (!this.trace) this.preferredLead = monitoredOf(bed.leads.map((name) => ({ name, unit: "" })));
    this.heardOfMs = bed.lastFrameMs === null ? null : bed.lastFrameMs + clockMs;
    this.heardQuality = bed.quality;
    this.lastRhythm = bed.rhythm;
    this.unmonitored = bed.unmonitored && { ...bed.unmonitored, sinceMs: bed.unmonitored.sinceMs + clockMs };
  }

  /** Takes a frame; true where it changes what is known of the bed. */
  addFrame(frame: Frame | Trace, nowMs: number): boolean {
    if ("again" in frame && frame.again) {
      this.traceOf(frame).accept(frame, nowMs);
      return false;
    }
    const begins = frame.epoch !== this.epoch;
    if (begins) {
      this.epoch = frame.epoch;
      this.leads = frame.leads.map((lead) => lead.name);
      this.preferredLead = monitoredOf(frame.leads);
      this.conditions.beginEpoch(frame.epoch);
    }
    const trace = this.traceOf(frame);
    const tells = begins || frame.source !== this.source;
    this.source = frame.source;
    trace.accept(frame, nowMs);
    this.pace.arrived(frame, nowMs);
    if (begins || trace !== this.begun) this.begin(trace);
    this.arrivedMs = nowMs;
    const end = frame.firstSample + spanOf(frame);
    this.eventMs = frame.epochStartMs + (end / frame.samplingRateHz) * 1000;
    return tells;
  }

  /** The bed's trace, or another where the frame does not fit into it. */
  private traceOf(frame: Frame | Trace): BedTrace {
    if (this.trace?.fits(frame)) return this.trace;
    this.trace = new BedTrace(frame, (told) => this.tell(this.bed, told));
    this.tellSent();
    return this.trace;
  }

  /** What was heard before its samples. */
  private begin(trace: BedTrace): void {
    for (const condition of this.conditions.leadsOff) trace.leadOff(condition);
    if (trace !== this.begun) for (const beat of this.beats.slice(-MARKED_BEATS)) trace.mark(beat);
    this.begun = trace;
  }

  /** Of these leads alone samples come from here on. */
  sendOnly(names: readonly string[]): void {
    const isSame = this.sent?.length === names.length && names.every((name, place) => name === this.sent?.[place]);
    this.sent = names;
    if (!isSame) this.tellSent();
  }

  private tellSent(): void {
    const { trace, sent } = this;
    if (!trace || !sent) return;
    trace.send(trace.leads.flatMap(({ name }, place) => (sent.includes(name) ? [place] : [])));
  }

  /** Takes a beat once, wherever in time it belongs; false where it is known, or older than what is kept. */
  addBeat(beat: Beat): boolean {
    this.gateVerdicts.add(beat);
    if (!this.keptBeats.add(beat)) return false;
    this.trace?.mark(beat);
    return true;
  }

  /** Keeps many beats and conditions until what it gives is called: somebody looks at more than a ward's tile shows. */
  keepMany(): () => void {
    const keep = (by: number): void => {
      this.readers += by;
      this.keptBeats.keepMany(this.readers > 0);
      this.conditions.keepMany(this.readers > 0);
    };
    keep(1);
    return () => keep(-1);
  }

  /** One that has been found; its beat may come or not. For the trace alone. */
  addQrs(qrs: Qrs): void {
    this.trace?.find(qrs);
  }

  addCondition(condition: Condition): void {
    this.conditions.add(condition);
  }

  /** A condition of that kind is open of the lead that is heard, as the last beat tells it; before the first beat, of any. */
  private isHeardWith(kind: ConditionKind): boolean {
    return this.conditions.isOpenOf(kind, this.lastBeat?.lead ?? null);
  }

  /** False where a later one is known. */
  addRhythm(rhythm: Rhythm): boolean {
    if (this.lastRhythm?.epoch === rhythm.epoch && this.lastRhythm.sample >= rhythm.sample) return false;
    this.lastRhythm = rhythm;
    return true;
  }

  admit(admission: Admission): void {
    if (supersedes(admission, this.admission)) this.admission = admission;
  }

  addAlarm(event: AlarmEvent): void {
    this.alarms = withAlarmEvent(this.alarms, event);
    if (event.command === null) return;
    this.answers.unshift(event);
    if (this.answers.length > KEPT_ANSWERS) this.answers.pop();
  }

  /** Keeps what the simulator says; what screens ask is theirs alone. */
  addSimulation(said: Simulation): void {
    if (said.phase === "played" || said.phase === "refused") this.simulation = said;
  }

  /** Event time at this moment, Unix ms: the newest sample's, carried on by the clock. It stands while the page is cut off. */
  eventNowMs(nowMs: number): number {
    const knownMs = Math.min(nowMs, this.cutOffMs ?? nowMs);
    if (this.arrivedMs === null) return Date.now() - (nowMs - knownMs);
    return this.eventMs + Math.max(0, knownMs - this.arrivedMs);
  }

  /** Event time behind the sample that came last, Unix ms. */
  get newestMs(): number {
    return this.eventMs;
  }

  /** How long ago the last frame came, ms, where that is too long; else null. */
  staleForMs(nowMs: number): number | null {
    const lastMs = this.arrivedMs ?? this.heardOfMs;
    if (lastMs === null) return null;
    const silentMs = nowMs - lastMs;
    return silentMs > Math.max(STALE_TRACE_MS, 3 * (this.trace?.intervalMs ?? 0)) ? silentMs : null;
  }

  heartRate(nowMs: number): HeartRate {
    const { epoch } = this;
    const isOfEpoch = (one: { readonly epoch: string }): boolean => epoch !== null && isHeardAs(epoch, one.epoch);
    return heartRateOf({
      beats: this.beats.slice(-RATE_BEATS).filter(isOfEpoch),
      open: [...this.open.values()],
      ended: this.conditions.log.filter((one) => one.phase === "end" && isOfEpoch(one)),
      alarms: this.alarms?.alarms ?? [],
      nowMs: this.eventMs,
      isSilent: this.cutOffMs !== null || this.arrivedMs === null || this.staleForMs(nowMs) !== null,
      isMonitored: this.unmonitored === null,
    });
  }
}

/** Frames without an ECG are monitored by nobody: their first lead is shown. */
const monitoredOf = (leads: readonly LeadLabel[]): number => pickLead(leads) ?? 0;
