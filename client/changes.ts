/** What can change, for who wants to be told. */
export interface Changing {
  /** Calls `listener` at each change; returns how to stop. */
  subscribe(listener: () => void): () => void;
}

/** The changes of one thing, as its owner tells them. */
export class Changes implements Changing {
  private readonly listeners = new Set<() => void>();

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(): void {
    for (const listener of this.listeners) listener();
  }
}
