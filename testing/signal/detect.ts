import { QrsDetector } from "../../signal/qrs/detector.ts";
import { MAX_BLOCK } from "../../signal/block.ts";

/** For tests: where a detector finds R peaks in a signal at 125 Hz, mV, heard in blocks of `block` samples. */
export function detect(
  signal: ArrayLike<number>,
  detector = new QrsDetector(),
  block = MAX_BLOCK,
): { position: number; late: boolean }[] {
  const found: { position: number; late: boolean }[] = [];
  const energy = new Float64Array(block);
  const samples = Float64Array.from(signal);
  for (let at = 0; at < samples.length; at += block) {
    const count = Math.min(block, samples.length - at);
    detector.hear(samples.subarray(at, at + count), energy, count);
    for (let i = 0; i < count; i++) detector.step(energy[i], (position, late) => found.push({ position, late }));
  }
  return found;
}
