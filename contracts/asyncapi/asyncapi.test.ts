import { Parser } from "@asyncapi/parser";
import { expect, test } from "vitest";
import { Value } from "typebox/value";
import { beatAt } from "../../testing/gateway/messages.ts";
import * as socket from "../socket.ts";
import { TOPIC_TABLE } from "../topics.ts";
import { asyncApi } from "./asyncapi.ts";
import { FROM_CLIENTS, FROM_GATEWAYS } from "./socket-messages.ts";

const text = JSON.stringify(asyncApi({ version: "1.2.3", partitions: 4 }));

/** What the parser finds wrong, by its severity: 0 an error, 1 a warning. */
async function faults(document: string): Promise<string[]> {
  const { diagnostics } = await new Parser().parse(document);
  return diagnostics
    .filter(({ severity }) => severity <= 1)
    .map(({ message, path }) => `${path.join("/")}: ${message}`);
}

test("the document is AsyncAPI 3 without a fault, and one that is none is found", async () => {
  expect(await faults(text)).toEqual([]);
  expect(await faults(text.replace('"action":"send"', '"action":"shout"'))).not.toEqual([]);
});

test("each topic is a channel with its key, partitions and cleanup, and a message with its payload", async () => {
  const { document } = await new Parser().parse(text);
  const topics = Object.entries(TOPIC_TABLE);
  expect(
    document
      ?.channels()
      .all()
      .map((channel) => channel.address()),
  ).toEqual([...topics.map(([, { name }]) => name), "/ws"]);
  for (const [topic, { name, cleanup, schema }] of topics) {
    const channel = document?.channels().get(topic);
    const { partitions, topicConfiguration } = channel?.bindings().get("kafka")?.value() ?? {};
    expect({ name, partitions, topicConfiguration }).toEqual({
      name,
      partitions: 4,
      topicConfiguration: {
        "cleanup.policy": [cleanup.policy],
        ...(cleanup.policy === "delete" && { "retention.ms": cleanup.retentionMs }),
      },
    });
    const [message] = channel?.messages().all() ?? [];
    expect(message.bindings().get("kafka")?.value().key.type).toBe("string");
    expect(message.summary()?.length).toBeGreaterThan(20);
    expect(message.payload()?.type()).toBe(schema ? "object" : "string");
  }
  expect(document?.operations().all().length).toBe(topics.length + 2);
});

test("each message of the socket is in it", () => {
  // Those of the table of topics are made by eventSchema; of the others, each that stands by itself has a `type`.
  const standing = Object.entries(socket).flatMap(([name, value]) =>
    name.endsWith("Schema") && typeof value === "object" && "type" in (value as { properties: object }).properties
      ? [value]
      : [],
  );
  expect(standing.length).toBeGreaterThan(10);
  const told = [...FROM_CLIENTS, ...FROM_GATEWAYS].map(({ schema }) => schema);
  expect(standing.filter((schema) => !told.includes(schema as (typeof told)[number]))).toEqual([]);
  for (const [topic, { kept }] of Object.entries(TOPIC_TABLE)) {
    expect(FROM_GATEWAYS.some(({ name }) => name === `${topic}Event`)).toBe(kept !== null);
  }
});

test("its schemas are the contracts': a beat fits the one of the document, and half a beat does not", async () => {
  const { document } = await new Parser().parse(text);
  const schema = document?.channels().get("beats")?.messages().get("beats")?.payload()?.json() as object;
  expect(Value.Check(schema, beatAt("b1", 5))).toBe(true);
  const { sample: _, ...half } = beatAt("b1", 5);
  expect(Value.Check(schema, half)).toBe(false);
});
