import type { BusMessage } from "../../bus/bus.ts";
import { encodeFrame, type FrameLead } from "../../contracts/frame.ts";
import { TOPICS } from "../../contracts/topics.ts";
import { SYNTHETIC_BEDS } from "../../data/synthetic/beds.ts";
import { syntheticRecord } from "../../data/synthetic/record.ts";

const SAMPLING_RATE_HZ = 360;
export const FRAMES_PER_SECOND = 5;
const FRAME_SAMPLES = SAMPLING_RATE_HZ / FRAMES_PER_SECOND;

/**
 * Frames of 200 ms of `beds` beds, two leads each, as the bus carries them: all beds' first frames, then their second ones.
 * Every bed plays all synthetic beds' signals one after the other, beginning elsewhere, so that the mix of beats is the same
 * for any number of beds.
 */
export function encodedFrames(beds: number, seconds: number): BusMessage[] {
  const leads = ring();
  const length = leads[0].samples.length;
  const messages: BusMessage[] = [];
  for (let sequence = 0; sequence < seconds * FRAMES_PER_SECOND; sequence++) {
    for (let bed = 0; bed < beds; bed++) {
      const begin = Math.floor((bed * length) / beds / FRAME_SAMPLES) * FRAME_SAMPLES;
      const at = (begin + sequence * FRAME_SAMPLES) % length;
      const name = `b${bed + 1}`;
      const value = encodeFrame({
        bed: name,
        epoch: "e",
        epochStartMs: 0,
        sequence,
        firstSample: sequence * FRAME_SAMPLES,
        producedAtMs: 0,
        samplingRateHz: SAMPLING_RATE_HZ,
        leads: leads.map((lead) => ({ ...lead, samples: lead.samples.slice(at, at + FRAME_SAMPLES) })),
        last: false,
        source: "synthetic",
      });
      messages.push({ topic: TOPICS.frames, key: name, value });
    }
  }
  return messages;
}

/** All synthetic beds' signals end to end, cut to whole frames. */
function ring(): FrameLead[] {
  const records = SYNTHETIC_BEDS.map(({ script, seed }) =>
    syntheticRecord(script, { samplingRateHz: SAMPLING_RATE_HZ, seed }),
  );
  return records[0].leads.map((lead, index) => {
    const parts = records.map(({ leads }) => leads[index].samples);
    const whole = new Int16Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return { ...lead, samples: whole.subarray(0, Math.floor(at / FRAME_SAMPLES) * FRAME_SAMPLES) };
  });
}
