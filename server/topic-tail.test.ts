import { expect, test } from "vitest";
import type { Bus, SubscribeOptions } from "../bus/bus.ts";
import { TOPICS } from "../contracts/topics.ts";
import { openBus, until } from "../testing/gateway/gateway.ts";
import { beatAt, beatMessage } from "../testing/gateway/messages.ts";
import { openTopicTail } from "./topic-tail.ts";

const topic = TOPICS.beats;
const fail = (error: Error): never => expect.unreachable(error.message);

test("all messages once and in order, credits given back, and caught up when what stood there is read", async () => {
  const bus = await openBus(1);
  const tell = (from: number, to: number) =>
    bus.publish(Array.from({ length: to - from }, (_, i) => beatMessage(beatAt("b1", from + i))));
  await tell(0, 1500);
  const offsets: number[] = [];
  const begins: number[] = [];
  const tail = await openTopicTail({
    bus,
    group: "g",
    topic,
    from: "earliest",
    onBegin: (_partition, offset) => begins.push(offset),
    onMessage: ({ offset }) => offsets.push(offset),
    onError: fail,
  });
  await tail.caughtUp;
  expect(offsets).toEqual(Array.from({ length: 1500 }, (_, i) => i));
  await tell(1500, 4000);
  await until(() => offsets.length === 4000);
  expect(begins).toEqual([0]);
  expect(await tail.lag()).toBe(0);
  await tail.close();
});

test("assigned anew, as after a lost connection, it goes on where it was, or says what was lost", async () => {
  const seeks: number[] = [];
  const asked: SubscribeOptions[] = [];
  const bus: Bus = {
    partitions: 1,
    trouble: null,
    start: async () => {},
    publish: async () => {},
    ends: async () => [12],
    close: async () => {},
    subscribe: async (options) => {
      asked.push(options);
      options.onAssigned?.([{ topic, partition: 0, offset: 10, end: 12 }]);
      const subscription = { inFlight: 0, commit: async () => {}, lag: async () => 0, close: async () => {} };
      return { ...subscription, release: () => {}, seek: ({ offset }) => seeks.push(offset) };
    },
  };
  const got: number[] = [];
  const begins: number[] = [];
  const tail = await openTopicTail({
    bus,
    group: "g",
    topic,
    from: 2,
    onBegin: (_partition, offset) => begins.push(offset),
    onMessage: ({ offset }) => got.push(offset),
    onError: fail,
  });
  const [{ onMessage, onAssigned }] = asked;
  const give = (offset: number) =>
    onMessage({ ...beatMessage(beatAt("b1", 1)), headers: {}, topic, partition: 0, offset });
  give(10);
  give(11);
  await tail.caughtUp;
  onAssigned?.([{ topic, partition: 0, offset: 10, end: 12 }]);
  give(10);
  give(12);
  onAssigned?.([{ topic, partition: 0, offset: 20, end: 20 }]);
  give(20);
  expect(seeks).toEqual([12]);
  expect(got).toEqual([10, 11, 12, 20]);
  expect(begins).toEqual([10, 20]);
  // The broker has lost its log and begun another.
  onAssigned?.([{ topic, partition: 0, offset: 3, end: 5 }]);
  give(3);
  expect(seeks).toEqual([12]);
  expect(got.at(-1)).toBe(3);
  expect(begins).toEqual([10, 20, 3]);
});
