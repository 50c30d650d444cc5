import { identityOf, type JsonDataOf } from "../contracts/cloud-event.ts";
import type { DataOf, Events } from "../contracts/topics.ts";

/** Of each bed and topic: a worker that takes over sends the last seconds of its beds again. */
const REMEMBERED = 512;

/** Leaves out what was told before: delivery is at least once, by workers that take over and by gateways. */
export class ToldOnce {
  private readonly told = new Map<string, Set<string>>();

  /** Whether this message is told for the first time. */
  isNew<T extends keyof Events>(topic: T, data: DataOf<Events, T>): boolean {
    const key = `${topic}/${data.bed}`;
    const ids = this.told.get(key) ?? new Set();
    this.told.set(key, ids);
    const id = identityOf(topic, data as JsonDataOf<T>);
    if (ids.has(id)) return false;
    ids.add(id);
    if (ids.size > REMEMBERED) for (const oldest of ids) return ids.delete(oldest);
    return true;
  }
}
