import type { BeatClass } from "../../contracts/beat.ts";
import { beatClassOf } from "../../data/aami.ts";
import type { WfdbAnnotation } from "../../data/wfdb/annotation.ts";
import { type Span, touches, union } from "./spans.ts";

/** Ventricular beats in a row. */
export interface VentricularRun extends Span {
  readonly beats: number;
  /** Mean rate between its first and its last beat. */
  readonly bpm: number;
}

/** What annotators told of a record: where they told nothing of a kind, it can't be scored. */
export interface Told {
  /** Rhythms by name, (AFIB and the like. */
  readonly rhythms: boolean;
  /** Where fibrillation is: by rhythms, or by [ and ]. */
  readonly fibrillation: boolean;
  /** Each beat. */
  readonly beats: boolean;
}

/** What a record's annotators say of its rhythms, in seconds. */
export interface RhythmReference {
  /** Of the record. */
  readonly seconds: number;
  /** Each rhythm from its annotation to the one behind it; without the bracket: AFIB. */
  readonly rhythms: readonly (Span & { readonly label: string })[];
  /** Ventricular fibrillation and flutter, by rhythms and by [ and ]. */
  readonly fibrillation: readonly Span[];
  /** Two ventricular beats and more, outside fibrillation. */
  readonly runs: readonly VentricularRun[];
  /** R peaks, of each stretch in which no beat is left out: fibrillation and what could not be read are between them. */
  readonly stretches: readonly (readonly number[])[];
  /** What nobody could label: noise, an unreadable signal, what lies before the first rhythm. */
  readonly unlabelled: readonly Span[];
  readonly told: Told;
  /** Whether a beat of another class than N is among them. */
  readonly hasClasses: boolean;
}

const FIBRILLATION: readonly string[] = ["VF", "VFIB", "VFL"];
const NOISE: readonly string[] = ["NOISE"];
/** Both bits of a signal quality's subtype: no signal can be read (WFDB Applications Guide, rxr(1)). */
const UNREADABLE = 0x30;
/** From a note on the signal to the next beat: where it is longer, the beats between were not annotated. */
const UNANNOTATED_SECONDS = 2;

/** `length`: samples of the record. */
export function rhythmReferenceOf(
  annotations: readonly WfdbAnnotation[],
  { samplingRateHz, length }: { readonly samplingRateHz: number; readonly length: number },
): RhythmReference {
  const seconds = length / samplingRateHz;
  const marks = annotations
    .toSorted((a, b) => a.sample - b.sample)
    .map(({ sample, symbol, subtype, aux }) => ({
      at: Math.min(seconds, sample / samplingRateHz),
      symbol,
      subtype,
      aux: aux.replace(/\0.*/s, "").trim(),
    }));
  const changes = marks.filter(({ symbol, aux }) => symbol === "+" && aux.startsWith("("));
  const rhythms = changes.map(({ at, aux }, i) => ({
    from: at,
    to: changes[i + 1]?.at ?? seconds,
    label: aux.slice(1),
  }));
  const labelled = (labels: readonly string[]): Span[] => rhythms.filter(({ label }) => labels.includes(label));
  const brackets = bracketed(marks, seconds);
  const fibrillation = union([...labelled(FIBRILLATION), ...brackets]);
  const unlabelled = union([
    ...labelled(NOISE),
    ...unreadable(marks, seconds),
    ...(rhythms.length > 0 ? [{ from: 0, to: rhythms[0].from }] : []),
  ]);
  const beats = marks.flatMap(({ at, symbol }) => {
    const beatClass = beatClassOf(symbol);
    return beatClass ? [{ at, beatClass }] : [];
  });
  const stretches = unbroken(beats, [...fibrillation, ...unlabelled]);
  return {
    seconds,
    rhythms,
    fibrillation,
    runs: stretches.flatMap(runsOf),
    stretches: stretches.map((stretch) => stretch.map(({ at }) => at)),
    unlabelled,
    told: {
      rhythms: rhythms.length > 0,
      fibrillation: rhythms.length > 0 || brackets.length > 0,
      beats: beats.length > 0,
    },
    hasClasses: beats.some(({ beatClass }) => beatClass !== "N"),
  };
}

interface Mark {
  readonly at: number;
  readonly symbol: string;
  readonly subtype: number;
}

interface Beat {
  readonly at: number;
  readonly beatClass: BeatClass;
}

/** From [ to ]; one that does not end lasts to the record's end. */
function bracketed(marks: readonly Mark[], end: number): Span[] {
  const spans: Span[] = [];
  let from: number | null = null;
  for (const { at, symbol } of marks) {
    if (symbol === "[") from ??= at;
    if (symbol !== "]" || from === null) continue;
    spans.push({ from, to: at });
    from = null;
  }
  if (from !== null) spans.push({ from, to: end });
  return spans;
}

/**
 * From a note that no signal can be read to the next note; and from any note on the signal to the next beat or [, where that is
 * so far that beats were left out (CUDB's records after fibrillation).
 */
function unreadable(marks: readonly Mark[], end: number): Span[] {
  const isBeat = ({ symbol }: Mark): boolean => beatClassOf(symbol) !== null;
  const hasBeats = marks.some(isBeat);
  return marks.flatMap(({ at, symbol, subtype }, i) => {
    if (symbol !== "~") return [];
    const rest = marks.slice(i + 1);
    const next = hasBeats ? (rest.find((mark) => mark.symbol === "[" || isBeat(mark))?.at ?? end) : at;
    const clear = rest.find((mark) => mark.symbol === "~")?.at ?? end;
    const to = Math.max(
      (subtype & UNREADABLE) === UNREADABLE ? clear : at,
      next - at > UNANNOTATED_SECONDS ? next : at,
    );
    return to > at ? [{ from: at, to }] : [];
  });
}

/** Beats in a row that no hole comes between; one within a hole stands alone. */
function unbroken(beats: readonly Beat[], holes: readonly Span[]): Beat[][] {
  const stretches: Beat[][] = [];
  let last: number | null = null;
  for (const beat of beats) {
    const since = { from: last ?? 0, to: beat.at };
    const isBroken = last === null || holes.some((hole) => touches(hole, since));
    if (isBroken) stretches.push([]);
    stretches.at(-1)?.push(beat);
    last = beat.at;
  }
  return stretches;
}

function runsOf(beats: readonly Beat[]): VentricularRun[] {
  const runs: VentricularRun[] = [];
  let run: Beat[] = [];
  const close = (): void => {
    const [first] = run;
    const last = run.at(-1);
    if (last && run.length > 1) {
      const to = last.at;
      runs.push({ from: first.at, to, beats: run.length, bpm: (60 * (run.length - 1)) / (to - first.at) });
    }
    run = [];
  };
  for (const beat of beats) {
    if (beat.beatClass === "V") run.push(beat);
    else close();
  }
  close();
  return runs;
}
