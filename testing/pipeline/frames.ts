import type { BusMessage } from "../../bus/bus.ts";
import { encodeFrame, type Frame } from "../../contracts/frame.ts";
import { TOPICS } from "../../contracts/topics.ts";
import { syntheticRecord } from "../../data/synthetic/record.ts";
import { Player } from "../../simulator/player.ts";

export const RATE = 250;

/** A minute of sinus rhythm with an asystole in it, behind 40 s, cut into frames. */
export function framesOf(bed: string, frameSamples: number, seed = 5, asystoleSeconds = 9): Frame[] {
  const record = syntheticRecord(
    [
      { rhythm: "sinus", seconds: 40, bpm: 75 },
      { rhythm: "asystole", seconds: asystoleSeconds },
      { rhythm: "sinus", seconds: 20, bpm: 80 },
    ],
    { samplingRateHz: RATE, seed },
  );
  const player = new Player(bed, { ...record, name: "synthetic/test" }, "e", frameSamples, "no");
  const frames: Frame[] = [];
  while (player.nextLength > 0) frames.push({ ...player.next(0).frame, epochStartMs: 0 });
  return frames;
}

export const frameMessage = (frame: Frame): BusMessage => ({
  topic: TOPICS.frames,
  key: frame.bed,
  value: encodeFrame(frame),
});

/** Looks again and again. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}
