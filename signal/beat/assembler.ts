import { type BeatEvent, WINDOW_LENGTH, WINDOW_R_INDEX } from "../events.ts";
import { beatFeatures } from "./features.ts";
import type { StateReader, StateWriter, Stateful } from "../state.ts";
import type { Calibration } from "./calibration.ts";
import type { QualityJudge } from "../quality/judge.ts";
import { Clusters } from "./clusters.ts";
import { medianOf, RunningMedian } from "./median.ts";
import { PWave } from "./p-wave.ts";
import { RrContext } from "./rr-context.ts";
import { qrsPeakToPeak } from "./shape.ts";
import type { SignalRing } from "./signal-ring.ts";

/** A QRS whose beat is not given out yet. */
export interface AwaitedBeat {
  /** R peak at the input rate, and at 125 Hz. */
  readonly sample: number;
  readonly position: number;
  readonly rrMs: number | null;
  readonly foundLate: boolean;
}

const MIN_SCALE_MILLIVOLTS = 0.1;
const SCALE_BEATS = 40;
const SAMPLES_BEHIND_R = WINDOW_LENGTH - 1 - WINDOW_R_INDEX;

/** The beat that is given out, its bed's template, and room to find its median: every bed's, one beat at a time. */
const window = new Float64Array(WINDOW_LENGTH);
const template = new Float64Array(WINDOW_LENGTH);
const sorted = new Float64Array(WINDOW_LENGTH);

/**
 * Turns QRS into beats ready to be classified: waits for window and next R, or a deadline; cuts the window, describes
 * the beat by the bed's history, then adds it to that history. All happens in order of the beats, when they are given out.
 */
export class BeatAssembler implements Stateful {
  private readonly clusters = new Clusters();
  private readonly rr = new RrContext();
  private readonly pWave = new PWave();
  private readonly peaks = new RunningMedian(SCALE_BEATS);
  private readonly previous = new Float64Array(WINDOW_LENGTH);
  /** Where its R peak is, at 125 Hz; −1 where there is none. */
  private previousPosition = -1;
  private pending: AwaitedBeat[] = [];
  private seen = 0;

  /**
   * `ring`: the band-passed signal; `maxWait`: samples at 125 Hz a beat waits at most for the next R;
   * `quality`: of the same signal; `calibration`: is told each beat.
   */
  constructor(
    private readonly ring: SignalRing,
    private readonly maxWait: number,
    private readonly quality: Pick<QualityJudge, "over" | "around">,
    private readonly calibration: Pick<Calibration, "add">,
  ) {}

  /** The bed's usual QRS size: median peak to peak of the last 40 beats, mV; NaN before the first. */
  get scale(): number {
    return Math.max(MIN_SCALE_MILLIVOLTS, this.peaks.median);
  }

  add(beat: AwaitedBeat): void {
    this.pending.push(beat);
  }

  /** Gives out what is ready, once a sample at 125 Hz. */
  step(decidedAt: number, emit: (event: BeatEvent) => void): void {
    while (this.pending.length > 0) {
      const age = this.ring.end - 1 - this.pending[0].position;
      if (age < SAMPLES_BEHIND_R || (this.pending.length < 2 && age < this.maxWait)) return;
      this.giveOut(decidedAt, emit);
    }
  }

  /** Gives out all, complete or not: nothing follows. */
  interrupt(decidedAt: number, emit: (event: BeatEvent) => void): void {
    while (this.pending.length > 0) this.giveOut(decidedAt, emit);
    this.rr.interrupt();
  }

  save(to: StateWriter): void {
    for (const part of [this.clusters, this.rr, this.pWave, this.peaks]) to.part(part);
    this.savePrevious(to);
    to.number(this.seen);
    to.number(this.pending.length);
    for (const { sample, position, rrMs, foundLate } of this.pending) {
      to.number(sample);
      to.number(position);
      to.number(rrMs ?? Number.NaN);
      to.flag(foundLate);
    }
  }

  load(from: StateReader): void {
    for (const part of [this.clusters, this.rr, this.pWave, this.peaks]) from.part(part);
    this.previousPosition = from.number();
    if (from.flag()) this.cut(this.previousPosition, this.previous);
    else from.into(this.previous);
    this.seen = from.number();
    const count = from.number();
    this.pending = [];
    for (let i = 0; i < count; i++) {
      const sample = from.number();
      const position = from.number();
      const rrMs = from.number();
      this.pending.push({ sample, position, rrMs: Number.isNaN(rrMs) ? null : rrMs, foundLate: from.flag() });
    }
  }

  private giveOut(decidedAt: number, emit: (event: BeatEvent) => void): void {
    const beat = this.pending.shift();
    if (!beat) return;
    this.cut(beat.position, window);
    const { previous } = this;
    this.peaks.push(qrsPeakToPeak(window));
    this.calibration.add(window, beat.position, beat.rrMs);
    const { scale } = this;
    if (!this.clusters.dominantTemplate(template)) template.set(window);
    if (this.seen === 0) previous.set(window);
    const rr = this.rr.add(seconds(beat.rrMs), seconds(this.pending[0]?.rrMs ?? null));
    const kinship = this.clusters.add(window);
    const features = beatFeatures({ rr, window, template, previous, kinship, scale });
    previous.set(window);
    this.previousPosition = beat.position;
    this.seen++;
    const begin = beat.position - WINDOW_R_INDEX;
    emit({
      type: "beat",
      sample: beat.sample,
      decidedAt,
      rrMs: beat.rrMs,
      heartRateBpm: this.rr.heartRateBpm,
      foundLate: beat.foundLate,
      signalQuality: this.quality.over(begin, begin + WINDOW_LENGTH, scale),
      pWave: this.pWave.add(window, kinship.dominant),
      noise: this.quality.around(beat.position, scale),
      window: scaled(window, scale),
      features,
    });
  }

  /** The window around `position`, mV, minus its median: what lies between the waves is zero. */
  private cut(position: number, out: Float64Array): void {
    this.ring.cut(position - WINDOW_R_INDEX, out);
    sorted.set(out);
    const baseline = medianOf(sorted);
    for (let i = 0; i < out.length; i++) out[i] -= baseline;
  }

  /** As its place, where the ring, which is saved before it, has it still to the bit. */
  private savePrevious(to: StateWriter): void {
    const { previous, previousPosition } = this;
    this.cut(previousPosition, window);
    const isInRing = previous.every((value, i) => Object.is(value, window[i]));
    to.number(previousPosition);
    to.flag(isInRing);
    if (!isInRing) to.array(previous);
  }
}

const seconds = (ms: number | null): number => (ms === null ? Number.NaN : ms / 1000);

function scaled(values: Float64Array, scale: number): Float32Array {
  const out = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = values[i] / scale;
  return out;
}
