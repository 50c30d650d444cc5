import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { Bus, BusMessage } from "../../bus/bus.ts";
import { cpuSeconds } from "../harness/measure.ts";
import { receive } from "../harness/receive.ts";

/** First messages, left out: connections and the compiler warm up. */
const WARM_UP = 160;
/** Messages a bed publishes in one call when throughput is measured. */
const BATCH = 16;

export interface Latencies {
  /** From `publish` until it resolved, and until the message was handed out, ms. */
  readonly acknowledged: readonly number[];
  readonly received: readonly number[];
  /** Of a core, while this lasted. */
  readonly cpuShare: number;
}

/** Publishes each message by itself, so many a second, as beds in real time do. */
export async function measureLatency(bus: Bus, messages: readonly BusMessage[], rate: number): Promise<Latencies> {
  const sentAt: number[] = [];
  const acknowledged: number[] = [];
  const received: number[] = [];
  const reader = await receive(bus, messages.length, (index) => {
    if (index >= WARM_UP) received.push(performance.now() - sentAt[index]);
  });
  const begin = performance.now();
  const cpu = await cpuSeconds(async () => {
    for (const [index, message] of messages.entries()) {
      const wait = begin + (index * 1000) / rate - performance.now();
      if (wait > 0) await sleep(wait);
      sentAt[index] = performance.now();
      const published = bus.publish([{ ...message, headers: { run: reader.run, index: String(index) } }]);
      void published.then(() => {
        if (index >= WARM_UP) acknowledged.push(performance.now() - sentAt[index]);
      });
    }
    await reader.done;
  });
  return { acknowledged, received, cpuShare: cpu / ((performance.now() - begin) / 1000) };
}

/** Messages a second, from the first publish to the last receive, each bed waiting for its own; and processor time a message. */
export async function measureThroughput(
  bus: Bus,
  messages: readonly BusMessage[],
): Promise<{ rate: number; cpuUs: number }> {
  const reader = await receive(bus, messages.length, () => {});
  const headers = { run: reader.run };
  const beds = new Map<string, BusMessage[]>();
  for (const message of messages) beds.set(message.key, [...(beds.get(message.key) ?? []), message]);
  const begin = performance.now();
  const cpu = await cpuSeconds(async () => {
    const publish = async (own: readonly BusMessage[]): Promise<void> => {
      for (let at = 0; at < own.length; at += BATCH) {
        await bus.publish(own.slice(at, at + BATCH).map((message) => ({ ...message, headers })));
      }
    };
    await Promise.all([...beds.values()].map(publish));
    await reader.done;
  });
  const seconds = (performance.now() - begin) / 1000;
  return { rate: messages.length / seconds, cpuUs: (cpu * 1e6) / messages.length };
}
