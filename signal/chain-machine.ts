import { BeatAssembler } from "./beat/assembler.ts";
import { SignalRing } from "./beat/signal-ring.ts";
import { type Block, MAX_BLOCK, returnBlock, takeBlock } from "./block.ts";
import { CHAIN_RATE_HZ, type ChainEvent } from "./events.ts";
import { Filter } from "./filters.ts";
import { BRIDGED_SECONDS, MissingSamples } from "./missing-samples.ts";
import { MORPHOLOGY_BAND } from "./morphology-band.ts";
import { QrsDetector } from "./qrs/detector.ts";
import { GivenPeaks } from "./qrs/given-peaks.ts";
import type { QrsSource } from "./qrs/source.ts";
import { Calibration } from "./beat/calibration.ts";
import { QualityJudge } from "./quality/judge.ts";
import { Resampler } from "./resample.ts";
import type { StateReader, StateWriter, Stateful } from "./state.ts";
import { FibrillationJudge } from "./waveform/fibrillation-judge.ts";

type Emit = (event: ChainEvent) => void;

/** A beat is given out this long after R at the latest. */
const DEADLINE_SECONDS = 2;
/** A QRS is decided this long after R: at an end, so much is appended for the detector to finish. */
const DETECTION_SECONDS = 0.3;

/**
 * The parts of the chain and the order they are called in. Curves that no decision feeds back into (resampling, filters,
 * energy) are computed a block ahead; decisions follow sample by sample, so that they know nothing of what comes behind.
 * Nothing here is allocated per sample.
 */
export class ChainMachine implements Stateful {
  private readonly missing: MissingSamples;
  private readonly resampler: Resampler;
  private readonly band = new Filter(MORPHOLOGY_BAND);
  private readonly ring = new SignalRing();
  private readonly detector: QrsSource;
  private readonly quality = new QualityJudge();
  private readonly calibration = new Calibration();
  private readonly fibrillation = new FibrillationJudge(this.ring);
  private readonly assembler: BeatAssembler;
  private readonly drainLength: number;
  private emit: Emit = ignore;
  /** Index of the newest input sample that what is decided depends on. */
  private decidedAt = -1;
  private last = Number.NaN;
  /** R peak before, at the input rate; NaN at the start and behind a gap. */
  private lastR = Number.NaN;
  /** Samples from this index on are not the bed's. */
  private limit = Number.POSITIVE_INFINITY;

  /** `rPeaks`: input samples to take as R peaks in place of those the detector would find. */
  constructor(
    private readonly rateHz: number,
    rPeaks?: readonly number[],
  ) {
    this.resampler = new Resampler(rateHz);
    this.detector = rPeaks ? new GivenPeaks(rPeaks, this.resampler.ratio) : new QrsDetector();
    this.missing = new MissingSamples(rateHz, {
      samples: (millivolts, begin, end, heldUntil) => this.take(millivolts, begin, end, heldUntil),
      interrupted: (from) => this.interrupt(from),
      resumed: (from, to) => this.resume(from, to),
    });
    const delaySeconds = this.resampler.delaySeconds + 1 / CHAIN_RATE_HZ + BRIDGED_SECONDS;
    const maxWait = Math.floor((DEADLINE_SECONDS - delaySeconds) * CHAIN_RATE_HZ) - 1;
    this.assembler = new BeatAssembler(this.ring, maxWait, this.quality, this.calibration);
    this.drainLength = Math.ceil((DETECTION_SECONDS + this.resampler.delaySeconds) * rateHz);
  }

  push(millivolts: Float32Array, count: number, emit: Emit): void {
    this.emit = emit;
    this.missing.push(millivolts, count);
    this.emit = ignore;
  }

  skip(count: number, emit: Emit): void {
    this.emit = emit;
    this.missing.skip(count);
    this.emit = ignore;
  }

  end(emit: Emit): void {
    this.emit = emit;
    this.missing.end();
    this.emit = ignore;
  }

  save(to: StateWriter): void {
    for (const part of this.parts()) to.part(part);
    to.number(this.last);
    to.number(this.lastR);
  }

  load(from: StateReader): void {
    for (const part of this.parts()) from.part(part);
    this.last = from.number();
    this.lastR = from.number();
  }

  private parts(): Stateful[] {
    const { missing, resampler, band, ring, detector, quality, calibration, assembler } = this;
    return [missing, resampler, band, ring, detector, quality, calibration, assembler];
  }

  private take(millivolts: Float32Array | Float64Array, begin: number, end: number, heldUntil: number): void {
    const { resampler } = this;
    const block = takeBlock();
    this.last = millivolts[end - 1];
    for (let at = begin; at < end; at += resampler.room) {
      resampler.feed(millivolts, at, Math.min(end, at + resampler.room));
      for (;;) {
        const first = resampler.nextOutput;
        const count = resampler.read(block.raw, MAX_BLOCK);
        if (count === 0) break;
        this.hear(block, first, count, heldUntil);
      }
    }
    returnBlock(block);
  }

  /** A block whose first sample has index `first` at 125 Hz. */
  private hear({ raw, band, energy }: Block, first: number, count: number, heldUntil: number): void {
    const { ring, detector, quality, assembler, resampler } = this;
    this.band.run(raw, band, count);
    detector.hear(raw, energy, count);
    for (let from = 0, to = 0; from < count; from = to) {
      to = Math.min(count, from + quality.room);
      let second = false;
      for (let i = from; i < to; i++) {
        this.decidedAt = Math.max(heldUntil, resampler.releasedBy(first + i));
        // Complete with its last sample, not before: a beat that is given out earlier knows nothing of it.
        if (i === to - 1) second = quality.push(raw, band, from, to);
        ring.push(band[i]);
        detector.step(energy[i], this.onQrs);
        assembler.step(this.decidedAt, this.emit);
      }
      if (second) this.judge();
    }
  }

  /** The last value is held on until the detector has decided on all that was there; then all is given out. */
  private interrupt(from: number): void {
    this.decidedAt = this.missing.received - 1;
    if (!Number.isNaN(this.last)) {
      this.limit = from;
      const block = takeBlock();
      this.drain(block);
      returnBlock(block);
      this.limit = Number.POSITIVE_INFINITY;
    }
    this.assembler.interrupt(this.decidedAt, this.emit);
    this.last = Number.NaN;
    this.lastR = Number.NaN;
  }

  private drain({ raw, band, energy }: Block): void {
    const { resampler } = this;
    const longest = Math.min(resampler.room, this.drainLength);
    if (lasting.length < longest) lasting = new Float64Array(longest);
    for (let left = this.drainLength; left > 0; left -= longest) {
      const length = Math.min(left, longest);
      lasting.fill(this.last, 0, length);
      resampler.feed(lasting, 0, length);
      for (;;) {
        const count = resampler.read(raw, MAX_BLOCK);
        if (count === 0) break;
        this.band.run(raw, band, count);
        this.detector.hear(raw, energy, count);
        for (let i = 0; i < count; i++) {
          this.ring.push(band[i]);
          this.detector.step(energy[i], this.onQrs);
        }
      }
    }
  }

  private resume(from: number, to: number): void {
    this.resampler.reset(to);
    this.band.reset();
    this.ring.reset(this.resampler.nextOutput);
    this.detector.reset(this.resampler.nextOutput);
    this.quality.reset(this.resampler.nextOutput);
    this.emit({ type: "gap", from, to, decidedAt: this.missing.received - 1 });
  }

  private readonly onQrs = (position125: number, foundLate: boolean): void => {
    const sample = Math.max(0, Math.round(this.resampler.toInput(position125)));
    if (sample >= this.limit) return;
    const rrMs = Number.isNaN(this.lastR) ? null : ((sample - this.lastR) / this.rateHz) * 1000;
    this.lastR = sample;
    this.emit({ type: "qrs", sample, decidedAt: this.decidedAt, rrMs, foundLate });
    this.assembler.add({ sample, position: Math.round(position125), rrMs, foundLate });
  };

  private judge(): void {
    const sample = Math.min(this.decidedAt, Math.round(this.resampler.toInput(this.ring.end)));
    const { signalQuality, state } = this.quality.second(this.assembler.scale);
    if (state === "lead-off") this.calibration.forget();
    const { isSuspect } = this.calibration;
    this.emit({ type: "quality", sample, decidedAt: this.decidedAt, signalQuality, state, isSuspect });
    const fibrillation = this.fibrillation.second();
    this.emit({ type: "waveform", sample, decidedAt: this.decidedAt, fibrillation });
  }
}

/** A value that is held on, for all chains. */
let lasting = new Float64Array(0);

function ignore(): void {}
