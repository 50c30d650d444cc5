/** Removed slots that pile up at the array's front before they are cut off; fewer where nothing lies behind them. */
const COMPACT_AT = 1024;
const CLEAR_AT = 16;

/** First in, first out, in constant time, readable by index. */
export class Fifo<T> {
  #items: (T | undefined)[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  /** The item `index` places behind the oldest, or undefined. */
  at(index: number): T | undefined {
    return this.#items[this.#head + index];
  }

  /** Removes the oldest and returns it, or undefined. */
  shift(): T | undefined {
    if (this.length === 0) return undefined;
    const item = this.#items[this.#head];
    this.#items[this.#head] = undefined;
    this.#head++;
    if (this.#head >= CLEAR_AT && this.length === 0) {
      this.#items = [];
      this.#head = 0;
    } else if (this.#head >= COMPACT_AT && this.#head * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }
}
