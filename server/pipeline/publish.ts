import type { OperatorFunction } from "rxjs";
import type { Bus, BusMessage } from "../../bus/bus.ts";
import type { TopicName } from "../../contracts/topics.ts";
import { inTurns } from "./in-turns.ts";
import type { Outgoing } from "./work.ts";

/**
 * Publishes each item's messages and passes the item on once they are acknowledged, in order. The slower the bus, the
 * larger the batches.
 */
export function publishTo<T>(bus: Bus, outgoing: (item: T) => readonly Outgoing[]): OperatorFunction<T, T> {
  return inTurns(async (queue) => {
    const items = queue.splice(0);
    const byTopic = new Map<TopicName, BusMessage[]>();
    for (const { topic, message } of items.flatMap(outgoing)) {
      const messages = byTopic.get(topic);
      if (messages) messages.push(message);
      else byTopic.set(topic, [message]);
    }
    await Promise.all([...byTopic].map(([topic, messages]) => bus.publish(topic, messages)));
    return items;
  });
}
