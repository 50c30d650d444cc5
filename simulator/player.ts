import type { Annotation } from "../contracts/annotation.ts";
import type { Injection } from "../contracts/drift.ts";
import type { Frame } from "../contracts/frame.ts";
import { sourceName } from "../contracts/source-name.ts";
import type { NoiseRecords } from "../data/injection/noise-records.ts";
import { SampleInjector } from "../data/injection/sample-injector.ts";
import type { Source } from "./source.ts";

/** Some samples of a bed and what its annotators say of them. */
export interface Portion {
  readonly frame: Frame;
  readonly annotations: readonly Annotation[];
}

/** What follows when a source has been played: nothing, an epoch of its own, or the source again as if it went on. */
export type Loop = "no" | "epoch after epoch" | "in one epoch";

/** What is mixed into a source; `noise`: the records that its kinds need. */
export interface Disturbance {
  readonly injections: readonly Injection[];
  readonly noise: NoiseRecords;
  readonly seed: number;
}

/** Cuts a source into frames, mixes what disturbs it in and says so in their source; knows nothing of clocks but what it is told. */
export class Player {
  private position = 0;
  /** Samples of the epoch before the source began again. */
  private played = 0;
  private sequence = 0;
  private pass = 0;
  private nextAnnotation = 0;
  private epochStartMs = 0;
  private epochName: string;
  private injections: readonly Injection[] = [];
  private injector: SampleInjector;
  private isCut = false;

  /** `epoch` names the first pass; the n-th is `epoch`-n. `frameSamples` ≥ 1. */
  constructor(
    readonly bed: string,
    private readonly source: Source,
    private readonly epoch: string,
    private readonly frameSamples: number,
    private readonly loop: Loop,
    disturbance: Disturbance = { injections: [], noise: {}, seed: 0 },
  ) {
    this.epochName = epoch;
    this.injector = this.disturb(disturbance);
  }

  /** From the next frame on this is mixed in, in place of what was. Throws as SampleInjector does, and leaves it as it was. */
  disturb({ injections, noise, seed }: Disturbance): SampleInjector {
    this.injector = new SampleInjector(this.source, injections, noise, seed);
    this.injections = injections;
    return this.injector;
  }

  /** The next frame is the last of its epoch, and the player's. */
  cut(): void {
    this.isCut = true;
  }

  /** It has sent something of an epoch whose last frame has not been sent. */
  get isWithinEpoch(): boolean {
    return this.position + this.played > 0;
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
      leads: this.injector.portion(position, end),
      last: this.isCut || (end === this.length && this.loop !== "in one epoch"),
      source: sourceName(source.name, this.injectionsAt(position / source.samplingRateHz)),
    };
    const annotations = this.annotationsUntil(end, epoch);
    this.position = end;
    if (end === this.length && this.loop !== "no") this.rewind();
    return { frame, annotations };
  }

  private get length(): number {
    return this.source.leads[0].samples.length;
  }

  private injectionsAt(seconds: number): Injection[] {
    return this.injections.filter(({ fromSeconds, toSeconds }) => fromSeconds <= seconds && seconds < toSeconds);
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
