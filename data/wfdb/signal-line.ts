import { FRAME_LIMITS } from "../../contracts/frame.ts";
import { millivoltsIn } from "../../contracts/voltage.ts";

/** One line of a header that describes a signal (WFDB header(5)). */
export interface SignalSpec {
  readonly file: string;
  readonly format: number;
  /** Where the samples begin in the file, bytes; absent: at its begin. */
  readonly byteOffset?: number;
  /** For a signal that is no voltage: adu per `unit`. */
  readonly gainAduPerMv: number;
  readonly baselineAdu: number;
  /** mV for every voltage, whatever multiple of the volt the header has. */
  readonly unit: string;
  /** 16-bit sum of all samples, null where not given. */
  readonly checksum: number | null;
  /** First sample's value, null where not given. */
  readonly initialAdu: number | null;
  readonly description: string;
}

/** Throws BAD_RECORD with the header's place. */
export type HeaderFault = (why: string) => never;

const { maxLeadWordLength, minGain, maxGain } = FRAME_LIMITS;
/** A gain of 0 or none means this (header(5)). */
const DEFAULT_GAIN = 200;
const LARGEST_BASELINE = 2 ** 31;

const FORMAT = /^(\d{1,4})(?:x(\d+))?(?::(\d+))?(?:\+(\d{1,15}))?$/;
const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`;
const GAIN = new RegExp(String.raw`^(${NUMBER})(?:\(([+-]?\d+)\))?(?:/(\S+))?$`);
const MAX_SHOWN = 80;

/** A signal's line. A signal file with blanks in its name begins with the `record`'s. */
export function parseSignal(line: string, record: string, bad: HeaderFault): SignalSpec {
  const from = line.startsWith(record) ? record.length : 0;
  const end = from + line.slice(from).search(/\s|$/);
  const file = line.slice(0, end);
  const [formatText, gainText = "0", , zeroText = "0", initial, checksum, , ...description] = line
    .slice(end)
    .trim()
    .split(/\s+/);
  const place = `signal line "${shown(line)}"`;
  const format = parseFormat(file, formatText, place, bad);
  if (!/^[^/\\\p{Cc}]{1,255}$/u.test(file) || file === "." || file === "..") {
    bad(`${place}: a signal file lies beside its header: put it there, and take the folder out of the line`);
  }
  const gain = GAIN.exec(gainText);
  if (!gain) return bad(`${place} has no readable gain`);
  const whole = (text: string, what: string): number => {
    const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (Math.abs(value) <= LARGEST_BASELINE) return value;
    return bad(`${place}: ${what} ${shown(text)} is not a whole number of 32 bits`);
  };
  /** 0 stands in many headers for what their writer did not work out. */
  const given = (text: string | undefined, what: string): number | null =>
    text === undefined ? null : whole(text, what) || null;
  const unit = gain[3] ?? "mV";
  const millivolts = millivoltsIn(unit);
  return {
    file,
    ...format,
    gainAduPerMv: gainOf(gain[1], millivolts ?? 1, place, bad),
    baselineAdu: whole(gain[2] ?? zeroText, "baseline"),
    unit: millivolts === null ? shown(unit, maxLeadWordLength) : "mV",
    initialAdu: given(initial, "initial value"),
    checksum: given(checksum, "checksum"),
    description: nameIn(description.join(" ")) || shown(file, maxLeadWordLength),
  };
}

function parseFormat(
  file: string,
  text: string,
  place: string,
  bad: HeaderFault,
): Pick<SignalSpec, "format" | "byteOffset"> {
  const match = FORMAT.exec(text);
  if (!match) return bad(`${place} has no readable format`);
  const [, format, samplesInFrame = "1", skew = "0", byteOffset] = match;
  if (file === "~" || Number(format) === 0) {
    bad(
      `${place}: nothing is stored of this signal (file ~, a layout of other records); give the records that hold it`,
    );
  }
  if (Number(samplesInFrame) !== 1 || Number(skew) !== 0) {
    bad(`format ${text}: frames of several samples and skews are not read; ${CONVERT}`);
  }
  return { format: Number(format), ...(byteOffset !== undefined && { byteOffset: Number(byteOffset) }) };
}

/** What to do with a format that is not read. */
export const CONVERT = "convert it with wfdb-python: rdrecord, then wrsamp with fmt 16 for each signal";

function gainOf(text: string, millivolts: number, place: string, bad: HeaderFault): number {
  const [digits] = text.split(/e/i);
  const gain = (/[1-9]/.test(digits) ? Number(text) : DEFAULT_GAIN) / millivolts;
  if (Math.abs(gain) >= minGain && Math.abs(gain) <= maxGain) return gain;
  return bad(`${place}: gain ${shown(text)} must come to ${minGain} to ${maxGain} adu/mV`);
}

/** A signal's name, without the comment that may stand behind it ("MLII # noisy", but "ECG #1"). */
const nameIn = (description: string): string =>
  shown(description.replace(/(?:^|\s)#(?!\d).*$/, "").trim(), maxLeadWordLength).trim();

/** For a line of text: so many characters at the most, none of them a control character. */
export const shown = (text: string, most = MAX_SHOWN): string => text.slice(0, most).replaceAll(/\p{Cc}/gu, "");
