import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { expect, inject, onTestFinished, test } from "vitest";
import type { Bus } from "../../bus/bus.ts";
import { createKafkaBus } from "../../bus/kafka-bus.ts";
import { KAFKA_CLIENTS, type KafkaClientName } from "../../bus/kafka/names.ts";
import type { BeatRange, EpisodeList, HistoryState } from "../../contracts/history.ts";
import type { Simulation } from "../../contracts/simulation.ts";
import { openDesk } from "../../simulator/desk.ts";
import { openLibrary } from "../../simulator/library.ts";
import { openSources } from "../../simulator/open-sources.ts";
import { runSimulator } from "../../simulator/simulator.ts";
import { readConfig } from "../config.ts";
import { History } from "../history/history.ts";
import { alarmEventAt, alarmMessage } from "../../testing/gateway/alarms.ts";
import { sampleOf, TestClient } from "../../testing/gateway/client.ts";
import { openGateway, type TestGateway, until } from "../../testing/gateway/gateway.ts";
import {
  beatAt,
  beatMessage,
  conditionAt,
  conditionMessage,
  frameAt,
  frameMessage,
} from "../../testing/gateway/messages.ts";

const config = readConfig({ PORT: "0", LOG_LEVEL: "silent", BUS: "kafka" });

async function openKafka(client: KafkaClientName = KAFKA_CLIENTS[0]): Promise<Bus> {
  const bus = createKafkaBus({ brokers: [inject("kafkaBrokers")], partitions: 4, clientId: "gateway-test", client });
  await bus.start();
  onTestFinished(() => bus.close());
  return bus;
}

test("on Kafka: what is open before the start is known, frames flow, and a cursor of one gateway holds at another", async () => {
  // Other tests of the run use the same topics: this one's bed is its own.
  const bed = `gateway-${Date.now()}`;
  const bus = await openKafka();
  await bus.publish([conditionMessage(conditionAt(bed, "tachycardia", "begin", 10))]);
  await bus.publish([beatMessage(beatAt(bed, 5))]);

  const first = await openGateway({ bus, config });
  const client = await TestClient.open(first.url);
  const snapshot = await client.subscribe({ beds: [bed] });
  expect(snapshot.conditions).toEqual([conditionAt(bed, "tachycardia", "begin", 10)]);
  expect(snapshot.beats).toEqual([beatAt(bed, 5)]);

  await bus.publish([frameMessage(frameAt(bed, 0))]);
  await bus.publish([beatMessage(beatAt(bed, 205))]);
  await until(() => client.frames.length === 1 && client.events.length === 1);
  await client.close();

  for (const sample of [405, 605]) await bus.publish([beatMessage(beatAt(bed, sample))]);
  const second = await openGateway({ bus: await openKafka(), config });
  const back = await TestClient.open(second.url);
  await back.subscribe({ beds: [bed], topics: ["beats"], since: client.events[0].cursor });
  await bus.publish([beatMessage(beatAt(bed, 805))]);
  await until(() => back.events.length === 3);
  expect(back.events.map(sampleOf)).toEqual([405, 605, 805]);
  expect(back.gaps).toEqual([]);
});

test.each(KAFKA_CLIENTS)(
  "on Kafka, by %s: what came while no gateway was there, and more than one keeps, reaches all clients that come back exactly once",
  async (name) => {
    const beds = Array.from({ length: 8 }, (_, i) => `away-${Date.now()}-${i}`);
    const bus = await openKafka(name);
    const first = await openGateway({ bus, config });
    const client = await TestClient.open(first.url);
    const { cursor } = await client.subscribe({ beds, topics: ["beats"] });
    await first.app.close();

    const EACH = 700;
    for (let i = 0; i < EACH; i++) await bus.publish(beds.map((bed) => beatMessage(beatAt(bed, i))));
    const second = await openGateway({ bus: await openKafka(name), config });
    const back = await Promise.all(Array.from({ length: 20 }, () => TestClient.open(second.url)));
    await Promise.all(back.map((one) => one.subscribe({ beds, topics: ["beats"], since: cursor })));
    await bus.publish(beds.map((bed) => beatMessage(beatAt(bed, EACH))));
    const all = (EACH + 1) * beds.length;
    for (const one of back) {
      await until(() => one.events.length >= all);
      expect(one.gaps).toEqual([]);
      for (const bed of beds) {
        const samples = one.events.filter((event) => event.bed === bed).map(sampleOf);
        expect(samples).toEqual(Array.from({ length: EACH + 1 }, (_, i) => i));
      }
    }
  },
);

test("on Kafka: a history whose file is deleted is made anew, as far back as the topics keep", async () => {
  const bed = `kept-${Date.now()}`;
  const folder = mkdtempSync(path.join(tmpdir(), "bedside-kafka-history-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, "history.sqlite");
  const open = async () => {
    const fault = (line: string): void => expect.unreachable(line);
    const history = await History.open({
      file,
      log: "kafka",
      maxAgeMs: 1e13,
      maxBytes: 1e9,
      logTo: { error: fault, warn: fault, info: fault },
    });
    return openGateway({ bus: await openKafka(), config, history });
  };
  const kept = async ({ app }: TestGateway): Promise<unknown> => {
    const events = await app.inject(`/api/events?beds=${bed}`);
    const beats = await app.inject(`/api/beds/${bed}/beats?from=${1e12}&to=${1e12 + 1e6}`);
    return [
      (events.json() as EpisodeList).episodes.map(({ alarm }) => alarm.kind),
      (beats.json() as BeatRange).beats.map(({ sample }) => sample),
    ];
  };
  const all = [["asystole"], [5, 205]];
  const first = await open();
  await first.bus.publish([
    alarmMessage(alarmEventAt(bed, "asystole", 250)),
    beatMessage(beatAt(bed, 5)),
    beatMessage(beatAt(bed, 205)),
  ]);
  await until(async () => isDeepStrictEqual(await kept(first), all));
  await first.app.close();
  for (const name of readdirSync(folder)) rmSync(path.join(folder, name));

  const second = await open();
  await until(async () => !((await second.app.inject("/api/history")).json() as HistoryState).isReadingBack);
  await until(async () => isDeepStrictEqual(await kept(second), all));
});

test("on Kafka: what is asked of the demonstration reaches the simulator, and its answer the gateway", async () => {
  const bed = `play-${Date.now()}`;
  const { app } = await openGateway({ bus: await openKafka(), config });
  const bus = await openKafka();
  const [source] = (await openSources("no-such-folder", ["synthetic/sinus"])).sources;
  const simulator = runSimulator({
    bus,
    beds: [{ bed, source }],
    speed: 2,
    loop: "epoch after epoch",
    frameMs: 200,
    seed: 1,
    epoch: "e",
  });
  const desk = await openDesk({
    bus,
    simulator,
    library: await openLibrary("no-such-folder"),
    onTrouble: (line) => expect.unreachable(line),
  });
  onTestFinished(async () => {
    await desk.close();
    await simulator.stop();
  });
  const url = `/api/beds/${bed}/simulation`;
  await until(async () => (await app.inject(url)).statusCode === 200);
  const payload = { id: "r-1", record: "synthetic/sinus", speed: 4, drift: "lead-off" };
  expect((await app.inject({ method: "POST", url, payload })).statusCode).toBe(202);
  await until(async () => ((await app.inject(url)).json() as Simulation).id === payload.id);
  expect((await app.inject(url)).json()).toMatchObject({ ...payload, phase: "played", reason: null });
});
