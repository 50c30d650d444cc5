import type { StateReader, StateWriter } from "./state.ts";
/** Everything after resampling runs at this rate. */
export const CHAIN_RATE_HZ = 125;
/** Samples of a beat's window at 125 Hz, and the R peak's place in it. */
export const WINDOW_LENGTH = 187;
export const WINDOW_R_INDEX = 62;

/** What the chain hears, in event time. All sample indices are the epoch's, at the input rate. */
export type ChainEvent = QrsEvent | BeatEvent | QualityEvent | WaveformEvent | GapEvent;

/** An R peak, within 0.3 s of it (or later by search-back). Drives heart rate, pauses, asystole. */
export interface QrsEvent {
  readonly type: "qrs";
  readonly sample: number;
  /** Index of the newest input sample when this was decided. */
  readonly decidedAt: number;
  /** Since the R peak before; null for the first, and after a gap. */
  readonly rrMs: number | null;
  readonly foundLate: boolean;
}

/** The same R peak again when its window is full and the next R known (≤ 2 s after R): ready to be classified. */
export interface BeatEvent {
  readonly type: "beat";
  readonly sample: number;
  readonly decidedAt: number;
  readonly rrMs: number | null;
  /** From the median of the last RR intervals, beats per minute. */
  readonly heartRateBpm: number | null;
  readonly foundLate: boolean;
  /** 0 (noise) to 1 (clean), over the window. */
  readonly signalQuality: number;
  /**
   * How like what stands before the bed's other QRS it is what stands before this one, −1 to 1: near 1 with P waves, 0 in the mean in
   * atrial fibrillation; null where that is not known.
   */
  readonly pWave: number | null;
  /** [NOISE_MEASURES.length] (signal/quality/measures.ts); a copy, owned by the receiver. */
  readonly noise: Float32Array;
  /** [187] mV-scaled and normalised, R at 62; a copy, owned by the receiver. */
  readonly window: Float32Array;
  /** [FEATURE_NAMES.length], clipped to ±3; a copy, owned by the receiver. */
  readonly features: Float32Array;
}

/** Once a second of event time. */
export interface QualityEvent {
  readonly type: "quality";
  /** End of the second judged. */
  readonly sample: number;
  /** Index of the newest input sample when this was decided. */
  readonly decidedAt: number;
  /** 0 (noise) to 1 (clean). */
  readonly signalQuality: number;
  readonly state: "good" | "noisy" | "lead-off";
  /** The lead's calibration, gain or polarity, cannot be trusted. */
  readonly isSuspect: boolean;
}

/** Once a second of event time, behind its quality. */
export interface WaveformEvent {
  readonly type: "waveform";
  /** End of the second judged. */
  readonly sample: number;
  /** Index of the newest input sample when this was decided. */
  readonly decidedAt: number;
  /** How much the last seconds look like ventricular fibrillation, flutter or rapid ventricular tachycardia, 0 to 1. */
  readonly fibrillation: number;
}

/** Samples missing (NaN or never received): detection starts afresh behind it; pending beats were given out before. */
export interface GapEvent {
  readonly type: "gap";
  /** First sample missing, and the first that is there again. */
  readonly from: number;
  readonly to: number;
  /** Index of the newest input sample when this was decided. */
  readonly decidedAt: number;
}

/** What is told of a lead that is not heard, as evidence beside the one that is. */
export type OtherEvent = QrsEvent | QualityEvent | WaveformEvent;

/** One lead's signal chain. Results do not depend on how the samples are cut into pushes. */
export interface SignalChain {
  /** Next samples in mV, NaN where missing. Events in order of decision. Cost per sample is constant. */
  push(millivolts: Float32Array, count: number, emit: (event: ChainEvent) => void): void;
  /** `count` samples are not there: as if so many NaN had been pushed, at a cost that does not grow with `count`. */
  skip(count: number, emit: (event: ChainEvent) => void): void;
  /** The epoch ends: gives out what is pending. */
  end(emit: (event: ChainEvent) => void): void;
  /** The whole state as bytes; `restore` on a chain of the same settings continues identically. */
  snapshot(): Uint8Array;
  /** Throws BAD_SNAPSHOT when the bytes are not of this version or these settings. */
  restore(bytes: Uint8Array): void;
  /** The same, as part of a larger state. */
  save(to: StateWriter): void;
  load(from: StateReader): void;
}
