import { Base, MultipleErrors, NetworkError, ResponseError, TimeoutError } from "@platformatic/kafka";
import { expect, test } from "vitest";
import { failWithoutLeader, isUnanswered, toOptions } from "./connect.ts";
import { fetchApi } from "./fetch-api.ts";

test("what was not answered is told from an answer that is an error", () => {
  expect(isUnanswered(new TimeoutError("late"))).toBe(true);
  expect(isUnanswered(new MultipleErrors("all", [new NetworkError("closed")]))).toBe(true);
  expect(isUnanswered(new ResponseError(0, 11, { "/": [41, null] }, {}))).toBe(false);
  for (const other of [new Error("other"), undefined, "text"]) expect(isUnanswered(other)).toBe(false);
});

test("brokers that are named are asked for by their names over TLS, those of an address are not", () => {
  const of = (...brokers: string[]) => toOptions({ brokers, clientId: "c", security: { tls: { ca: "pem" } } });
  expect(of("kafka.ward:9093")).toMatchObject({ tls: { ca: "pem" }, tlsServerName: true });
  expect(of("kafka.ward:9093", "10.0.0.1:9093")).toMatchObject({ tlsServerName: false });
  expect(toOptions({ brokers: ["k:1"], clientId: "c" })).not.toHaveProperty("tls");
});

test("the newest way to fetch that both know; a broker that knows none is told by its age", () => {
  expect([13, 15, 17, 99].map((highest) => fetchApi(highest).version)).toEqual([13, 15, 17, 17]);
  expect(() => fetchApi(12)).toThrow(/older than Kafka 3\.1/);
});

test("a partition that nobody leads is an error that passes, not a throw where nobody catches", async () => {
  const client = new Base(toOptions({ brokers: ["127.0.0.1:1"], clientId: "c" }));
  failWithoutLeader(client);
  // As the library does with a leader that its metadata does not know.
  const nobody = undefined as never;
  const told = await new Promise((resolve) => client.connections.get(nobody, resolve));
  expect(isUnanswered(told)).toBe(true);
  await expect(client.connections.get(nobody)).rejects.toThrow("nobody leads");
  // One that is known is asked.
  await expect(client.connections.get({ host: "127.0.0.1", port: 1 } as never)).rejects.toThrow(/127\.0\.0\.1:1/);
  await client.close();
});
