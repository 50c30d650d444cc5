import type { BeatClass } from "../../contracts/beat.ts";
import type { Strip } from "../source/ecg-source.ts";

/** A file to keep. */
export interface ExportedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Codes of annotations (WFDB, ecgcodes.h), by AAMI class. */
const CODES: Readonly<Record<BeatClass, number>> = { N: 1, S: 9, V: 5, F: 6, Q: 13 };
const NOTE = 22;
const SKIP = 59;
const AUX = 63;
/** The largest interval that an annotation holds itself. */
const MAX_INTERVAL = 1023;

interface Annotation {
  readonly sample: number;
  readonly code: number;
  readonly aux?: string;
}

/**
 * A strip as a WFDB record: header, signals in format 16 (WFDB Applications Guide, header(5), signal(5)), annotations in MIT format
 * (annot(5)): a beat's class as somebody gave it in review, else as it was told, and a note where each condition begins. `record`: letters,
 * digits, - and _.
 */
export function toWfdb(strip: Strip, record: string): ExportedFile[] {
  const { samplingRateHz, leads, beginMs } = strip;
  const length = leads[0].adu.length;
  const header = [
    `${record} ${leads.length} ${samplingRateHz} ${length}`,
    ...leads.map(({ name, gainAduPerMv, baselineAdu, adu }) => {
      const checksum = adu.reduce((sum, value) => (sum + value) | 0, 0);
      return `${record}.dat 16 ${gainAduPerMv}(${baselineAdu})/mV 16 0 ${adu[0]} ${(checksum << 16) >> 16} 0 ${name}`;
    }),
    `# bed ${strip.bed}, ${new Date(beginMs).toISOString()}. Not for diagnosis.`,
  ];
  return [
    { name: `${record}.hea`, bytes: new TextEncoder().encode(`${header.join("\n")}\n`) },
    { name: `${record}.dat`, bytes: interleave(strip) },
    { name: `${record}.atr`, bytes: encodeAnnotations(annotationsOf(strip)) },
  ];
}

/** The class that is shown of a beat: the one that somebody gave it, else the one it was told with. */
export const shownClass = (
  strip: Pick<Strip, "relabelled">,
  beat: { readonly id: string; readonly beatClass: BeatClass },
): BeatClass => strip.relabelled.find((one) => one.beat === beat.id)?.beatClass ?? beat.beatClass;

function interleave({ leads }: Strip): Uint8Array {
  const length = leads[0].adu.length;
  const view = new DataView(new ArrayBuffer(length * leads.length * 2));
  for (const [i, { adu }] of leads.entries()) {
    for (let at = 0; at < length; at++) view.setInt16((at * leads.length + i) * 2, adu[at], true);
  }
  return new Uint8Array(view.buffer);
}

function annotationsOf(strip: Strip): Annotation[] {
  const { firstSample, leads, conditions, beats } = strip;
  const notes = conditions.map(({ condition: { kind, beginSample } }) => ({
    sample: beginSample - firstSample,
    code: NOTE,
    aux: kind,
  }));
  const marks = beats.map((beat) => ({
    sample: (beat.fiducialSample ?? beat.sample) - firstSample,
    code: CODES[shownClass(strip, beat)],
  }));
  return [...marks, ...notes]
    .filter(({ sample }) => sample >= 0 && sample < leads[0].adu.length)
    .toSorted((a, b) => a.sample - b.sample || a.code - b.code);
}

function encodeAnnotations(annotations: readonly Annotation[]): Uint8Array {
  const words: number[] = [];
  let before = 0;
  for (const { sample, code, aux } of annotations) {
    let interval = sample - before;
    before = sample;
    if (interval > MAX_INTERVAL) {
      // A long interval, its high half first.
      words.push(SKIP << 10, interval >>> 16, interval & 0xffff);
      interval = 0;
    }
    words.push((code << 10) | interval);
    if (aux === undefined) continue;
    const text = [...new TextEncoder().encode(aux)];
    words.push((AUX << 10) | text.length);
    for (let i = 0; i < text.length; i += 2) words.push(text[i] | ((text[i + 1] ?? 0) << 8));
  }
  words.push(0);
  const view = new DataView(new ArrayBuffer(words.length * 2));
  for (const [i, word] of words.entries()) view.setUint16(i * 2, word, true);
  return new Uint8Array(view.buffer);
}
