import type { OperatorFunction } from "rxjs";
import type { Bus, BusMessage } from "../../bus/bus.ts";
import { inTurns } from "./in-turns.ts";

/**
 * Publishes each item's messages and passes the items on once they are acknowledged, in order. The slower the bus, the
 * larger the batches.
 */
export function publishTo<T extends { readonly outgoing: readonly BusMessage[] }>(
  bus: Bus,
): OperatorFunction<readonly T[], readonly T[]> {
  return inTurns(async (queue) => {
    const items = queue.splice(0);
    const messages = items.flatMap(({ outgoing }) => outgoing);
    if (messages.length > 0) await bus.publish(messages);
    return items;
  });
}
