import { readFile } from "node:fs/promises";
import path from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import { type FrameLead, MISSING_ADU } from "../../contracts/frame.ts";
import { parseHeader, type RecordHeader, type SignalSpec } from "./header.ts";
import { nearNames } from "./names.ts";
import { invalidAduOf, readSignals, samplesIn } from "./signals.ts";

/** A recording in memory. */
export interface WfdbRecord {
  readonly name: string;
  readonly samplingRateHz: number;
  /** Samples per lead. */
  readonly length: number;
  readonly leads: readonly FrameLead[];
  readonly comments: readonly string[];
}

/**
 * Reads header and signals of record `name` in `folder`. Throws UNKNOWN_RECORD when there is no such header, BAD_RECORD
 * when header and signals do not fit each other.
 */
export async function readRecord(folder: string, name: string): Promise<WfdbRecord> {
  const place = path.join(folder, `${name}.hea`);
  const header = parseHeader(
    await readRecordFile(folder, name, "hea").then((bytes) => bytes.toString("latin1")),
    place,
  );
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
  return { name, samplingRateHz, length: first.samples.length, leads, comments };
}

/** A file of a record. Throws UNKNOWN_RECORD when it is not there. */
export async function readRecordFile(folder: string, name: string, extension: string): Promise<Buffer> {
  checkName(name);
  const file = path.join(folder, `${name}.${extension}`);
  try {
    return await readFile(file);
  } catch (cause) {
    const there = await nearNames(folder, name);
    throw new BedsideError("UNKNOWN_RECORD", `record ${name}: ${file} can't be read; ${there}`, { cause });
  }
}

/** Throws UNKNOWN_RECORD unless `name` can be a record's (header(5)): it never leads out of its folder. */
export function checkName(name: string): void {
  if (!/^[\w-]+$/.test(name)) {
    throw new BedsideError("UNKNOWN_RECORD", `"${name}" is not a record's name: letters, digits, _ and - make one`);
  }
}

async function readSignalFile(folder: string, header: RecordHeader, file: string): Promise<FrameLead[]> {
  const place = path.join(folder, file);
  const specs = header.signals.filter((signal) => signal.file === file);
  if (path.basename(file) !== file)
    throw new BedsideError("BAD_RECORD", `${place}: a signal file lies beside its header`);
  if (specs.some((spec) => spec.format !== specs[0].format)) {
    throw new BedsideError("BAD_RECORD", `${place}: its signals are of different formats`);
  }
  const bytes = await readFile(place).catch((cause: unknown) => {
    throw new BedsideError("BAD_RECORD", `${place}: the header names it, it can't be read; fetch it again`, { cause });
  });
  const [{ format }] = specs;
  const held = samplesIn(bytes.length, format, specs.length, place);
  const length = header.length ?? held;
  const checked = specs.every((spec) => spec.checksum !== null);
  if (held < length || (held > length + 1 && !checked)) {
    throw new BedsideError(
      "BAD_RECORD",
      `${place}: holds ${held} samples of ${specs.length} signals, the header promises ${length}; fetch it again`,
    );
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
  if (spec.initialAdu !== null && samples.length > 0 && valueOf(samples[0]) !== spec.initialAdu) {
    const found = valueOf(samples[0]);
    throw new BedsideError(
      "BAD_RECORD",
      `${place}: ${spec.description} begins with ${found}, the header says ${spec.initialAdu}`,
    );
  }
  if (spec.checksum === null) return;
  let sum = 0;
  for (const sample of samples) sum = (sum + valueOf(sample)) & 0xffff;
  if (sum !== (spec.checksum & 0xffff)) {
    const found = (sum << 16) >> 16;
    throw new BedsideError(
      "BAD_RECORD",
      `${place}: ${spec.description} sums to ${found}, the header says ${spec.checksum}; fetch it again`,
    );
  }
}
