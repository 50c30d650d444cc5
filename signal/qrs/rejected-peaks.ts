import type { StateReader, Stateful, StateWriter } from "../state.ts";

const LENGTH = 16;

/** The last peaks that were taken for noise, oldest first: where search-back looks for a beat that was missed. */
export class RejectedPeaks implements Stateful {
  count = 0;
  readonly places = new Float64Array(LENGTH);
  readonly heights = new Float64Array(LENGTH);
  readonly positions = new Float64Array(LENGTH);

  add(place: number, height: number, position: number): void {
    if (this.count === LENGTH) this.drop(1);
    this.places[this.count] = place;
    this.heights[this.count] = height;
    this.positions[this.count] = position;
    this.count++;
  }

  /** Forgets the peaks up to `place`. */
  forgetUntil(place: number): void {
    let gone = 0;
    while (gone < this.count && this.places[gone] <= place) gone++;
    if (gone > 0) this.drop(gone);
  }

  clear(): void {
    this.count = 0;
  }

  save(to: StateWriter): void {
    to.number(this.count);
    for (const array of [this.places, this.heights, this.positions]) to.array(array);
  }

  load(from: StateReader): void {
    this.count = from.number();
    for (const array of [this.places, this.heights, this.positions]) from.into(array);
  }

  private drop(gone: number): void {
    for (const array of [this.places, this.heights, this.positions]) array.copyWithin(0, gone, this.count);
    this.count -= gone;
  }
}
