import { MISSING_ADU } from "../../contracts/frame.ts";
import type { Strip } from "../source/ecg-source.ts";
import { type ExportedFile, shownClass } from "./export-wfdb.ts";

/** Bytes of annotations in a record; Int16 samples of their signal are half as many. */
const ANNOTATION_BYTES = 480;
/** A record is so long, s; its samples must be a whole number. */
const RECORD_S = [1, 2, 4, 5, 10] as const;
const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DIGITAL = { least: -32_768, most: 32_767 } as const;

/**
 * A strip as EDF+ (Kemp & Olivan, Clin Neurophysiol 114, 2003): continuous, leads in mV, beats and conditions as annotations, times in UTC.
 * Nobody is named. A sample that is missing has the lowest digital value, since EDF+ has none for it. Throws RangeError where no record
 * of at most 10 s has a whole number of samples.
 */
export function toEdf(strip: Strip, name: string): ExportedFile {
  const { samplingRateHz, leads, beginMs } = strip;
  const recordS = RECORD_S.find((seconds) => Number.isInteger(samplingRateHz * seconds));
  if (recordS === undefined) throw new RangeError(`EDF+ takes no sampling rate of ${samplingRateHz} Hz`);
  const perRecord = samplingRateHz * recordS;
  const records = Math.ceil(leads[0].adu.length / perRecord);
  const header = headerOf(strip, records, recordS, perRecord);
  const recordBytes = leads.length * perRecord * 2 + ANNOTATION_BYTES;
  const bytes = new Uint8Array(header.length + records * recordBytes);
  bytes.set(header);
  const view = new DataView(bytes.buffer);
  const told = annotationsOf(strip);
  for (let record = 0; record < records; record++) {
    let at = header.length + record * recordBytes;
    for (const { adu } of leads) {
      for (let i = 0; i < perRecord; i++, at += 2) view.setInt16(at, adu[record * perRecord + i] ?? MISSING_ADU, true);
    }
    const from = beginMs + record * recordS * 1000;
    const startMs = Math.floor(beginMs / 1000) * 1000;
    const here = told.filter(({ timeMs }) => timeMs >= from && timeMs < from + recordS * 1000);
    bytes.set(annotationBytes(here, (from - startMs) / 1000, startMs), at);
  }
  return { name: `${name}.edf`, bytes };
}

function headerOf({ leads, beginMs }: Strip, records: number, recordS: number, perRecord: number): Uint8Array {
  const begin = new Date(beginMs);
  const two = (value: number): string => String(value).padStart(2, "0");
  const [day, month, year] = [two(begin.getUTCDate()), begin.getUTCMonth(), begin.getUTCFullYear()];
  const clock = [begin.getUTCHours(), begin.getUTCMinutes(), begin.getUTCSeconds()].map(two).join(".");
  const count = leads.length + 1;
  const all = (of: (lead: Strip["leads"][number]) => string, ofAnnotations: string, width: number): string =>
    [...leads.map(of), ofAnnotations].map((text) => field(text, width)).join("");
  const text =
    field("0", 8) +
    field("X X X X", 80) +
    field(`Startdate ${day}-${MONTHS[month]}-${year} X X Bedside`, 80) +
    field(`${day}.${two(month + 1)}.${two(year % 100)}`, 8) +
    field(clock, 8) +
    field(String(256 * (count + 1)), 8) +
    field("EDF+C", 44) +
    field(String(records), 8) +
    field(String(recordS), 8) +
    field(String(count), 4) +
    all(({ name }) => `ECG ${name}`, "EDF Annotations", 16) +
    all(() => "", "", 80) +
    all(() => "mV", "", 8) +
    all((lead) => physical(lead, DIGITAL.least), "-1", 8) +
    all((lead) => physical(lead, DIGITAL.most), "1", 8) +
    all(() => String(DIGITAL.least), String(DIGITAL.least), 8) +
    all(() => String(DIGITAL.most), String(DIGITAL.most), 8) +
    all(() => "", "", 80) +
    all(() => String(perRecord), String(ANNOTATION_BYTES / 2), 8) +
    all(() => "", "", 32);
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Printable ASCII alone, as EDF+ demands. */
const field = (text: string, width: number): string =>
  text
    .replaceAll(/[^\x20-\x7e]/g, "_")
    .slice(0, width)
    .padEnd(width);

/** In eight characters: seven figures, or six and a sign. */
function physical({ gainAduPerMv, baselineAdu }: Strip["leads"][number], adu: number): string {
  return String(Number(((adu - baselineAdu) / gainAduPerMv).toPrecision(6))).slice(0, 8);
}

interface Told {
  readonly timeMs: number;
  readonly words: string;
}

function annotationsOf(strip: Strip): Told[] {
  const beats = strip.beats.map((beat) => ({ timeMs: beat.timeMs, words: shownClass(strip, beat) as string }));
  const conditions = strip.conditions.map(({ condition }) => ({
    timeMs: condition.beginTimeMs,
    words: condition.kind,
  }));
  return [...beats, ...conditions].toSorted((a, b) => a.timeMs - b.timeMs);
}

/** Time-stamped annotation lists, the record's own time first, since the header's whole second. What finds no room is left out. */
function annotationBytes(told: readonly Told[], recordAtS: number, startMs: number): Uint8Array {
  const bytes = new Uint8Array(ANNOTATION_BYTES);
  let at = 0;
  const lists = [
    `+${Number(recordAtS.toFixed(6))}\x14\x14\0`,
    ...told.map(({ timeMs, words }) => `+${((timeMs - startMs) / 1000).toFixed(3)}\x14${words}\x14\0`),
  ];
  for (const list of lists.map((text) => new TextEncoder().encode(text))) {
    if (at + list.length > bytes.length) break;
    bytes.set(list, at);
    at += list.length;
  }
  return bytes;
}
