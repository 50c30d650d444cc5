import { BedsideError } from "../../contracts/errors.ts";

/** One line of a header that describes a signal (WFDB header(5)). */
export interface SignalSpec {
  readonly file: string;
  readonly format: number;
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

export interface RecordHeader {
  readonly name: string;
  readonly samplingRateHz: number;
  /** Samples per signal, null where not given. */
  readonly length: number | null;
  readonly signals: readonly SignalSpec[];
  readonly comments: readonly string[];
}

/** A gain of 0 or none means this (header(5)). */
const DEFAULT_GAIN = 200;
/** Millivolts in one of a header's other units of voltage. */
const MILLIVOLTS_IN: Readonly<Record<string, number>> = { V: 1000, mV: 1, uV: 0.001, µV: 0.001, nV: 1e-6 };
const DEFAULT_RATE_HZ = 250;
const NUMBER = String.raw`-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?`;
const GAIN = new RegExp(String.raw`^(${NUMBER})(?:\((-?\d+)\))?(?:/(\S+))?$`);

/** Reads a WFDB header. `place` names it in errors. Throws BAD_RECORD. */
export function parseHeader(text: string, place: string): RecordHeader {
  const bad = (why: string): never => {
    throw new BedsideError("BAD_RECORD", `${place}: ${why}`);
  };
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const comments = lines.filter((line) => line.startsWith("#")).map((line) => line.slice(1).trim());
  const [first, ...rest] = lines.filter((line) => line !== "" && !line.startsWith("#"));
  if (first === undefined) return bad("the header is empty");

  const [name, count, rate, length] = first.split(/\s+/);
  if (name.includes("/")) bad("is a multi-segment record, which is not supported: give one of its segments");
  const signalCount = Number(count);
  if (!Number.isInteger(signalCount) || signalCount < 1) bad(`the record line names ${count ?? "no"} signals`);
  const samplingRateHz = rate === undefined ? DEFAULT_RATE_HZ : Number(rate.split(/[/(]/)[0]);
  if (!(samplingRateHz > 0)) bad(`sampling frequency ${rate} is not a number above 0`);
  const samples = length === undefined ? 0 : Number(length);
  if (!Number.isInteger(samples) || samples < 0) bad(`number of samples ${length} is not a whole number`);
  if (rest.length < signalCount) bad(`${signalCount} signals are announced, ${rest.length} are described`);

  const signals = rest.slice(0, signalCount).map((line) => parseSignal(line, bad));
  return { name, samplingRateHz, length: samples === 0 ? null : samples, signals, comments };
}

function parseSignal(line: string, bad: (why: string) => never): SignalSpec {
  const [file, formatText = "", gainText = "0", , zeroText = "0", initial, checksum, , ...description] =
    line.split(/\s+/);
  const format = /^(\d+)(x\d+)?(:\d+)?(\+\d+)?$/.exec(formatText);
  if (!format) return bad(`signal line "${line}" has no readable format`);
  if (format[2] ?? format[3] ?? format[4])
    bad(`format ${formatText}: frames, skews and byte offsets are not supported`);
  const gain = GAIN.exec(gainText);
  if (!gain) return bad(`signal line "${line}" has no readable gain`);
  const whole = (text: string, what: string): number => {
    const value = Number(text);
    return Number.isInteger(value) ? value : bad(`signal line "${line}": ${what} ${text} is not a whole number`);
  };
  const unit = gain[3] ?? "mV";
  return {
    file,
    format: Number(format[1]),
    gainAduPerMv: (Number(gain[1]) || DEFAULT_GAIN) / (MILLIVOLTS_IN[unit] ?? 1),
    baselineAdu: whole(gain[2] ?? zeroText, "baseline"),
    unit: unit in MILLIVOLTS_IN ? "mV" : unit,
    initialAdu: initial === undefined ? null : whole(initial, "initial value"),
    checksum: checksum === undefined ? null : whole(checksum, "checksum"),
    description: description.join(" ") || file,
  };
}
