import type { DataOf, Events, EventTable } from "../contracts/topics.ts";

/** What makes two messages of a topic the same one. */
type Identities<E extends EventTable> = { readonly [T in keyof E]: (data: DataOf<E, T>) => string };

const IDENTITIES: Identities<Events> = {
  beats: ({ id }) => id,
  qrs: ({ id }) => id,
  conditions: ({ id, phase, sample }) => `${id}/${phase}/${sample}`,
  rhythms: ({ bed, epoch, sample }) => `${bed}/${epoch}/${sample}`,
  alarms: ({ bed, sequence, step, clockMs, alarm }) => `${bed}/${sequence}/${step}/${clockMs}/${alarm?.id}`,
  simulation: ({ bed, id, phase }) => `${bed}/${id}/${phase}`,
  admissions: ({ bed, version, command }) => `${bed}/${version}/${command}`,
};

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
    const id = IDENTITIES[topic](data);
    if (ids.has(id)) return false;
    ids.add(id);
    if (ids.size > REMEMBERED) for (const oldest of ids) return ids.delete(oldest);
    return true;
  }
}
