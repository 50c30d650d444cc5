import { expect, test } from "vitest";
import { CANARY_KIND } from "../../../contracts/canary.ts";
import { proofCodec } from "../../../contracts/codec.ts";
import type { Proof } from "../../../contracts/proof.ts";
import type { ProofMessage, ServerMessage } from "../../../contracts/socket.ts";
import { TOPICS } from "../../../contracts/topics.ts";
import { alarmEventAt, alarmMessage } from "../../../testing/gateway/alarms.ts";
import { TestClient } from "../../../testing/gateway/client.ts";
import { openGateway, until } from "../../../testing/gateway/gateway.ts";
import {
  beatAt,
  beatMessage,
  conditionAt,
  conditionMessage,
  frameAt,
  frameMessage,
} from "../../../testing/gateway/messages.ts";

const CANARY = "bedside-canary-0.0";
const TOPICS_OF_A_SCREEN = ["frames", "beats", "conditions", "alarms"];
const proofs = ({ messages }: TestClient): ProofMessage[] =>
  messages.filter((message: ServerMessage): message is ProofMessage => "type" in message && message.type === "proof");

test("a canary is on no list and reaches nobody but screens, which confirm it; the gateway tells the others how they are", async () => {
  const { app, bus, metrics, url } = await openGateway();
  const told: Proof[] = [];
  await bus.subscribe({
    group: "test",
    topics: [TOPICS.proofs],
    from: "latest",
    credits: 1000,
    onMessage: ({ value }) => told.push(proofCodec.decode(value)),
    onError: (error) => expect.unreachable(error.message),
  });
  const program = await TestClient.open(url);
  await program.subscribe({ topics: TOPICS_OF_A_SCREEN });
  const screen = await TestClient.open(url);
  await screen.subscribe({ topics: TOPICS_OF_A_SCREEN, screen: "417" });
  const cursor = screen.snapshots[0].cursor;
  await bus.publish([frameMessage(frameAt(CANARY, 100))]);
  await bus.publish([frameMessage(frameAt("b1", 0))]);
  await until(() => program.frames.length === 1 && screen.frames.length === 1);
  await bus.publish([
    beatMessage(beatAt(CANARY, 4990)),
    conditionMessage(conditionAt(CANARY, CANARY_KIND, "begin", 5000)),
    alarmMessage(alarmEventAt(CANARY, CANARY_KIND, 5000)),
    alarmMessage(alarmEventAt(CANARY, "asystole", 5001)),
    conditionMessage(conditionAt("b1", "asystole", "begin", 20)),
  ]);
  await until(() => program.events.length === 1 && screen.events.length === 2);
  expect(program.events.map(({ bed }) => bed)).toEqual(["b1"]);
  expect(screen.events.map(({ bed }) => bed).toSorted()).toEqual(["b1", CANARY]);
  expect([program, screen].map(({ frames }) => frames.length)).toEqual([1, 1]);
  expect(proofs(program)).toEqual([]);

  const list = (await app.inject("/api/beds")).json() as { beds: { bed: string }[] };
  expect(list.beds.map(({ bed }) => bed)).toEqual(["b1"]);
  expect((await app.inject(`/api/beds/${CANARY}`)).statusCode).toBe(404);
  const late = await TestClient.open(url);
  const snapshot = await late.subscribe({ topics: TOPICS_OF_A_SCREEN, since: cursor, screen: "502" });
  expect([...snapshot.beds, ...snapshot.conditions].map(({ bed }) => bed)).toEqual(["b1", "b1"]);
  expect(snapshot.alarms).toEqual([]);
  expect((await app.inject("/api/alarms")).json()).toMatchObject({ beds: [] });
  await until(() => late.events.length === 1);
  expect(late.events[0].bed).toBe("b1");

  screen.send({ type: "drawn", bed: CANARY, sample: 5000, sound: "none" });
  await until(() => told.at(-1)?.screens.find(({ name }) => name === "417")?.state === "watching");
  await until(() => proofs(screen).at(-1)?.screens === 1);
  expect(screen.errors).toEqual([]);
  const text = await metrics.registry.metrics();
  expect(text).toMatch(/bedside_screens\{state="watching"\} 1/);
  expect(text).toMatch(/bedside_canary_age_seconds\{partition="\d"\} \d/);

  late.send({ type: "hidden" });
  await until(() => told.at(-1)?.screens.find(({ name }) => name === "502")?.state === "hidden");
  await screen.close();
  await until(() => told.at(-1)?.screens.length === 1);
});

test("a client that is no screen confirms nothing", async () => {
  const { url } = await openGateway();
  const program = await TestClient.open(url);
  await program.subscribe();
  program.send({ type: "drawn", bed: CANARY, sample: 5000, sound: "none" });
  await until(() => program.errors.length === 1);
  expect(program.errors[0].code).toBe("BAD_MESSAGE");
});
