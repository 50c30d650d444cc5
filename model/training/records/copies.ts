import type { NoiseRecord } from "../../../data/injection/noise-records.ts";
import type { LeadRecording } from "../../../data/lead-recording.ts";
import { withRecordedNoise } from "../../augmentation/recorded-noise.ts";
import { retime } from "../../augmentation/rhythm/retime.ts";

/** How many copies a lead has beside the clean one. */
export interface CopyCounts {
  /** With noise mixed in before the signal chain. */
  readonly noisyCopies: number;
  /** Under other rhythms; every second one noisy too. */
  readonly rhythmCopies: number;
}

export const NO_COPIES: CopyCounts = { noisyCopies: 0, rhythmCopies: 0 };

/** A copy that can be made of a recording; its name is unlike those of other copies and seeds. */
export interface CopyMaker {
  readonly name: string;
  readonly make: (recording: LeadRecording) => LeadRecording;
}

/** Keeps the noise of copies under other rhythms apart from that of noisy copies. */
const RHYTHM_NOISE = 100;

export const CLEAN: CopyMaker = { name: "clean", make: (recording) => recording };

/** The noisy copy of this number, from 1. What is drawn depends on seed, number, and the recording's record and lead. */
export const noisyCopy = (number: number, seed: number, noise: readonly NoiseRecord[]): CopyMaker => ({
  name: `noisy-${seed}-${number}`,
  make: (recording) => withRecordedNoise(recording, noise, seed + number),
});

/** The copy under other rhythms of this number, from 1. */
export const rhythmCopy = (number: number, seed: number, noise: readonly NoiseRecord[]): CopyMaker => ({
  name: `rhythm-${seed}-${number}`,
  make(recording) {
    const other = retime(recording, seed + number);
    return number % 2 === 0 ? withRecordedNoise(other, noise, seed + RHYTHM_NOISE + number) : other;
  },
});
