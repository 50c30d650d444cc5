import { codecOf } from "../../../contracts/codec.ts";
import { EVENTS, type EventEntry, type EventTable, type OfBeds } from "../../../contracts/topics.ts";
import { REDUCERS, type Reducers } from "../../ward/reducers.ts";
import type { Ward, Placed } from "../../ward/ward.ts";

/** An event topic as the gateway handles it. What type its data has stays within. */
export interface EventTopic extends Pick<EventEntry, "name" | "cleanup" | "gatewayFrom" | "kept"> {
  /** As the socket calls it. */
  readonly topic: string;
  /** Takes a message into the ward: whose it is, null where the ward knew it before. Throws BAD_MESSAGE. */
  take(ward: Ward, value: Uint8Array, nowMs: number): string | null;
  /** Whose a message is. Throws BAD_MESSAGE. */
  bedOf(value: Uint8Array): string;
}

/** Topics that say nothing of whether a worker hears the bed: alarms go on by the wall's clock, the demonstration and admissions are no worker's. */
const UNHEARD: ReadonlySet<string> = new Set<keyof typeof EVENTS>(["alarms", "simulation", "admissions"]);

/** The topics of a table, each with what it does to the ward. */
export function eventTopics<E extends EventTable>(
  events: E & OfBeds<E>,
  reducers: Reducers<NoInfer<E>>,
): readonly EventTopic[] {
  const open = <T extends keyof E & string>(topic: T): EventTopic => {
    const { name, cleanup, gatewayFrom, kept } = events[topic];
    const codec = codecOf<E[T]["schema"]>(events[topic]);
    const reduce = reducers[topic];
    return {
      topic,
      name,
      cleanup,
      gatewayFrom,
      kept,
      // OfBeds demands it.
      bedOf: (value) => (codec.decode(value) as Placed).bed,
      take(ward, value, nowMs) {
        const data = codec.decode(value);
        // OfBeds demands it.
        const { bed } = data as Placed;
        return reduce(ward.toldOf(data as Placed, nowMs, !UNHEARD.has(topic)), data) ? bed : null;
      },
    };
  };
  return Object.keys(events).map(open);
}

/** Those of the product. */
export const EVENT_TOPICS = eventTopics(EVENTS, REDUCERS);
