import path from "node:path";
import { leadToMillivolts } from "../../contracts/frame.ts";
import { isBeatSymbol } from "../../data/aami.ts";
import { noiseGain, noisePower, signalPower } from "../../data/noise.ts";
import { mitdbFolder } from "../../data/records.ts";
import { pickLead } from "../../signal/leads.ts";
import { readAnnotations } from "../../data/wfdb/annotations.ts";
import { readRecord } from "../../data/wfdb/record.ts";

/** One lead of a recording, mV, with its annotated R peaks. */
export interface Recording {
  readonly name: string;
  readonly rateHz: number;
  readonly millivolts: Float32Array;
  readonly beats: readonly { readonly sample: number; readonly symbol: string }[];
}

/** MIT-BIH record `name` under the PhysioNet tree `dir`: the lead that the pipeline would take. */
export async function mitdbRecording(dir: string, name: string): Promise<Recording> {
  const folder = mitdbFolder(dir);
  const record = await readRecord(folder, name);
  const lead = record.leads[pickLead(record.leads.map((lead) => lead.name))];
  const annotations = await readAnnotations(folder, name);
  return {
    name,
    rateHz: record.samplingRateHz,
    millivolts: toMillivolts(lead),
    beats: annotations.filter(({ symbol }) => isBeatSymbol(symbol)),
  };
}

/** The second half of an NSTDB noise record's first signal, mV at 360 Hz: the half that no weight was fitted on. */
export async function unseenNoise(dir: string, name: "em" | "bw" | "ma"): Promise<Float32Array> {
  const record = await readRecord(path.join(dir, "nstdb", "1.0.0"), name);
  return toMillivolts(record.leads[0]).slice(record.length >> 1);
}

/** The recording with `noise` (at the same rate, repeated as needed) added throughout, at NSTDB's SNR in dB. */
export function withNoise(recording: Recording, noise: Float32Array, snrDb: number): Recording {
  const { millivolts, beats, rateHz } = recording;
  const power = signalPower(
    millivolts,
    beats.map(({ sample }) => sample),
    rateHz,
  );
  const gain = noiseGain(power, noisePower(noise, rateHz), snrDb);
  return { ...recording, millivolts: millivolts.map((value, i) => value + gain * noise[i % noise.length]) };
}

function toMillivolts(lead: Parameters<typeof leadToMillivolts>[0]): Float32Array {
  const millivolts = new Float32Array(lead.samples.length);
  leadToMillivolts(lead, millivolts);
  return millivolts;
}
