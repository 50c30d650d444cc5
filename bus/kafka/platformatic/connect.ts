import { isIP } from "node:net";
import { type Base, type BaseOptions, type Broker, type ConnectionPool, NetworkError } from "@platformatic/kafka";
import type { Connection } from "../client.ts";

/** What every part of a client needs to reach the cluster. Trying again is the bus's own affair, with its own patience. */
export function toOptions({ brokers, clientId, security = {} }: Connection) {
  return {
    clientId,
    bootstrapBrokers: [...brokers],
    connectTimeout: 2000,
    // What a broker may take over what it does itself.
    timeout: 5000,
    requestTimeout: 10_000,
    retries: 0,
    retryDelay: 100,
    autocreateTopics: false,
    ...(security.tls && { tls: { ...security.tls }, tlsServerName: !brokers.some(isAddress) }),
    ...(security.sasl && { sasl: { mechanism: "SCRAM-SHA-512" as const, ...security.sasl } }),
  } satisfies BaseOptions;
}

/** Whether a broker is named by its IP address, which TLS does not take for a server's name. */
const isAddress = (broker: string): boolean => isIP(broker.split(":")[0]) !== 0;

/**
 * Ends all connections at once, with what is under way on them. An answer that comes after its time would be taken for another
 * one's (1.35.0), and one whose other side has gone would be asked on and on; closing waits for what is not sent yet.
 */
export function dropConnections(connections: ConnectionPool): void {
  for (const [, connection] of connections) connection.socket?.destroy();
}

/**
 * A partition whose broker has died has no leader until another one is chosen, and is asked of nobody: 1.35.0 throws there, where no
 * caller can catch it. From here on it is told as what passes, and who leads is asked anew.
 */
export function failWithoutLeader(client: Pick<Base, "connections" | "clearMetadata">): void {
  const { connections } = client;
  const get = connections.get.bind(connections) as (...args: unknown[]) => unknown;
  const guarded = (broker: Broker | undefined, ...callback: ((error: Error) => void)[]): unknown => {
    if (broker) return get(broker, ...callback);
    client.clearMetadata();
    const error = new NetworkError("nobody leads the partition at the moment");
    if (callback.length === 0) return Promise.reject(error);
    return callback[0](error);
  };
  connections.get = guarded as ConnectionPool["get"];
}

/** Nobody answered: who is asked next may be another broker, over another connection. */
export function startAfresh(client: Pick<Base, "connections" | "clearMetadata">): void {
  dropConnections(client.connections);
  client.clearMetadata();
}

/** Whether nobody answered, in contrast to an answer that is an error. */
export function isUnanswered(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const { findBy } = cause as { findBy?: (property: string, value: unknown) => unknown };
  return typeof findBy === "function" && Boolean(findBy.call(cause, "code", "PLT_KFK_NETWORK"));
}
