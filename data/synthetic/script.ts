import { BedsideError } from "../../contracts/errors.ts";

/** Early beats among sinus beats: each `every`-th beat, or each beat with `probability`. */
export interface Ectopy {
  /** V premature ventricular, A premature atrial, F fusion. */
  readonly symbol: "V" | "A" | "F";
  readonly every?: number;
  readonly probability?: number;
  readonly focus?: Focus;
}

/** Where a ventricular beat begins: upright (right, the default) or inverted (left) in the limb lead. */
export type Focus = "right" | "left";

interface Disturbed {
  /** Standard deviation of the white noise, mV; overrides the record's. */
  readonly noiseMv?: number;
  /** Standard deviation of the noise of an electrode that moves, mV; default 0. */
  readonly motionMv?: number;
}

interface Timed extends Disturbed {
  readonly seconds: number;
}

/** One stretch of a record. Rates in beats per minute. */
export type Segment =
  | (Timed & {
      readonly rhythm: "sinus";
      readonly bpm: number;
      /** Standard deviation of the heart rate, beats/min; default 2. */
      readonly bpmDeviation?: number;
      readonly ectopy?: readonly Ectopy[];
    })
  | (Timed & { readonly rhythm: "afib"; readonly bpm: number })
  | (Disturbed & {
      readonly rhythm: "vt";
      readonly beats: number;
      readonly bpm: number;
      readonly focus?: Focus;
    })
  | (Timed & { readonly rhythm: "asystole" })
  /** No electrode: a line at the baseline, at the converter's end, or samples that are not there. */
  | (Timed & { readonly rhythm: "lead-off"; readonly form: "flat" | "rail" | "missing" });

export type Script = readonly Segment[];

/** Throws BAD_ARGUMENT, naming the segment and the field, unless every segment can be played. */
export function checkScript(script: Script): void {
  if (script.length === 0) throw new BedsideError("BAD_ARGUMENT", "a synthetic script needs at least one segment");
  script.forEach((segment, index) => {
    const within = (name: string, value: number, low: number, high: number): void => {
      if (value >= low && value <= high) return;
      const place = `segment ${index} (${segment.rhythm}) of the synthetic script`;
      throw new BedsideError("BAD_ARGUMENT", `${place}: ${name} is ${value}, must be ${low} to ${high}`);
    };
    if ("bpm" in segment) within("bpm", segment.bpm, 20, 300);
    if ("seconds" in segment) within("seconds", segment.seconds, 0.1, 86_400);
    if ("beats" in segment) within("beats", segment.beats, 1, 100_000);
    within("noiseMv", segment.noiseMv ?? 0, 0, 5);
    within("motionMv", segment.motionMv ?? 0, 0, 5);
    if (segment.rhythm === "sinus") {
      within("bpmDeviation", segment.bpmDeviation ?? 0, 0, segment.bpm / 6);
      for (const { every = 2, probability = 0 } of segment.ectopy ?? []) {
        within("ectopy.every", every, 2, 100_000);
        within("ectopy.probability", probability, 0, 1);
      }
    }
  });
}
