import type { Random } from "../../kit/random.ts";
import { lengthOf } from "./padding.ts";

/** How far a row is moved, as standard deviations but for `shift`; 0: not at all. */
export interface AugmentationSettings {
  /** Of the logarithm of a factor. */
  readonly gain: number;
  /** Of the zero line, in the row's unit. */
  readonly offset: number;
  /** Of white noise added to each sample. */
  readonly noise: number;
  /** Of the logarithm of the time scale. */
  readonly stretch: number;
  /** At most so many samples earlier or later. */
  readonly shift: number;
}

const NOISE_LENGTH = 1 << 15;

/**
 * Altered copies of padded rows for training: stretched and shifted in time, louder or softer, on another zero line, with
 * white noise; by amounts drawn from `random` for each. What is padding stays zero, values stay within 0 and 1.
 *
 *     const augmentation = new DataAugmentation({ gain: 0.1, offset: 0.02, noise: 0.01, stretch: 0.05, shift: 1 }, random);
 *     augmentation.apply(row, out);
 */
export class DataAugmentation {
  /** Drawn once: a row takes a piece of it. */
  private readonly noise: Float32Array;

  constructor(
    private readonly settings: AugmentationSettings,
    private readonly random: Random,
  ) {
    this.noise = Float32Array.from({ length: settings.noise > 0 ? NOISE_LENGTH : 0 }, () => random.normal());
  }

  /** `row`, altered, into `out`, as long. */
  apply(row: Float32Array, out: Float32Array): void {
    const { settings, random, noise } = this;
    const length = Math.max(1, lengthOf(row));
    const scale = Math.exp(settings.stretch * random.normal());
    const shift = settings.shift * (2 * random.uniform() - 1);
    const gain = Math.exp(settings.gain * random.normal());
    const offset = settings.offset * random.normal();
    const start = Math.floor(random.uniform() * (NOISE_LENGTH - row.length));
    // A row that is cut off at its end has no more to show: stretching it must not make padding.
    const end = length === row.length ? length : Math.min(row.length, Math.round(length * scale));
    for (let i = 0; i < end; i++) {
      const place = Math.min(length - 1, Math.max(0, i / scale + shift));
      const left = Math.floor(place);
      const right = Math.min(length - 1, left + 1);
      const value = row[left] + (place - left) * (row[right] - row[left]);
      const disturbance = settings.noise > 0 ? settings.noise * noise[start + i] : 0;
      out[i] = Math.min(1, Math.max(0, value * gain + offset + disturbance));
    }
    out.fill(0, end, row.length);
  }
}
