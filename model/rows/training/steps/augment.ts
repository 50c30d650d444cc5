import type { Random } from "../../../../kit/random.ts";
import { ROW_LENGTH } from "../../classifier.ts";

/** How far a training row is moved, as standard deviations but for `shift`; 0: not at all. */
export interface AugmentationSettings {
  /** Of the logarithm of a factor. */
  readonly gain: number;
  readonly offset: number;
  /** Of white noise added to each sample. */
  readonly noise: number;
  /** Of the logarithm of the time scale. */
  readonly stretch: number;
  /** At most so many samples earlier or later. */
  readonly shift: number;
}

const NOISE_LENGTH = 1 << 15;

/** Writes altered copies of rows; what is padding stays zero. Seeded by `random`. */
export function createAugmenter(settings: AugmentationSettings, random: Random) {
  const noise = Float32Array.from({ length: settings.noise > 0 ? NOISE_LENGTH : 0 }, () => random.normal());

  /** `row` of 187 values, altered, into `out`. */
  return (row: Float32Array, out: Float32Array): void => {
    const length = lengthOf(row);
    const scale = Math.exp(settings.stretch * random.normal());
    const shift = settings.shift * (2 * random.uniform() - 1);
    const gain = Math.exp(settings.gain * random.normal());
    const offset = settings.offset * random.normal();
    const start = Math.floor(random.uniform() * (NOISE_LENGTH - ROW_LENGTH));
    // A row that is cut at 187 samples has no more to show: stretching it must not make padding.
    const end = length === ROW_LENGTH ? ROW_LENGTH : Math.min(ROW_LENGTH, Math.round(length * scale));
    for (let i = 0; i < end; i++) {
      const place = Math.min(length - 1, Math.max(0, i / scale + shift));
      const left = Math.floor(place);
      const right = Math.min(length - 1, left + 1);
      const value = row[left] + (place - left) * (row[right] - row[left]);
      const disturbance = settings.noise > 0 ? settings.noise * noise[start + i] : 0;
      out[i] = Math.min(1, Math.max(0, value * gain + offset + disturbance));
    }
    out.fill(0, end, ROW_LENGTH);
  };
}

/** Samples before the padding. */
export function lengthOf(row: Float32Array): number {
  let length = row.length;
  while (length > 1 && row[length - 1] === 0) length--;
  return length;
}
