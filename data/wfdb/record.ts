import path from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import { type FrameLead, MISSING_ADU } from "../../contracts/frame.ts";
import { readBytes } from "./files.ts";
import { decodeHeader, parseHeader, type RecordHeader, type SignalSpec } from "./header.ts";
import { nearNames } from "./names.ts";
import { invalidAduOf, readSignals, samplesIn } from "./signals.ts";

/** A recording in memory. */
export interface WfdbRecord {
  readonly name: string;
  readonly samplingRateHz: number;
  /** Samples per lead, at least one. */
  readonly length: number;
  readonly leads: readonly FrameLead[];
  readonly comments: readonly string[];
}

const MAX_HEADER_BYTES = 1 << 20;
/** What Node reads of a file at once. */
const MAX_SIGNAL_BYTES = 2 ** 31 - 1;

/**
 * Reads header and signals of record `name` in `folder`. Throws UNKNOWN_RECORD when there is no such header, BAD_RECORD
 * when it is of a kind that is not read, or header and signals do not fit each other.
 */
export async function readRecord(folder: string, name: string): Promise<WfdbRecord> {
  const header = await readHeader(folder, name);
  const place = headerFile(folder, name);
  if (header.signals.length === 0) {
    throw new BedsideError("BAD_RECORD", `${place}: the record line names 0 signals: there is nothing to read in it`);
  }
  const leads: FrameLead[] = [];
  for (const file of new Set(header.signals.map((signal) => signal.file))) {
    leads.push(...(await readSignalFile(folder, header, file)));
  }
  const [first] = leads;
  for (const lead of leads) {
    if (lead.samples.length !== first.samples.length) {
      throw new BedsideError("BAD_RECORD", `${place}: lead ${lead.name} is longer or shorter than ${first.name}`);
    }
  }
  const { samplingRateHz, comments } = header;
  const { length } = first.samples;
  if (length === 0) throw new BedsideError("BAD_RECORD", `${place}: its signals hold no samples; fetch them again`);
  return { name, samplingRateHz, length, leads, comments };
}

/** Reads the header of record `name` in `folder`. Throws as `readRecord`. */
export async function readHeader(folder: string, name: string): Promise<RecordHeader> {
  checkName(name);
  const file = headerFile(folder, name);
  const bytes = await readBytes(file, MAX_HEADER_BYTES, async (cause) => {
    const there = await nearNames(folder, name);
    return new BedsideError("UNKNOWN_RECORD", `record ${name}: ${file} can't be read; ${there}`, { cause });
  });
  return parseHeader(decodeHeader(bytes), file);
}

const headerFile = (folder: string, name: string): string => path.join(folder, `${name}.hea`);

/** Throws UNKNOWN_RECORD unless `name` can be a record's: the begin of files' names, which never leads out of their folder. */
export function checkName(name: string): void {
  if (!/^[^./\\\p{Cc}][^/\\\p{Cc}]*$/u.test(name)) {
    throw new BedsideError(
      "UNKNOWN_RECORD",
      `${JSON.stringify(name.slice(0, 80))} is not a record's name: it has no slash and begins with no dot`,
    );
  }
}

async function readSignalFile(folder: string, header: RecordHeader, file: string): Promise<FrameLead[]> {
  const place = path.join(folder, file);
  const bad = (why: string, cause?: unknown): BedsideError =>
    new BedsideError("BAD_RECORD", `${place}: ${why}`, { cause });
  const specs = header.signals.filter((signal) => signal.file === file);
  const [{ format, byteOffset }] = specs;
  if (specs.some((spec) => spec.format !== format || spec.byteOffset !== byteOffset)) {
    throw bad("its signals are of different formats or offsets");
  }
  invalidAduOf(format, place);
  const all = await readBytes(place, MAX_SIGNAL_BYTES, (cause) =>
    bad("the header names it, it can't be read; fetch it again", cause),
  );
  const bytes = all.subarray(byteOffset ?? 0);
  const held = samplesIn(bytes.length, format, specs.length, place);
  const length = header.length ?? held;
  const checked = specs.some((spec) => spec.checksum !== null);
  if (held < length || (held > length + 1 && !checked)) {
    const remedy = held < length ? "fetch it again" : "fetch both again, or correct the counts in the header";
    throw bad(`holds ${held} samples of ${specs.length} signals, the header promises ${length}; ${remedy}`);
  }
  const signals = readSignals(bytes, format, specs.length, length, place);
  return specs.map((spec, index) => {
    checkAgainstHeader(spec, signals[index], place);
    const { gainAduPerMv, baselineAdu, unit } = spec;
    return { name: spec.description, gainAduPerMv, baselineAdu, unit, samples: signals[index] };
  });
}

/** The checksum is the 16-bit sum of the samples as they stand in the file, invalid ones at their own value. */
function checkAgainstHeader(spec: SignalSpec, samples: Int16Array, place: string): void {
  const invalid = invalidAduOf(spec.format, place);
  const valueOf = (sample: number): number => (sample === MISSING_ADU ? invalid : sample);
  const bad = (found: string, said: number): BedsideError => {
    const remedy = "fetch it again, or put 0 in its place in the header if the samples are right";
    return new BedsideError("BAD_RECORD", `${place}: ${spec.description} ${found}, the header says ${said}; ${remedy}`);
  };
  if (spec.initialAdu !== null && samples.length > 0 && valueOf(samples[0]) !== spec.initialAdu) {
    throw bad(`begins with ${valueOf(samples[0])}`, spec.initialAdu);
  }
  if (spec.checksum === null) return;
  let sum = 0;
  for (const sample of samples) sum = (sum + valueOf(sample)) & 0xffff;
  if (sum !== (spec.checksum & 0xffff)) throw bad(`sums to ${(sum << 16) >> 16}`, spec.checksum);
}
