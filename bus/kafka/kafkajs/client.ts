import { createRequire } from "node:module";
import kafkajs, { Kafka, logLevel, type RetryOptions } from "kafkajs";
import type { Connection } from "../client.ts";
import { installCodecs } from "./codecs.ts";
import { mendDecoding } from "./decode-batches.ts";

/** Connects, and fails within seconds if nobody is there. */
export const BRIEF: RetryOptions = { initialRetryTime: 200, maxRetryTime: 500, retries: 2 };

/**
 * A kafkajs client. Each consumer needs one of its own: kafkajs keeps committed offsets by client and group, so two
 * members of a group would overwrite each other's. Its log is silent: what matters comes back as errors and events.
 */
export function connect({ brokers, clientId, security = {} }: Connection, retry: RetryOptions): Kafka {
  mendOnce();
  return new Kafka({
    brokers: [...brokers],
    clientId,
    retry,
    ...(security.tls && { ssl: { ...security.tls } }),
    ...(security.sasl && { sasl: { mechanism: "scram-sha-512", ...security.sasl } }),
    connectionTimeout: 2000,
    requestTimeout: 10_000,
    logLevel: logLevel.NOTHING,
  });
}

/** The part of kafkajs's request queue that is mended here. */
export interface RequestQueue {
  pending: readonly unknown[];
  throttledUntil: number;
  scheduleCheckPendingRequests(): void;
}

let isMended = false;

function mendOnce(): void {
  if (isMended) return;
  isMended = true;
  stopIdleTimers();
  installCodecs();
  mendDecoding();
}

/**
 * kafkajs 2.2.4 re-arms a timer with a negative delay for as long as a connection lives, even with nothing pending: a
 * thousand wake-ups a second, and a warning each process on Node ≥ 24 (kafkajs #1751). Here it is armed only when a
 * request waits or the broker throttles.
 */
export function stopIdleTimers(): void {
  const load = createRequire(import.meta.url);
  const { prototype } = load("kafkajs/src/network/requestQueue") as { prototype: RequestQueue };
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this);
  };
}

/** Whether kafkajs refused a call outright, e.g. because its consumer is not running. */
export const isRefusal = (cause: unknown): boolean => cause instanceof kafkajs.KafkaJSNonRetriableError;
