import { randomBytes } from "node:crypto";
import { afterEach, expect, inject, test } from "vitest";
import type { Bus } from "../bus/bus.ts";
import { createKafkaBus } from "../bus/kafka-bus.ts";
import { beatCodec } from "../contracts/codec.ts";
import { TOPICS } from "../contracts/topics.ts";
import { expectedBeats } from "../testing/server/expected-beats.ts";
import { type Command, kill, startCommand } from "./processes.ts";

const RECORDS = ["sinus", "bigeminy", "ventricular-runs", "fibrillation"].map((name) => `synthetic/${name}`);
const SPEED = 6;
/** As many as the other tests of the shared broker create. */
const PARTITIONS = 4;

/** What one attempt has opened: the next has processes, epoch and groups of its own. */
const started: Command[] = [];
let bus: Bus | undefined;
afterEach(async () => {
  await Promise.all(started.splice(0).map(kill));
  await bus?.close();
});

test("simulator, two workers and a gateway as processes: a worker killed and started again loses, shifts and repeats no beat", async () => {
  const epoch = `killed${randomBytes(4).toString("hex")}`;
  const variables = {
    BUS: "kafka",
    KAFKA_BROKERS: inject("kafkaBrokers"),
    KAFKA_GROUP: epoch,
    KAFKA_PARTITIONS: String(PARTITIONS),
    PORT: "0",
    LOG_LEVEL: "debug",
  };
  const run = (name: string, args: string[] = []): Command => {
    const command = startCommand(`server/main/${name}.ts`, args, variables);
    started.push(command);
    return command;
  };

  bus = createKafkaBus({ brokers: [variables.KAFKA_BROKERS], partitions: PARTITIONS, clientId: "test" });
  await bus.start();
  const told = new Set<string>();
  await bus.subscribe({
    group: `${epoch}-test`,
    topics: [TOPICS.beats],
    from: "latest",
    credits: 100_000,
    onMessage: ({ value }) => {
      const beat = beatCodec.decode(value);
      if (beat.epoch === epoch) told.add(`${beat.bed}/${beat.sample}`);
    },
    onError: (error) => expect.unreachable(error.message),
  });

  const gateway = run("gateway");
  const workers = [run("worker"), run("worker")];
  await Promise.all(workers.map((worker) => worker.printed(/working/)));
  const url = await gateway.address();
  const simulator = run("simulate", [
    "--records",
    RECORDS.join(","),
    "--once",
    "--epoch",
    epoch,
    "--speed",
    String(SPEED),
  ]);
  await simulator.printed(/Replaying/);
  await new Promise((resolve) => setTimeout(resolve, 8000));

  await kill(workers[0]);
  await new Promise((resolve) => setTimeout(resolve, 3000));
  await run("worker").printed(/working/);
  expect(await simulator.exited).toBe(0);

  const expected = await expectedBeats(RECORDS);
  expect(expected.size).toBeGreaterThan(800);
  const missing = () => [...expected].filter((beat) => !told.has(beat));
  for (let waited = 0; waited < 40 && missing().length > 0; waited++)
    await new Promise((resolve) => setTimeout(resolve, 1000));
  const wrong = { missing: missing(), unexpected: [...told].filter((beat) => !expected.has(beat)) };
  // The processes' own words tell why.
  if (Object.values(wrong).flat().length > 0) console.error(started.map(({ output }) => output()).join("\n---\n"));
  expect(wrong).toEqual({ missing: [], unexpected: [] });

  const beds = (await (await fetch(`${url}/api/beds`)).json()) as { beds: { epoch: string; source: string }[] };
  const own = beds.beds.filter((bed) => bed.epoch === epoch);
  expect(own.map(({ source }) => source)).toEqual(RECORDS);
}, 180_000);
