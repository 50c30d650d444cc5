import type { OperatorFunction } from "rxjs";
import type { Bus, BusMessage } from "../../bus/bus.ts";
import { inTurns } from "./in-turns.ts";

/**
 * Publishes each item's messages and passes the item on once they are acknowledged, in order. The slower the bus, the
 * larger the batches.
 */
export function publishTo<T>(bus: Bus, outgoing: (item: T) => readonly BusMessage[]): OperatorFunction<T, T> {
  return inTurns(async (queue) => {
    const items = queue.splice(0);
    await bus.publish(items.flatMap(outgoing));
    return items;
  });
}
