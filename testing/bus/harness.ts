import { expect, vi } from "vitest";
import type { BedsideError } from "../../contracts/errors.ts";
import { type TopicName, TOPICS } from "../../contracts/topics.ts";
import type { Bus, BusMessage, PartitionRef, ReceivedMessage, SubscribeOptions, Subscription } from "../../bus/bus.ts";

/** How long anything may take that a slow broker does; a passing test does not wait for it. */
export const PATIENCE = { timeout: 20_000, interval: 10 };

/** A member of a group that writes down what happens to it. */
export interface Reader {
  readonly subscription: Subscription;
  readonly messages: ReceivedMessage[];
  readonly errors: BedsideError[];
  /** What it holds at the moment. */
  assigned: readonly (PartitionRef & { offset: number })[];
  /** Resolves with the messages of `key` as text once there are `count`; fails if there are more. */
  texts(key: string, count: number): Promise<string[]>;
}

/** Subscribes with far more credits than any test needs, unless `options` say otherwise. */
export async function read(bus: Bus, options: Partial<SubscribeOptions> & { group: string }): Promise<Reader> {
  const messages: ReceivedMessage[] = [];
  const errors: BedsideError[] = [];
  const reader = {
    messages,
    errors,
    assigned: [] as readonly (PartitionRef & { offset: number })[],
    texts: async (key: string, count: number) => {
      const ofKey = (): string[] => messages.filter((message) => message.key === key).map(textOf);
      await vi.waitFor(() => expect(ofKey().length).toBeGreaterThanOrEqual(count), PATIENCE);
      expect(ofKey()).toHaveLength(count);
      return ofKey();
    },
  };
  const subscription = await bus.subscribe({
    topics: [TOPICS.frames],
    from: "latest",
    credits: 100_000,
    ...options,
    onMessage: (message) => {
      messages.push(message);
      options.onMessage?.(message);
    },
    onAssigned: (partitions) => {
      reader.assigned = partitions;
      options.onAssigned?.(partitions);
    },
    onRevoked: async (partitions) => {
      await options.onRevoked?.(partitions);
      reader.assigned = [];
    },
    onError: (error) => errors.push(error),
  });
  return Object.assign(reader, { subscription });
}

let counter = 0;

/** A name no other test, and no other run on the same broker, uses. */
export const unique = (prefix: string): string => `${prefix}-${process.pid}-${Date.now().toString(36)}-${counter++}`;

/** Messages of one key with the texts "0", "1", …; `begin` is the first. */
export function numbered(key: string, count: number, begin = 0, topic: TopicName = TOPICS.frames): BusMessage[] {
  return Array.from({ length: count }, (_, i) => ({ topic, key, value: Buffer.from(String(begin + i)) }));
}

/** The texts `numbered` gives. */
export const numbers = (count: number, begin = 0): string[] =>
  Array.from({ length: count }, (_, i) => String(begin + i));

export const textOf = ({ value }: Pick<BusMessage, "value">): string => Buffer.from(value).toString();

/** Long enough for a message that must not come to come. */
export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 300));
