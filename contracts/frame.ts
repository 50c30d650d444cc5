import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { BedsideError } from "./errors.ts";
import { FrameSchema } from "./generated/frame_pb.ts";

/** Stands for a sample that is not there (WFDB format 16's invalid sample). */
export const MISSING_ADU = -32768;

/** Limits of a frame: what is beyond them is not one and goes to the dead-letter topic. */
export const FRAME_LIMITS = {
  maxBytes: 1 << 20,
  maxLeads: 32,
  maxSamples: 100_000,
  minRateHz: 50,
  maxRateHz: 10_000,
  maxBedLength: 64,
} as const;

export interface FrameLead {
  readonly name: string;
  /** mV = (adu − baselineAdu) / gainAduPerMv; never 0. */
  readonly gainAduPerMv: number;
  readonly baselineAdu: number;
  readonly unit: string;
  /** ADC samples; MISSING_ADU where there is none. */
  readonly samples: Int16Array;
}

/** Some consecutive samples of one bed, all leads together. */
export interface Frame {
  readonly bed: string;
  readonly epoch: string;
  /** Unix time of sample 0, ms. */
  readonly epochStartMs: number;
  /** Counts frames within the epoch, from 0. */
  readonly sequence: number;
  /** Index, within the epoch, of the first sample. */
  readonly firstSample: number;
  readonly producedAtMs: number;
  readonly samplingRateHz: number;
  readonly leads: readonly FrameLead[];
  /** The epoch ends with this frame. */
  readonly last: boolean;
  /** Where the samples come from, e.g. "mitdb/208"; at most 64 characters, never a patient's name. */
  readonly source: string;
}

const BED_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Throws BAD_FRAME, naming the field and its value, unless `frame` is one the pipeline can take. */
export function checkFrame(frame: Frame): void {
  const bad = (what: string): never => {
    throw new BedsideError("BAD_FRAME", `frame of bed ${JSON.stringify(frame.bed.slice(0, 64))}: ${what}`);
  };
  if (frame.bed.length > FRAME_LIMITS.maxBedLength || !BED_PATTERN.test(frame.bed)) {
    bad("bed must be 1 to 64 letters, digits, '.', '_' or '-'");
  }
  if (frame.epoch.length > FRAME_LIMITS.maxBedLength || !BED_PATTERN.test(frame.epoch)) {
    bad("epoch must be 1 to 64 letters, digits, '.', '_' or '-'");
  }
  if (frame.source.length > FRAME_LIMITS.maxBedLength) bad("source must be at most 64 characters");
  const { minRateHz, maxRateHz } = FRAME_LIMITS;
  if (!(frame.samplingRateHz >= minRateHz && frame.samplingRateHz <= maxRateHz)) {
    bad(`samplingRateHz is ${frame.samplingRateHz}, must be ${minRateHz} to ${maxRateHz}`);
  }
  if (!Number.isFinite(frame.epochStartMs) || !Number.isFinite(frame.producedAtMs)) bad("times must be finite");
  if (!Number.isSafeInteger(frame.firstSample) || frame.firstSample < 0) bad("firstSample must be a whole number ≥ 0");
  if (frame.leads.length === 0) bad("has no leads");
  if (frame.leads.length > FRAME_LIMITS.maxLeads) bad(`has ${frame.leads.length} leads, at most 32 are taken`);
  const length = frame.leads[0].samples.length;
  if (length > FRAME_LIMITS.maxSamples) bad(`has ${length} samples, at most ${FRAME_LIMITS.maxSamples} are taken`);
  for (const lead of frame.leads) {
    if (lead.samples.length !== length) {
      bad(`lead ${lead.name} has ${lead.samples.length} samples, lead ${frame.leads[0].name} has ${length}`);
    }
    if (!Number.isFinite(lead.gainAduPerMv) || lead.gainAduPerMv === 0) {
      bad(`lead ${lead.name} has gain ${lead.gainAduPerMv} adu/mV, must be finite and not 0`);
    }
  }
}

/** The frame's Protobuf bytes (contracts/frame.proto). Throws BAD_FRAME. */
export function encodeFrame(frame: Frame): Uint8Array<ArrayBuffer> {
  checkFrame(frame);
  return toBinary(
    FrameSchema,
    create(FrameSchema, {
      ...frame,
      firstSample: BigInt(frame.firstSample),
      leads: frame.leads.map((lead) => ({ ...lead, samples: int16ToBytes(lead.samples) })),
    }),
  ) as Uint8Array<ArrayBuffer>;
}

/** Reads a frame's bytes. Throws BAD_FRAME when they are no frame or not one the pipeline can take. */
export function decodeFrame(bytes: Uint8Array): Frame {
  if (bytes.length > FRAME_LIMITS.maxBytes) {
    throw new BedsideError(
      "BAD_FRAME",
      `a frame has ${bytes.length} bytes, at most ${FRAME_LIMITS.maxBytes} are taken`,
    );
  }
  let message;
  try {
    message = fromBinary(FrameSchema, bytes);
  } catch (cause) {
    throw new BedsideError("BAD_FRAME", `not a Protobuf frame (${bytes.length} bytes)`, { cause });
  }
  const frame: Frame = {
    bed: message.bed,
    epoch: message.epoch,
    epochStartMs: message.epochStartMs,
    sequence: message.sequence,
    firstSample: Number(message.firstSample),
    producedAtMs: message.producedAtMs,
    samplingRateHz: message.samplingRateHz,
    leads: message.leads.map((lead) => ({
      name: lead.name,
      gainAduPerMv: lead.gainAduPerMv,
      baselineAdu: lead.baselineAdu,
      unit: lead.unit,
      samples: bytesToInt16(lead.samples, lead.name),
    })),
    last: message.last,
    source: message.source,
  };
  checkFrame(frame);
  return frame;
}

/** Samples in mV, NaN where missing, into `out` (length ≥ the lead's). Returns the count. */
export function leadToMillivolts(lead: FrameLead, out: Float32Array): number {
  const { samples, baselineAdu, gainAduPerMv } = lead;
  for (let i = 0; i < samples.length; i++) {
    out[i] = samples[i] === MISSING_ADU ? Number.NaN : (samples[i] - baselineAdu) / gainAduPerMv;
  }
  return samples.length;
}

function int16ToBytes(samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(samples.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < samples.length; i++) view.setInt16(2 * i, samples[i], true);
  return bytes;
}

function bytesToInt16(bytes: Uint8Array, lead: string): Int16Array {
  if (bytes.length % 2 !== 0) {
    throw new BedsideError("BAD_FRAME", `lead ${lead} has ${bytes.length} bytes, Int16 samples need an even number`);
  }
  const samples = new Int16Array(bytes.length / 2);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < samples.length; i++) samples[i] = view.getInt16(2 * i, true);
  return samples;
}
