import type { OperatorFunction } from "rxjs";
import type { Bus, BusMessage } from "../../bus/bus.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { TOPICS } from "../../contracts/topics.ts";
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
    if (messages.length > 0)
      await bus.publish(messages).catch((error: unknown) => publishLetters(bus, messages, error));
    return items;
  });
}

/**
 * A dead-letter topic that its operator made may take less than a frame: then the letters go without their bytes, and what was
 * wrong, and where, is told all the same. The other messages of the call have gone out. Throws `error` where no letter caused it.
 */
async function publishLetters(bus: Bus, messages: readonly BusMessage[], error: unknown): Promise<void> {
  const letters = messages.filter(({ topic }) => topic === TOPICS.deadLetter);
  const isRefused = error instanceof BedsideError && error.code === "BAD_MESSAGE";
  if (!isRefused || letters.length === 0) throw error;
  await bus.publish(letters.map((letter) => ({ ...letter, value: new Uint8Array(0) })));
}
