import { BedsideError } from "../../contracts/errors.ts";
import type { StateReader, StateWriter } from "../state.ts";
import type { QrsListener, QrsSource } from "./source.ts";

/** A given peak is told as long after R as the detector tells its own: 31 samples, with the resampler within 0.3 s. */
const TOLD_AFTER = 31;

/**
 * R peaks that are known beforehand, e.g. an annotator's: what classification is worth apart from detection. Peaks
 * where there is no signal are left out.
 */
export class GivenPeaks implements QrsSource {
  private readonly positions: Float64Array;
  private index = 0;
  private next = 0;

  /**
   * `samples`: R peaks at the input rate, each after the one before; `ratio`: input samples to a sample at 125 Hz.
   * Throws BAD_ARGUMENT naming the first that is out of order.
   */
  constructor(samples: readonly number[], ratio: number) {
    this.positions = Float64Array.from(samples, (sample) => sample / ratio);
    const wrong = samples.findIndex((sample, i) => !(sample > (i === 0 ? -1 : samples[i - 1])));
    if (wrong >= 0) {
      throw new BedsideError(
        "BAD_ARGUMENT",
        `given R peak ${wrong} is ${samples[wrong]}: must lie behind the last one`,
      );
    }
  }

  hear(): void {}

  step(_: number, emit: QrsListener): void {
    const at = this.index++;
    while (this.next < this.positions.length && this.positions[this.next] + TOLD_AFTER <= at) {
      emit(this.positions[this.next++], false);
    }
  }

  reset(position125 = 0): void {
    this.index = position125;
    while (this.next < this.positions.length && this.positions[this.next] < position125) this.next++;
  }

  save(to: StateWriter): void {
    to.array([this.index, this.next]);
  }

  load(from: StateReader): void {
    const read = new Float64Array(2);
    from.into(read);
    [this.index, this.next] = read;
  }
}
