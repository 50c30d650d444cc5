import path from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import { FRAME_LIMITS } from "../../contracts/frame.ts";
import { type HeaderFault, parseSignal, shown, type SignalSpec } from "./signal-line.ts";

export type { SignalSpec } from "./signal-line.ts";

export interface RecordHeader {
  /** Without the folder that the record line may name. */
  readonly name: string;
  readonly samplingRateHz: number;
  /** Samples per signal, null where not given. */
  readonly length: number | null;
  /** None where only annotations were kept. */
  readonly signals: readonly SignalSpec[];
  readonly comments: readonly string[];
}

const DEFAULT_RATE_HZ = 250;
const MAX_SIGNALS = 1024;
const SHOWN_SEGMENTS = 4;

/** A header's text: by its byte order mark, else UTF-8 or, where its bytes are not, Latin-1. The mark is left out. */
export function decodeHeader(bytes: Uint8Array): string {
  try {
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString("latin1");
  }
}

/**
 * Reads a WFDB header (header(5)). `place`, the header's file, names it in errors; a record's name with blanks in it is known
 * by the file's. Throws BAD_RECORD.
 */
export function parseHeader(text: string, place: string): RecordHeader {
  const bad: HeaderFault = (why) => {
    throw new BedsideError("BAD_RECORD", `${place}: ${why}`);
  };
  const lines = text.split(/\r\n?|\n/).map((line) => line.trim());
  const comments = lines.filter((line) => line.startsWith("#")).map((line) => line.slice(1).trim());
  const [first, ...rest] = lines.filter((line) => line !== "" && !line.startsWith("#"));
  if (first === undefined) return bad("the header is empty; fetch it again");

  const own = path.basename(place, ".hea");
  const [fullName, fields] = splitName(first, own);
  refuseSegments(fullName, own, rest, bad);
  const name = path.posix.basename(fullName);
  const [count, rate, length] = fields.split(/\s+/);
  const signalCount = wholeNumber(count);
  if (signalCount === null || signalCount > MAX_SIGNALS) {
    return bad(
      `the record line names ${shown(count || "no")} signals, must be 0 to ${MAX_SIGNALS}: is it a WFDB header?`,
    );
  }
  const samples = length === undefined ? 0 : wholeNumber(length);
  if (samples === null) return bad(`number of samples ${shown(length)} is not a whole number`);
  if (rest.length < signalCount) bad(`${signalCount} signals are announced, ${rest.length} are described`);
  // A format that is not read is said before a rate: that of frames of several samples is none of a signal.
  const signals = rest.slice(0, signalCount).map((line) => parseSignal(line, name, bad));
  return { name, samplingRateHz: parseRate(rate, bad), length: samples === 0 ? null : samples, signals, comments };
}

/** The sampling frequency, before the counter's frequency that may follow behind a slash. */
function parseRate(field: string | undefined, bad: HeaderFault): number {
  const { minRateHz, maxRateHz } = FRAME_LIMITS;
  if (field === undefined) return DEFAULT_RATE_HZ;
  const [text] = field.split(/[/(]/);
  const rate = /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (rate >= minRateHz && rate <= maxRateHz) return rate;
  if (!Number.isFinite(rate)) return bad(`sampling frequency ${shown(text)} is no number: correct the header`);
  return bad(`sampling frequency ${shown(text)} is not one from ${minRateHz} to ${maxRateHz} Hz: resample the record`);
}

/** The record's name, folder and segment count with it, and what follows. A name may have blanks: then it is the file's. */
function splitName(line: string, own: string): readonly [name: string, fields: string] {
  const at = line.indexOf(own);
  const isOwn = (at === 0 || line[at - 1] === "/") && /^(?:[\s/]|$)/.test(line.slice(at + own.length));
  const from = isOwn ? at + own.length : 0;
  const end = from + line.slice(from).search(/\s|$/);
  return [line.slice(0, end), line.slice(end).trim()];
}

/** A number behind the name's slash is that of segments, unless it is the record's own name in a folder. */
function refuseSegments(fullName: string, own: string, rest: readonly string[], bad: HeaderFault): void {
  const [, record, count] = /^(.+)\/(\d+)$/.exec(fullName) ?? [];
  if (count === undefined || (count === own && record !== own)) return;
  // A segment's line is its name and its length, a signal's nearly always longer.
  const segments = rest.map((line) => line.split(/\s+/)).filter((fields) => fields.length <= 2);
  if (record !== own && segments.length < rest.length) return;
  const names = segments.flatMap(([name, length]) => (name === "~" || length === "0" ? [] : [shown(name)]));
  const some = names.slice(0, SHOWN_SEGMENTS).join(", ");
  const more = names.length > SHOWN_SEGMENTS ? ", …" : "";
  bad(`is a multi-segment record, which is not read as one: give its segments by name${some && `: ${some}${more}`}`);
}

const wholeNumber = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
