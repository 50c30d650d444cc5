import { BedsideError } from "./errors.ts";
import { isWord, quoted } from "./words.ts";

/** Stands for a sample that is not there (WFDB format 16's invalid sample). */
export const MISSING_ADU = -32768;

/** Limits of a frame: what is beyond them is not one and goes to the dead-letter topic. */
export const FRAME_LIMITS = {
  maxBytes: 1 << 20,
  maxLeads: 32,
  maxSamples: 100_000,
  /** Of signal in one frame: what it takes to hear it keeps other beds waiting. */
  maxSeconds: 60,
  minRateHz: 50,
  maxRateHz: 10_000,
  /** Characters of a bed's name and an epoch's, and of what is said of the source. */
  maxNameLength: 64,
  /** Characters of a lead's name, and of its unit. */
  maxLeadWordLength: 32,
  /** Of a gain's absolute value, adu/mV. */
  minGain: 1e-6,
  maxGain: 1e9,
  /** Times lie from 1970 to before this year. */
  endMs: Date.UTC(2300, 0),
  /** Of an epoch: ten years. */
  maxEpochSeconds: 315_576_000,
} as const;

export interface FrameLead {
  /** At most 32 characters, as the unit. */
  readonly name: string;
  /** mV = (adu − baselineAdu) / gainAduPerMv; 10⁻⁶ to 10⁹, or the negative of that. */
  readonly gainAduPerMv: number;
  readonly baselineAdu: number;
  /** mV or another multiple of the volt (contracts/voltage.ts), whose gain is in adu/mV all the same; else adu per unit. */
  readonly unit: string;
  /** ADC samples; MISSING_ADU where there is none. Of a frame that was read from bytes, decoded when asked for. */
  readonly samples: Int16Array;
}

/** Some consecutive samples of one bed, all leads together. */
export interface Frame {
  readonly bed: string;
  readonly epoch: string;
  /** Unix time of sample 0, ms; 1970 to 2299, as all times. */
  readonly epochStartMs: number;
  /** Counts frames within the epoch, from 0. */
  readonly sequence: number;
  /** Index, within the epoch, of the first sample: the frame ends within ten years of the epoch's start. */
  readonly firstSample: number;
  readonly producedAtMs: number;
  readonly samplingRateHz: number;
  readonly leads: readonly FrameLead[];
  /** The epoch ends with this frame. */
  readonly last: boolean;
  /** Where the samples come from, e.g. "mitdb/208"; at most 64 characters, never a patient's name. */
  readonly source: string;
}

/**
 * A lead as it lies in its frame's bytes: samples are decoded when they are asked for. It keeps those bytes. Its samples are no
 * property of its own: `{ ...lead }` does not have them.
 */
export class EncodedLead implements FrameLead {
  name = "";
  gainAduPerMv = 0;
  baselineAdu = 0;
  unit = "";
  /** Where the samples lie, two bytes each, little-endian. */
  byteOffset = 0;
  byteLength = 0;
  private decoded: Int16Array | null = null;

  constructor(private readonly bytes: Uint8Array) {}

  get sampleCount(): number {
    return this.byteLength >> 1;
  }

  get samples(): Int16Array {
    if (this.decoded) return this.decoded;
    const samples = new Int16Array(this.sampleCount);
    for (let i = 0; i < samples.length; i++) samples[i] = this.adu(i);
    return (this.decoded = samples);
  }

  /** The sample at an index, −32,768 to 32,767. */
  adu(index: number): number {
    const at = this.byteOffset + 2 * index;
    return ((this.bytes[at] | (this.bytes[at + 1] << 8)) << 16) >> 16;
  }
}

/** Samples of a lead; does not decode them. */
const samplesIn = (lead: FrameLead): number => (lead instanceof EncodedLead ? lead.sampleCount : lead.samples.length);

/** Samples of each of the frame's leads; does not decode them. */
export const sampleCount = ({ leads }: Frame): number => samplesIn(leads[0]);

/** Index of the sample after the frame's last one. */
export const frameEnd = (frame: Frame): number => frame.firstSample + sampleCount(frame);

const NAME_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Throws BAD_FRAME, naming the field and its value, unless `frame` is one the pipeline can take. */
export function checkFrame(frame: Frame): void {
  const wrong = faultOf(frame);
  if (wrong === null) return;
  throw new BedsideError("BAD_FRAME", `frame of bed ${quoted(frame.bed)}: ${wrong}`);
}

const { maxNameLength, minRateHz, maxRateHz, maxLeads, maxSamples, endMs, maxEpochSeconds } = FRAME_LIMITS;
const { maxLeadWordLength, minGain, maxGain, maxSeconds } = FRAME_LIMITS;

const isName = (text: string): boolean => text.length <= maxNameLength && NAME_PATTERN.test(text);
const isTime = (ms: number): boolean => ms >= 0 && ms < endMs;

function faultOf(frame: Frame): string | null {
  const { samplingRateHz, firstSample, leads } = frame;
  if (!isName(frame.bed)) return "bed must be 1 to 64 letters, digits, '.', '_' or '-'";
  if (!isName(frame.epoch)) return "epoch must be 1 to 64 letters, digits, '.', '_' or '-'";
  if (!isWord(frame.source, maxNameLength)) return `source ${wordFault(frame.source, maxNameLength)}`;
  if (!(samplingRateHz >= minRateHz && samplingRateHz <= maxRateHz)) {
    return `samplingRateHz is ${samplingRateHz}, must be ${minRateHz} to ${maxRateHz}`;
  }
  if (!isTime(frame.epochStartMs)) return `epochStartMs ${timeFault(frame.epochStartMs)}`;
  if (!isTime(frame.producedAtMs)) return `producedAtMs ${timeFault(frame.producedAtMs)}`;
  if (!Number.isSafeInteger(firstSample) || firstSample < 0) {
    return `firstSample is ${firstSample}, must be a whole number ≥ 0`;
  }
  if (leads.length === 0) return "has no leads";
  if (leads.length > maxLeads) return `has ${leads.length} leads, at most ${maxLeads} are taken`;
  const length = sampleCount(frame);
  if (length > maxSamples) return `has ${length} samples, at most ${maxSamples} are taken`;
  if (length > maxSeconds * samplingRateHz) {
    return `spans ${(length / samplingRateHz).toFixed(1)} s, at most ${maxSeconds} are taken: send shorter frames`;
  }
  if (firstSample + length > maxEpochSeconds * samplingRateHz) {
    return `firstSample is ${firstSample}, ten years or more behind the epoch's start: begin another epoch`;
  }
  for (let i = 0; i < leads.length; i++) {
    const wrong = leadFault(leads[i], length);
    if (wrong !== null) return wrong;
  }
  return null;
}

function leadFault(lead: FrameLead, length: number): string | null {
  const { name, unit, gainAduPerMv } = lead;
  if (!isWord(name, maxLeadWordLength)) return `a lead's name ${wordFault(name, maxLeadWordLength)}`;
  if (!isWord(unit, maxLeadWordLength)) return `lead ${name}: its unit ${wordFault(unit, maxLeadWordLength)}`;
  if (samplesIn(lead) !== length) return `lead ${name} has ${samplesIn(lead)} samples, the first one has ${length}`;
  const gain = Math.abs(gainAduPerMv);
  if (gain >= minGain && gain <= maxGain) return null;
  return `lead ${name} has gain ${gainAduPerMv} adu/mV, must be ${minGain} to ${maxGain} or the negative of that`;
}

const wordFault = (text: string, most: number): string =>
  `${quoted(text)} must ${text.length > most ? `be at most ${most} characters` : "have no control characters"}`;

const timeFault = (ms: number): string => `is ${ms}, must be Unix ms of a year from 1970 to 2299`;
