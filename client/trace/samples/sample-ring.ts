/** The last samples of one lead, addressed by absolute position. What was never written, or is no longer kept, reads NaN. */
export class SampleRing {
  /** Made when the first sample comes: many rings get none. */
  private kept: Float32Array | null = null;
  private last = 0;
  private first = 0;

  /** `capacity` in samples, ≥ 1. */
  constructor(private readonly capacity: number) {}

  private get values(): Float32Array {
    this.kept ??= new Float32Array(this.capacity).fill(Number.NaN);
    return this.kept;
  }

  /** Oldest position that is kept. */
  get begin(): number {
    return Math.max(this.first, this.last - this.capacity);
  }

  /** Position behind the newest sample. */
  get end(): number {
    return this.last;
  }

  at(position: number): number {
    if (position < this.begin || position >= this.last) return Number.NaN;
    return this.values[position % this.capacity];
  }

  /** `count` samples at `position`: behind a hole, which then reads NaN, or late, into one. */
  write(position: number, samples: Float32Array, count = samples.length): void {
    this.open(position);
    const skipped = Math.max(0, this.begin - position, count - this.capacity);
    for (let i = skipped; i < count; i++) this.put(position + i, samples[i]);
  }

  push(sample: number): void {
    this.put(this.last, sample);
  }

  /** Forgets what stands at `position` and behind it; the end stays. */
  blankFrom(position: number): void {
    for (let at = Math.max(position, this.begin); at < this.last; at++) this.put(at, Number.NaN);
  }

  /** Empties the ring; the next sample pushed stands at `position`. */
  restartAt(position: number): void {
    this.values.fill(Number.NaN);
    this.first = position;
    this.last = position;
  }

  /** Lays NaN up to `position`. */
  private open(position: number): void {
    if (position - this.last >= this.capacity) {
      this.values.fill(Number.NaN);
      this.last = position;
      return;
    }
    while (this.last < position) this.put(this.last, Number.NaN);
  }

  private put(position: number, sample: number): void {
    if (position < this.begin) return;
    this.values[position % this.capacity] = sample;
    if (position >= this.last) this.last = position + 1;
  }
}
