import type { BeatClass } from "../../../contracts/beat.ts";
import { concernsLead } from "../../../contracts/condition.ts";
import { isHeardAs } from "../../../contracts/epoch.ts";
import { type Frame, leadToMillivolts } from "../../../contracts/frame.ts";
import { spanOf, type Trace } from "../../../contracts/trace-reader.ts";
import type { FoundQrs, LeadCondition, MarkedBeat, Samples, Told, TraceShape } from "./told.ts";
import { LeadTrace } from "./lead-trace.ts";
import type { DisplayFilterName } from "./display-filter.ts";
import { Losses } from "./losses.ts";
import { type QrsPlace, QrsPlaces } from "./qrs-places.ts";
import { Playout } from "./playout.ts";

/** What is kept for drawing again after a change of size, speed or gain. */
const KEPT_SECONDS = 60;
/** A hole between two epochs, so that they do not look like one recording. */
const EPOCH_GAP_SECONDS = 0.2;
const KEPT_MARKS = 400;
/** What lies further behind than frames overtake one another comes too late. */
const LATE_SECONDS = 5;

/** A beat's label on the trace. */
export interface BeatMark {
  /** Counts marks in the order they came. */
  readonly serial: number;
  readonly position: number;
  readonly beatClass: BeatClass;
}

/**
 * One bed's samples on their way to the screen. Positions count samples over all epochs: a bed's epochs follow one
 * another on the sweep. Frames may come late or twice while their samples have not been shown.
 */
export class BedTrace {
  readonly rateHz: number;
  readonly leads: readonly LeadTrace[];
  readonly marks: BeatMark[] = [];
  /** Arrival of the newest frame, in the clock of `accept`; null before the first. */
  arrivedMs: number | null = null;
  readonly losses: Losses;
  private readonly qrs = new QrsPlaces();
  private readonly playout: Playout;
  private readonly offsets = new Map<string, number>();
  private epoch: string | null = null;
  /** Behind the newest sample that has been told of. */
  private end = 0;
  /** Epoch and end of the last samples, where those were left out. */
  private late: { readonly epoch: string; readonly end: number } | null = null;
  private serial = 0;
  private filter: DisplayFilterName = "monitor";

  /** `tell`: is told all that this trace is, so that another may be the same. */
  constructor(
    { samplingRateHz, leads }: TraceShape,
    private readonly tell: (told: Told) => void = () => {},
  ) {
    this.rateHz = samplingRateHz;
    const capacity = Math.ceil(KEPT_SECONDS * samplingRateHz);
    this.leads = leads.map(({ name }) => new LeadTrace(name, samplingRateHz, capacity));
    this.playout = new Playout(samplingRateHz);
    tell({ kind: "begin", shape: { samplingRateHz, leads: leads.map(({ name }) => ({ name })) } });
    this.losses = new Losses(samplingRateHz);
  }

  /** Whether frames of this rate and these leads can follow what is here. */
  fits({ samplingRateHz, leads }: Frame | Trace): boolean {
    return (
      samplingRateHz === this.rateHz &&
      leads.length === this.leads.length &&
      leads.every(({ name }, index) => name === this.leads[index].name)
    );
  }

  /** Takes a frame that `fits`, as acceptSamples. */
  accept(frame: Frame | Trace, nowMs: number): void {
    const { epoch, firstSample } = frame;
    const count = spanOf(frame);
    const again = "again" in frame && frame.again;
    const leads = frame.leads.map((lead) => {
      if (lead.samples.length !== count) return null;
      const millivolts = new Float32Array(count);
      leadToMillivolts(lead, millivolts);
      return millivolts;
    });
    this.acceptSamples({ epoch, firstSample, count, again, leads }, nowMs);
  }

  /** Of these leads alone, by their places, samples are sent from here on. */
  send(places: readonly number[]): void {
    this.tell({ kind: "live", leads: places });
    for (const [place, lead] of this.leads.entries()) lead.send(places.includes(place));
  }

  /**
   * Takes the samples of a frame. Those of an epoch that another has followed, or far behind what is here, come too late and are left
   * out; ones that continue them are what the bed sends: what seemed to follow was a stray frame, or the count of samples begins again.
   */
  acceptSamples(samples: Samples, nowMs: number): void {
    const { count } = samples;
    if (samples.again) return this.fill(samples, nowMs);
    let position = this.positionOf(samples.epoch, samples.firstSample);
    const isLate = position !== null && (samples.epoch !== this.epoch || this.isFarBehind(position + count));
    if (!isLate || this.continuesLate(samples, count)) {
      this.late = null;
      if (position === null || isLate) position = this.join(samples);
      this.write(position, samples);
      this.arrivedMs = nowMs;
      // Where traces are drawn on another thread, no more is known here than when their head passes.
      const shownTo = Math.floor(this.playout.advance(nowMs));
      this.losses.arrived(position, count, shownTo, nowMs);
      this.playout.arrived(position + count, nowMs);
    }
    // At last, since who is told may take the samples' memory along.
    this.tell({ kind: "samples", samples, nowMs });
  }

  /** Takes samples of leads that begin with them. Those of an epoch of which nothing else has come are the first of the newest one. */
  private fill(samples: Samples, nowMs: number): void {
    this.write(this.positionOf(samples.epoch, samples.firstSample) ?? this.join(samples), samples);
    this.tell({ kind: "samples", samples, nowMs });
  }

  private write(position: number, { leads, count }: Samples): void {
    for (const [place, samples] of leads.entries()) if (samples) this.leads[place].write(position, samples);
    this.end = Math.max(this.end, position + count);
  }

  /** Marks a beat whose place is still kept, at its fiducial where that is known. */
  mark(beat: MarkedBeat): void {
    const { epoch, sample, beatClass } = beat;
    const fiducialSample = beat.fiducialSample ?? sample;
    this.tell({ kind: "mark", beat: { epoch, sample, fiducialSample, beatClass } });
    const position = this.positionOf(epoch, fiducialSample);
    const peak = this.positionOf(epoch, sample);
    if (peak !== null) this.qrs.classed(peak);
    const oldest = this.end - KEPT_SECONDS * this.rateHz;
    if (position === null || position < oldest) return;
    this.marks.push({ serial: this.serial++, position, beatClass });
    let gone = 0;
    while (this.marks[gone].position < oldest) gone++;
    this.marks.splice(0, gone);
    if (this.marks.length > KEPT_MARKS) this.marks.splice(0, KEPT_MARKS / 4);
  }

  /** A QRS has been found, whose beat's class may come. */
  find({ epoch, sample }: FoundQrs): void {
    this.tell({ kind: "qrs", qrs: { epoch, sample } });
    const position = this.positionOf(epoch, sample);
    if (position !== null) this.qrs.found(position);
  }

  /** The last QRS, in the order they came. */
  get qrsPlaces(): readonly QrsPlace[] {
    return this.qrs.places;
  }

  /** A lead-off condition is open: its lead is off from where it begins, or, where that is unknown, from the head. */
  leadOff(condition: LeadCondition): void {
    const { lead, epoch, beginSample } = condition;
    this.tell({ kind: "lead-off", condition });
    const position = this.positionOf(epoch, beginSample);
    for (const one of this.leads) if (concernsLead({ lead }, one.name)) one.beginOff(position ?? one.shown.end);
  }

  /** It has ended at its `sample`, or, where nobody has heard its end, with what is here. */
  leadOn(condition: LeadCondition): void {
    const { lead, epoch, sample, phase } = condition;
    this.tell({ kind: "lead-on", condition });
    const position = phase === "end" ? this.positionOf(epoch, sample) : null;
    for (const one of this.leads) if (concernsLead({ lead }, one.name)) one.endOff(position ?? this.end);
  }

  /** Lets the samples that are due pass to `shown`; returns the head's position, behind the last of them. */
  advance(nowMs: number): number {
    const head = Math.floor(this.playout.advance(nowMs));
    for (const lead of this.leads) lead.advance(head);
    return head;
  }

  /** By which filter its leads are shown. All views of a trace have one: the last that is asked for. */
  showBy(filter: DisplayFilterName): void {
    if (filter === this.filter) return;
    this.filter = filter;
    for (const lead of this.leads) lead.showBy(filter);
  }

  /** How far a head lies behind the newest sample, ms of the clock; null: one that is drawn as it should be. */
  lagMs(head: number | null): number {
    return this.playout.lagMs(head);
  }

  /** Mean time between frames, ms. */
  get intervalMs(): number {
    return this.playout.intervalMs;
  }

  /** Where a sample of an epoch stands; null where the epoch is not known here. */
  positionOf(epoch: string, sample: number): number | null {
    const isOwn = this.epoch !== null && !this.offsets.has(epoch) && isHeardAs(this.epoch, epoch);
    const offset = this.offsets.get(isOwn && this.epoch !== null ? this.epoch : epoch);
    return offset === undefined ? null : offset + sample;
  }

  private isFarBehind(end: number): boolean {
    return end < this.end - LATE_SECONDS * this.rateHz;
  }

  /** Whether the frame goes on where the last one ended that was left out; if not, it is the last one. */
  private continuesLate({ epoch, firstSample }: Samples, count: number): boolean {
    const { late } = this;
    this.late = { epoch, end: firstSample + count };
    return late?.epoch === epoch && late.end === firstSample;
  }

  /** Lays an epoch behind what is here and gives the position of the samples. */
  private join({ epoch, firstSample, leads }: Samples): number {
    const { end } = this;
    // Before a first frame without samples there may be some that are sent again.
    const begin = leads.includes(null) ? Math.ceil(KEPT_SECONDS * this.rateHz) : 0;
    const position = end === 0 ? begin : end + Math.round(EPOCH_GAP_SECONDS * this.rateHz);
    // Behind the others, so that the oldest is the first to be forgotten.
    this.losses.beginAt(position);
    this.offsets.delete(epoch);
    this.offsets.set(epoch, position - firstSample);
    this.epoch = epoch;
    if (this.offsets.size > 4) this.offsets.delete([...this.offsets.keys()][0]);
    return position;
  }
}
