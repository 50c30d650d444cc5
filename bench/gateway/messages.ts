import type { ReceivedMessage } from "../../bus/bus.ts";
import { beatCodec } from "../../contracts/codec.ts";
import { encodeFrame, type Frame } from "../../contracts/frame.ts";
import { HEADERS, TOPICS } from "../../contracts/topics.ts";
import { partitionOf } from "../../bus/shared/partition.ts";
import { beatAt } from "../../testing/gateway/messages.ts";

export const PARTITIONS = 8;
const FRAME_SECONDS = 0.2;
const RATE_HZ = 360;
/** Beats of each bed in a second: 75 a minute. */
const FRAMES_A_BEAT = 4;

/**
 * What the bus hands a gateway in so many seconds of so many beds, in order: of each bed frames of 200 ms of two leads at
 * 360 Hz, and 75 beats a minute with all their headers. Every run has offsets and an epoch of its own.
 */
export function busMessages(beds: number, seconds: number, run: number): ReceivedMessage[] {
  const epoch = `e${run}`;
  const offsets = new Map<string, number>();
  const received = (topic: ReceivedMessage["topic"], bed: string, value: Uint8Array, headers = {}): ReceivedMessage => {
    const partition = partitionOf(bed, PARTITIONS);
    const place = `${topic}/${partition}`;
    const offset = offsets.get(place) ?? run * 1e7;
    offsets.set(place, offset + 1);
    return { topic, key: bed, partition, offset, value, headers };
  };
  const messages: ReceivedMessage[] = [];
  for (let n = 0; n < seconds / FRAME_SECONDS; n++) {
    for (let i = 0; i < beds; i++) {
      const bed = `b${i + 1}`;
      messages.push(received(TOPICS.frames, bed, encodeFrame(frameAt(bed, epoch, n))));
      if ((n + i) % FRAMES_A_BEAT !== 0) continue;
      const beat = beatAt(bed, Math.round(n * FRAME_SECONDS * RATE_HZ), {
        epoch,
        samplingRateHz: RATE_HZ,
        rrMs: 800 / 1.003,
      });
      messages.push(received(TOPICS.beats, bed, beatCodec.encode(beat), headersOf(n)));
    }
  }
  return messages;
}

const headersOf = (n: number): Readonly<Record<string, string>> => ({
  [HEADERS.producedAt]: String(Date.now()),
  [HEADERS.receivedAt]: String(Date.now()),
  [HEADERS.publishedAt]: String(Date.now()),
  [HEADERS.source]: `${TOPICS.frames}/0/${n}`,
});

function frameAt(bed: string, epoch: string, sequence: number): Frame {
  const length = Math.round(RATE_HZ * FRAME_SECONDS);
  const firstSample = sequence * length;
  const lead = (name: string, period: number) => ({
    name,
    gainAduPerMv: 200,
    baselineAdu: 1024,
    unit: "mV",
    samples: Int16Array.from({ length }, (_, i) => 1024 + 200 * Math.sin((firstSample + i) / period)),
  });
  return {
    bed,
    epoch,
    epochStartMs: 1e12,
    sequence,
    firstSample,
    producedAtMs: Date.now(),
    samplingRateHz: RATE_HZ,
    leads: [lead("MLII", 20), lead("V1", 31)],
    last: false,
    source: "synthetic/bench",
  };
}
