import type { Annotation } from "../contracts/annotation.ts";
import type { Frame, FrameLead } from "../contracts/frame.ts";
import type { Source } from "./source.ts";

/** Some samples of a bed and what its annotators say of them. */
export interface Portion {
  readonly frame: Frame;
  readonly annotations: readonly Annotation[];
}

/** What follows when a source has been played: nothing, an epoch of its own, or the source again as if it went on. */
export type Loop = "no" | "epoch after epoch" | "in one epoch";

/** Cuts a source into frames; knows nothing of clocks but what it is told. */
export class Player {
  private position = 0;
  /** Samples of the epoch before the source began again. */
  private played = 0;
  private sequence = 0;
  private pass = 0;
  private nextAnnotation = 0;
  private epochStartMs = 0;
  private epochName: string;

  /** `epoch` names the first pass; the n-th is `epoch`-n. `frameSamples` ≥ 1. */
  constructor(
    readonly bed: string,
    private readonly source: Source,
    private readonly epoch: string,
    private readonly frameSamples: number,
    private readonly loop: Loop,
  ) {
    this.epochName = epoch;
  }

  get samplingRateHz(): number {
    return this.source.samplingRateHz;
  }

  /** Samples of the next frame; 0 when the source has been played and does not loop. */
  get nextLength(): number {
    return Math.min(this.frameSamples, this.length - this.position);
  }

  /** Index of the next frame's last sample + 1, within the pass. */
  get nextEnd(): number {
    return this.position + this.nextLength;
  }

  /** The next frame, sent at `nowMs`. Call it only while `nextLength` > 0. */
  next(nowMs: number): Portion {
    const { source, position } = this;
    const end = this.nextEnd;
    if (position === 0 && this.played === 0) this.epochStartMs = nowMs - (end / source.samplingRateHz) * 1000;
    const epoch = this.epochName;
    const frame: Frame = {
      bed: this.bed,
      epoch,
      epochStartMs: this.epochStartMs,
      sequence: this.sequence++,
      firstSample: this.played + position,
      producedAtMs: nowMs,
      samplingRateHz: source.samplingRateHz,
      leads: this.leadsOf(position, end),
      last: end === this.length && this.loop !== "in one epoch",
      source: source.name,
    };
    const annotations = this.annotationsUntil(end, epoch);
    this.position = end;
    if (end === this.length && this.loop !== "no") this.rewind();
    return { frame, annotations };
  }

  private get length(): number {
    return this.source.leads[0].samples.length;
  }

  private leadsOf(begin: number, end: number): FrameLead[] {
    const { leads } = this.source;
    const portions: FrameLead[] = [];
    for (let i = 0; i < leads.length; i++) {
      const { name, gainAduPerMv, baselineAdu, unit, samples } = leads[i];
      portions.push({ name, gainAduPerMv, baselineAdu, unit, samples: samples.subarray(begin, end) });
    }
    return portions;
  }

  private annotationsUntil(end: number, epoch: string): Annotation[] {
    const { annotations, samplingRateHz } = this.source;
    const found: Annotation[] = [];
    for (; this.nextAnnotation < annotations.length; this.nextAnnotation++) {
      const { sample, symbol, aux } = annotations[this.nextAnnotation];
      if (sample >= end) break;
      const inEpoch = this.played + sample;
      const timeMs = this.epochStartMs + (inEpoch / samplingRateHz) * 1000;
      found.push({ bed: this.bed, epoch, sample: inEpoch, samplingRateHz, timeMs, symbol, aux });
    }
    return found;
  }

  private rewind(): void {
    this.position = 0;
    this.nextAnnotation = 0;
    if (this.loop === "in one epoch") {
      this.played += this.length;
      return;
    }
    this.sequence = 0;
    this.pass++;
    this.epochName = `${this.epoch}-${this.pass + 1}`;
  }
}
