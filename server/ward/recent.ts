/** The last `limit` items by id, in order of arrival. */
export class Recent<T> {
  private readonly items = new Map<string, T>();

  constructor(private readonly limit: number) {}

  /** False, and nothing kept, where the id is known. */
  add(id: string, item: T): boolean {
    if (this.items.has(id)) return false;
    if (this.isFull) for (const oldest of this.items.keys()) if (this.items.delete(oldest)) break;
    this.items.set(id, item);
    return true;
  }

  /** The next item displaces the oldest. */
  get isFull(): boolean {
    return this.items.size >= this.limit;
  }

  get oldest(): T | undefined {
    for (const item of this.items.values()) return item;
    return undefined;
  }

  values(): T[] {
    return [...this.items.values()];
  }
}
