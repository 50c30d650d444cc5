import { createHash } from "node:crypto";
import { type FrameLead, MISSING_ADU } from "../../contracts/frame.ts";

/** Of MIT-BIH's converter: 5 µV, the step that a lead is read in here, whatever its own gain. */
const STEPS_PER_MV = 200;
/** Stands for a missing sample; no step of a converter of 16 bits. */
const MISSING = 0x7fff_ffff;
const CHUNK = 1 << 16;
/** Of SHA-256's 64 hexadecimal digits: 128 bits. */
const DIGITS = 32;

/**
 * What a lead's signal is known by: a hash of all its samples in steps of 5 µV from the first one that is not missing.
 * The same for a copy under another name, in another format, order of leads, gain or baseline, as long as no sample moves
 * by half a step; another for a signal that was cut, filtered, resampled or scaled.
 */
export function signalHash({ samples, gainAduPerMv }: FrameLead): string {
  const first = samples.find((adu) => adu !== MISSING_ADU) ?? 0;
  const hash = createHash("sha256");
  const steps = new Int32Array(CHUNK);
  for (let from = 0; from < samples.length; from += CHUNK) {
    const count = Math.min(CHUNK, samples.length - from);
    for (let i = 0; i < count; i++) {
      const adu = samples[from + i];
      steps[i] = adu === MISSING_ADU ? MISSING : Math.round(((adu - first) / gainAduPerMv) * STEPS_PER_MV);
    }
    hash.update(new Uint8Array(steps.buffer, 0, 4 * count));
  }
  return hash.digest("hex").slice(0, DIGITS);
}
