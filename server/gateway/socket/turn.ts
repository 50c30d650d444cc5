/** The part of a stream that a turn needs. */
export interface Corkable {
  cork(): void;
  uncork(): void;
}

/** More than this is not held back: what the client takes at once must not look like what it is slow to take. */
const HELD_BYTES = 1 << 16;

/**
 * Holds back what is written to a stream within one turn of the event loop, so that it goes out in one system call: with
 * many clients these are most of what a gateway costs.
 */
export class Turn {
  private readonly corked = new Map<Corkable, number>();

  /** `bytes` are about to be written to `stream`. */
  hold(stream: Corkable, bytes: number): void {
    const held = this.corked.get(stream);
    if (held === undefined) {
      if (this.corked.size === 0) process.nextTick(() => this.end());
      stream.cork();
      this.corked.set(stream, bytes);
    } else if (held + bytes > HELD_BYTES) {
      stream.uncork();
      stream.cork();
      this.corked.set(stream, bytes);
    } else {
      this.corked.set(stream, held + bytes);
    }
  }

  private end(): void {
    for (const stream of this.corked.keys()) stream.uncork();
    this.corked.clear();
  }
}
