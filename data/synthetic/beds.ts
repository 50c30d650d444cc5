import type { Script } from "./script.ts";

/** A bed of the demonstration: a script of a few minutes that may be played over and over. */
export interface SyntheticBed {
  readonly name: string;
  readonly title: string;
  readonly seed: number;
  readonly script: Script;
}

/** Shown when no recordings were fetched; in most beds something happens within the first minute. */
export const SYNTHETIC_BEDS: readonly SyntheticBed[] = [
  { name: "sinus", title: "Sinus rhythm", seed: 11, script: [{ rhythm: "sinus", seconds: 240, bpm: 72 }] },
  {
    name: "atrial-beats",
    title: "Slow sinus rhythm, premature atrial beats",
    seed: 12,
    script: [{ rhythm: "sinus", seconds: 240, bpm: 58, ectopy: [{ symbol: "A", probability: 0.14 }] }],
  },
  {
    name: "bigeminy",
    title: "Premature ventricular beats, bigeminy",
    seed: 13,
    script: [
      { rhythm: "sinus", seconds: 25, bpm: 76, ectopy: [{ symbol: "V", probability: 0.12 }] },
      { rhythm: "sinus", seconds: 40, bpm: 76, ectopy: [{ symbol: "V", every: 2 }] },
      {
        rhythm: "sinus",
        seconds: 115,
        bpm: 74,
        ectopy: [
          { symbol: "V", every: 7 },
          { symbol: "F", probability: 0.06 },
        ],
      },
    ],
  },
  {
    name: "ventricular-runs",
    title: "Runs of ventricular tachycardia",
    seed: 14,
    script: [
      { rhythm: "sinus", seconds: 22, bpm: 84, ectopy: [{ symbol: "V", probability: 0.08, focus: "left" }] },
      { rhythm: "vt", beats: 4, bpm: 150, focus: "left" },
      { rhythm: "sinus", seconds: 20, bpm: 84, ectopy: [{ symbol: "V", probability: 0.1, focus: "left" }] },
      { rhythm: "vt", beats: 18, bpm: 168, focus: "left" },
      { rhythm: "sinus", seconds: 90, bpm: 80, ectopy: [{ symbol: "V", probability: 0.06, focus: "left" }] },
      { rhythm: "vt", beats: 30, bpm: 175, focus: "left" },
      { rhythm: "sinus", seconds: 60, bpm: 86 },
    ],
  },
  {
    name: "fibrillation",
    title: "Atrial fibrillation",
    seed: 15,
    script: [
      { rhythm: "afib", seconds: 180, bpm: 88 },
      { rhythm: "sinus", seconds: 40, bpm: 68 },
    ],
  },
  {
    name: "tachycardia",
    title: "Sinus tachycardia",
    seed: 16,
    script: [
      { rhythm: "sinus", seconds: 30, bpm: 96 },
      { rhythm: "sinus", seconds: 60, bpm: 146, bpmDeviation: 1 },
      { rhythm: "sinus", seconds: 90, bpm: 104 },
    ],
  },
  {
    name: "bradycardia",
    title: "Episodes of bradycardia",
    seed: 17,
    script: [
      { rhythm: "sinus", seconds: 25, bpm: 62 },
      { rhythm: "sinus", seconds: 35, bpm: 36, bpmDeviation: 1 },
      { rhythm: "sinus", seconds: 70, bpm: 60 },
      { rhythm: "sinus", seconds: 25, bpm: 34, bpmDeviation: 1 },
      { rhythm: "sinus", seconds: 45, bpm: 64 },
    ],
  },
  {
    name: "pauses",
    title: "Pauses, an electrode that comes off, a restless patient",
    seed: 18,
    script: [
      { rhythm: "sinus", seconds: 30, bpm: 66 },
      { rhythm: "asystole", seconds: 8 },
      { rhythm: "sinus", seconds: 40, bpm: 64 },
      { rhythm: "lead-off", seconds: 12, form: "rail" },
      { rhythm: "sinus", seconds: 40, bpm: 66 },
      { rhythm: "sinus", seconds: 15, bpm: 66, noiseMv: 0.05, motionMv: 0.7 },
      { rhythm: "sinus", seconds: 45, bpm: 66 },
    ],
  },
];
