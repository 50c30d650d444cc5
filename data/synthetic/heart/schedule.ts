import { createRandom, type Random } from "../../../kit/random.ts";
import type { Ectopy, Focus, Script, Segment } from "../script.ts";
import type { BeatForm } from "./morphology.ts";
import { createRrProcess, RR_SPECTRUM } from "./rr-process.ts";

/** A heart beat to be drawn: its R peak lies at `timeS`. */
export interface ScheduledBeat {
  readonly timeS: number;
  readonly form: BeatForm;
  /** WFDB code: N, V, A (premature atrial) or F. */
  readonly symbol: "N" | "V" | "A" | "F";
  /** Mean rate of its rhythm, which the model's angles and widths follow. */
  readonly bpm: number;
  /** Factor of all its waves: breathing turns the heart's axis a little. */
  readonly amplitude: number;
}

/** A segment with its place in the record. */
export interface Span {
  readonly segment: Segment;
  readonly fromS: number;
  readonly toS: number;
}

export interface Schedule {
  readonly beats: readonly ScheduledBeat[];
  readonly spans: readonly Span[];
  readonly durationS: number;
}

/** Coupling of an early beat, and where the beat after it falls, in RR intervals from the beat before it. */
const TIMING = {
  V: { at: 0.62, next: 2 },
  A: { at: 0.66, next: 1.7 },
  F: { at: 0.94, next: 2 },
} as const;

/** Spread of ln RR in atrial fibrillation, which has no memory from beat to beat. */
const AFIB_LOG_DEVIATION = 0.2;
const AFIB_RR_S = { least: 0.34, most: 1.9 } as const;

/** Lays out the beats of `script`; R peaks lie inside their segment. Times in s from the record's start. */
export function schedule(script: Script, seed: number): Schedule {
  const random = createRandom(seed, "rhythm");
  const fluctuation = createRrProcess(createRandom(seed, "rr"));
  const beats: ScheduledBeat[] = [];
  const spans: Span[] = [];
  let end = 0;

  const add = (timeS: number, form: BeatForm, symbol: ScheduledBeat["symbol"], bpm: number): void => {
    const breath = Math.sin(2 * Math.PI * RR_SPECTRUM.high.centreHz * timeS);
    beats.push({ timeS, form, symbol, bpm, amplitude: 1 + 0.04 * breath + 0.015 * random.normal() });
  };

  /**
   * First R of a segment: in step with the beat before it, a little late after a ventricular one; its P wave after
   * `from`.
   */
  const firstR = (from: number, rr: number): number => {
    const last = beats.at(-1);
    if (last === undefined) return from + 0.4;
    const due = last.timeS + rr * (last.symbol === "V" ? 1.2 : 1);
    return due > from ? due : from + 0.4;
  };

  for (const segment of script) {
    const from = end;
    if (segment.rhythm === "vt") {
      const rr = 60 / segment.bpm;
      let at = Math.max(from + 0.05, (beats.at(-1)?.timeS ?? -1) + Math.max(rr, 0.42));
      for (let beat = 0; beat < segment.beats; beat++) {
        add(at, ventricular(segment.focus), "V", segment.bpm);
        at += rr * (1 + 0.012 * random.normal());
      }
      end = at;
    } else {
      end = from + segment.seconds;
      if (segment.rhythm === "sinus") {
        const mean = 60 / segment.bpm;
        const deviation = (mean * (segment.bpmDeviation ?? 2)) / segment.bpm;
        const rrAt = (timeS: number): number => mean + deviation * fluctuation(timeS);
        sinus(firstR(from, rrAt(from)), end, rrAt, segment, random, add);
      } else if (segment.rhythm === "afib") {
        const mean = 60 / segment.bpm;
        for (let at = firstR(from, mean); at < end; at += irregularRr(mean, random)) {
          add(at, "fibrillating", "N", segment.bpm);
        }
      }
    }
    spans.push({ segment, fromS: from, toS: end });
  }
  return { beats, spans, durationS: end };
}

type SinusSegment = Extract<Segment, { rhythm: "sinus" }>;

function sinus(
  first: number,
  end: number,
  rrAt: (timeS: number) => number,
  { bpm, ectopy = [] }: SinusSegment,
  random: Random,
  add: (timeS: number, form: BeatForm, symbol: ScheduledBeat["symbol"], bpm: number) => void,
): void {
  let at = first;
  let afterSinus = false;
  for (let count = 1; at < end; count++) {
    const early = afterSinus ? ectopy.find((each) => isDue(each, count, random)) : undefined;
    const rr = rrAt(at);
    if (early === undefined) {
      add(at, "sinus", "N", bpm);
      afterSinus = true;
      at += rr;
    } else {
      const { at: coupling, next } = TIMING[early.symbol];
      const before = at - rr;
      add(before + coupling * rr, formOf(early), early.symbol, bpm);
      afterSinus = false;
      at = before + next * rr;
    }
  }
}

const isDue = ({ every, probability }: Ectopy, count: number, random: Random): boolean =>
  (every !== undefined && count % every === 0) || (probability !== undefined && random.uniform() < probability);

const ventricular = (focus: Focus = "right"): BeatForm => (focus === "right" ? "ventricularRight" : "ventricularLeft");

function formOf({ symbol, focus }: Ectopy): BeatForm {
  if (symbol === "V") return ventricular(focus);
  return symbol === "A" ? "atrial" : "fusion";
}

function irregularRr(mean: number, random: Random): number {
  const rr = mean * Math.exp(AFIB_LOG_DEVIATION * random.normal() - AFIB_LOG_DEVIATION ** 2 / 2);
  return Math.min(Math.max(rr, AFIB_RR_S.least), AFIB_RR_S.most);
}
