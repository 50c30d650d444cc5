import type { Beat, BeatClass } from "../../../contracts/beat.ts";
import { type Frame, leadToMillivolts } from "../../../contracts/frame.ts";
import { DisplayFilter } from "./display-filter.ts";
import { Playout } from "./playout.ts";
import { SampleRing } from "./sample-ring.ts";

/** What is kept for drawing again after a change of size, speed or gain. */
const KEPT_SECONDS = 60;
/** A hole between two epochs, so that they do not look like one recording. */
const EPOCH_GAP_SECONDS = 0.2;
const KEPT_MARKS = 400;

/** A beat's label on the trace. */
export interface BeatMark {
  /** Counts marks in the order they came. */
  readonly serial: number;
  readonly position: number;
  readonly beatClass: BeatClass;
}

export interface LeadTrace {
  readonly name: string;
  /** As received, mV. */
  readonly received: SampleRing;
  /** Filtered for the eye, up to the head. */
  readonly shown: SampleRing;
  readonly filter: DisplayFilter;
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
  private readonly playout: Playout;
  private readonly offsets = new Map<string, number>();
  private epoch: string | null = null;
  private scratch = new Float32Array(0);
  private serial = 0;

  constructor({ samplingRateHz, leads }: Pick<Frame, "samplingRateHz" | "leads">) {
    this.rateHz = samplingRateHz;
    const capacity = Math.ceil(KEPT_SECONDS * samplingRateHz);
    this.leads = leads.map(({ name }) => ({
      name,
      received: new SampleRing(capacity),
      shown: new SampleRing(capacity),
      filter: new DisplayFilter(samplingRateHz),
    }));
    this.playout = new Playout(samplingRateHz);
  }

  /** Whether frames of this rate and these leads can follow what is here. */
  fits({ samplingRateHz, leads }: Frame): boolean {
    return (
      samplingRateHz === this.rateHz &&
      leads.length === this.leads.length &&
      leads.every(({ name }, index) => name === this.leads[index].name)
    );
  }

  /** Takes a frame that `fits`; one of an epoch that another has followed comes too late and is left out. */
  accept(frame: Frame, nowMs: number): void {
    const known = this.positionOf(frame.epoch, frame.firstSample);
    if (known !== null && frame.epoch !== this.epoch) return;
    const position = known ?? this.join(frame);
    const count = frame.leads[0].samples.length;
    if (this.scratch.length < count) this.scratch = new Float32Array(count);
    frame.leads.forEach((lead, index) => {
      leadToMillivolts(lead, this.scratch);
      this.leads[index].received.write(position, this.scratch, count);
    });
    this.arrivedMs = nowMs;
    this.playout.arrived(position + count, nowMs);
  }

  /** Marks a beat whose place is still kept. */
  mark({ epoch, sample, beatClass }: Pick<Beat, "epoch" | "sample" | "beatClass">): void {
    const position = this.positionOf(epoch, sample);
    if (position === null || position < this.leads[0].received.begin) return;
    this.marks.push({ serial: this.serial++, position, beatClass });
    if (this.marks.length > KEPT_MARKS) this.marks.splice(0, KEPT_MARKS / 4);
  }

  /** Lets the samples that are due pass to `shown`; returns the head's position, behind the last of them. */
  advance(nowMs: number): number {
    const head = Math.floor(this.playout.advance(nowMs));
    for (const { received, shown, filter } of this.leads) {
      if (shown.end < received.begin) {
        shown.restartAt(received.begin);
        filter.push(Number.NaN);
      }
      for (let position = shown.end; position < head; position++) shown.push(filter.push(received.at(position)));
    }
    return head;
  }

  /** Mean time between frames, ms. */
  get intervalMs(): number {
    return this.playout.intervalMs;
  }

  private positionOf(epoch: string, sample: number): number | null {
    const offset = this.offsets.get(epoch);
    return offset === undefined ? null : offset + sample;
  }

  /** Lays an epoch behind what is here and gives the position of the frame. */
  private join({ epoch, firstSample }: Frame): number {
    const { end } = this.leads[0].received;
    const position = end === 0 ? 0 : end + Math.round(EPOCH_GAP_SECONDS * this.rateHz);
    this.offsets.set(epoch, position - firstSample);
    this.epoch = epoch;
    if (this.offsets.size > 4) this.offsets.delete([...this.offsets.keys()][0]);
    return position;
  }
}
