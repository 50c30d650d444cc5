import { expect, test } from "vitest";
import { decodeFrame, type Frame } from "../../../contracts/frame.ts";
import { type Trace, TraceReader } from "../../../contracts/trace-reader.ts";
import { TestClient } from "../../../testing/gateway/client.ts";
import { openGateway, until } from "../../../testing/gateway/gateway.ts";
import { beatAt, beatMessage, frameAt, frameMessage } from "../../../testing/gateway/messages.ts";

const NAMES = frameAt("b1", 0).leads.map(({ name }) => name);
const [FIRST, SECOND] = NAMES;

/** What a client has got: `b1 3: II` is the bed's third frame with that lead, one that is sent again has a *. */
function reading(client: TestClient): () => string[] {
  const reader = new TraceReader();
  const said: string[] = [];
  let read = 0;
  return () => {
    for (; read < client.frames.length; read++) said.push(told(reader.read(client.frames[read])));
    return said;
  };
}

const told = ({ bed, sequence, leads, again }: Trace): string =>
  `${again ? "*" : ""}${bed} ${sequence}: ${leads.flatMap(({ name, samples }) => (samples.length > 0 ? [name] : [])).join(" ")}`.trim();

async function ward() {
  const { bus, url } = await openGateway();
  const client = await TestClient.open(url);
  const send = (bed: string, ...sequences: number[]): Promise<void> =>
    bus.publish(sequences.map((sequence) => frameMessage(frameAt(bed, sequence))));
  return { bus, client, got: reading(client), send };
}

test("of a bed that is shown come the leads that are, of another the header alone; events come of all", async () => {
  const { bus, client, got, send } = await ward();
  await client.subscribe({ shown: { asked: 7, beds: { b1: [SECOND] } } });
  await until(() => client.shown.length === 1);
  expect(client.shown).toEqual([7]);
  await send("b1", 0, 1);
  await send("b2", 0);
  await bus.publish([beatMessage(beatAt("b2", 9))]);
  await until(() => got().length === 3 && client.events.length === 1);
  expect(got().toSorted()).toEqual([`b1 0: ${SECOND}`, `b1 1: ${SECOND}`, "b2 0:"]);
});

test("a lead that comes into sight is filled with its last seconds, and goes on without a hole", async () => {
  const { client, got, send } = await ward();
  await client.subscribe({ shown: { asked: 0, beds: { b1: [FIRST] } } });
  await send("b1", 0, 1);
  await send("b2", 0);
  await until(() => got().length === 3);
  client.send({ type: "show", asked: 1, beds: { b1: [FIRST, SECOND], b2: [FIRST] } });
  await until(() => got().length === 6);
  await send("b1", 2);
  await until(() => got().length === 7);
  expect(got().slice(3)).toEqual([
    `*b1 0: ${SECOND}`,
    `*b1 1: ${SECOND}`,
    `*b2 0: ${FIRST}`,
    `b1 2: ${FIRST} ${SECOND}`,
  ]);
  client.send({ type: "show", asked: 2, beds: {} });
  await until(() => client.shown.length === 3);
  await send("b1", 3);
  await until(() => got().length === 8);
  expect(got().at(-1)).toBe("b1 3:");
});

test("samples are those of the bus, also of a frame that is sent again", async () => {
  const { client, send, got } = await ward();
  await client.subscribe({ shown: { asked: 0, beds: {} } });
  await send("b1", 0);
  await until(() => got().length === 1);
  client.send({ type: "show", asked: 1, beds: { b1: NAMES } });
  await until(() => client.frames.length === 2);
  const reader = new TraceReader();
  const again = reader.read(client.frames[0]) && reader.read(client.frames[1]);
  const frame: Frame = decodeFrame(frameMessage(frameAt("b1", 0)).value);
  expect(again.leads.map(({ samples }) => [...samples])).toEqual(frame.leads.map(({ samples }) => [...samples]));
  expect(again).toMatchObject({ epoch: frame.epoch, firstSample: frame.firstSample, source: frame.source });
});

test("who says nothing of what it shows gets frames as on the bus, also after it has", async () => {
  const { client, send } = await ward();
  await client.subscribe({ shown: { asked: 0, beds: {} } });
  await client.subscribe();
  await send("b1", 0);
  await until(() => client.frames.length === 1);
  expect(decodeFrame(client.frames[0]).leads.map(({ samples }) => samples.length)).toEqual([50, 50]);
});

test.each([
  ["before a subscribe", { type: "show", asked: 1, beds: {} }, "subscribe to the topic frames"],
  ["with a name that is none", { type: "show", asked: 1, beds: { "b 1": ["II"] } }, "show/beds"],
  ["with leads that are no list", { type: "show", asked: 1, beds: { b1: "II" } }, "show/beds/b1"],
  ["with more leads than a frame has", { type: "show", asked: 1, beds: { b1: Array(33).fill("II") } }, "show/beds/b1"],
  ["without its number", { type: "show", beds: {} }, "asked"],
  ["without frames", { type: "subscribe", topics: ["beats"], beds: "*", shown: { asked: 1, beds: {} } }, "frames"],
])("what is shown %s is refused in one line", async (_, message, words) => {
  const { client } = await ward();
  client.send(message);
  await until(() => client.errors.length === 1);
  expect(client.errors[0]).toMatchObject({ code: "BAD_MESSAGE", message: expect.stringContaining(words) });
  expect(client.errors[0].message).not.toContain("\n");
});

test("texts go compressed to who tells what it shows, to others as they are", async () => {
  const sizes = await Promise.all(
    [{}, { shown: { asked: 0, beds: {} } }].map(async (wish) => {
      const { bus, client } = await ward();
      await client.subscribe({ topics: ["frames", "beats"], ...wish });
      for (let n = 0; n < 50; n++) await bus.publish([beatMessage(beatAt("b1", 200 * n))]);
      await until(() => client.events.length === 50);
      const told = client.events.reduce((sum, event) => sum + JSON.stringify(event).length, 0);
      return bytesRead(client) / told;
    }),
  );
  expect(sizes[0]).toBeGreaterThan(1);
  expect(sizes[1]).toBeLessThan(0.4);
});

/** Of all that has come over its connection. */
const bytesRead = ({ socket }: TestClient): number =>
  (socket as unknown as { _socket: { bytesRead: number } })._socket.bytesRead;
