/** One who needs the broker, and what keeps it from what it does; null: nothing. */
export interface Standpoint {
  set(trouble: string | null): void;
  /** No longer asked for. */
  leave(): void;
}

/** All has been well for so long when trouble is said to be over, ms: parts of a bus come back one after another. */
const CALM_MS = 2000;

/** What keeps the parts of a bus from their broker, told once when it begins and once when all of it is over. */
export class Reachability {
  readonly #troubles = new Map<object, string | null>();
  #isTold = false;
  #calm: NodeJS.Timeout | undefined;

  constructor(private readonly onChange: (trouble: string | null) => void) {}

  /** The first of the troubles there are, null when there is none. */
  get trouble(): string | null {
    for (const trouble of this.#troubles.values()) if (trouble !== null) return trouble;
    return null;
  }

  join(): Standpoint {
    const key = {};
    return {
      set: (trouble) => {
        this.#troubles.set(key, trouble);
        this.#tell();
      },
      leave: () => {
        this.#troubles.delete(key);
        this.#tell();
      },
    };
  }

  #tell(): void {
    const { trouble } = this;
    if (trouble !== null) {
      clearTimeout(this.#calm);
      this.#calm = undefined;
      if (!this.#isTold) this.onChange(trouble);
      this.#isTold = true;
    } else if (this.#isTold) {
      this.#calm ??= setTimeout(() => this.#over(), CALM_MS).unref();
    }
  }

  #over(): void {
    this.#calm = undefined;
    this.#isTold = false;
    this.onChange(null);
  }
}
