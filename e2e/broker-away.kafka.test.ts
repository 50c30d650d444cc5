import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, inject, test } from "vitest";
import { createKafkaBus } from "../bus/kafka-bus.ts";
import { isCanary } from "../contracts/canary.ts";
import { beatCodec } from "../contracts/codec.ts";
import { decodeFrame } from "../contracts/frame.ts";
import { HEADERS, TOPICS } from "../contracts/topics.ts";
import { frameAt } from "../testing/gateway/messages.ts";
import { forged } from "../testing/pipeline/forged.ts";
import { type RunningKafka, startKafka } from "../tools/kafka/broker.ts";
import { freePort } from "../tools/kafka/ports.ts";
import { expectedBeats } from "../testing/server/expected-beats.ts";
import { type Command, kill, startCommand } from "./processes.ts";

const RECORDS = ["sinus", "bigeminy"].map((name) => `synthetic/${name}`);
const PARTITIONS = 4;
const SPEED = 4;
const AWAY_MS = 60_000;
/** What a process may need more while the broker is away. */
const SPARE_BYTES = 64 << 20;

const dir = mkdtempSync(join(tmpdir(), "bedside-away-"));
const started: Command[] = [];
const brokers: RunningKafka[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map(kill));
  await Promise.all(brokers.splice(0).map((broker) => broker.stop()));
  rmSync(dir, { recursive: true, force: true });
});

/** Resident memory of a process, bytes. */
function memoryOf({ child }: Command): number {
  const pages = Number(readFileSync(`/proc/${child.pid}/statm`, "utf8").split(" ")[1]);
  return pages * 4096;
}

test("started before the broker, and the broker gone for a minute in between: no frame and no beat is lost, and each process says how it stands", async () => {
  const port = await freePort(0);
  const kafka = async (): Promise<void> => {
    brokers.push(await startKafka({ port, dir, jarsDir: inject("kafkaJarsDir") }));
  };
  const epoch = "away";
  const run = (name: string, args: string[], variables: Readonly<Record<string, string>> = {}): Command => {
    const command = startCommand(`server/main/${name}.ts`, args, {
      BUS: "kafka",
      KAFKA_BROKERS: `127.0.0.1:${port}`,
      KAFKA_PARTITIONS: String(PARTITIONS),
      LOG_LEVEL: "info",
      ...variables,
    });
    started.push(command);
    return command;
  };
  const simulation = ["--records", RECORDS.join(","), "--once", "--epoch", epoch, "--speed", String(SPEED)];
  const simulator = run("simulate", simulation);
  const health = [await freePort(0), await freePort(0)];
  const workers = health.map((metrics) => run("worker", [], { METRICS_PORT: String(metrics) }));
  const gateway = run("gateway", [], { PORT: "0" });
  const url = await gateway.address();
  const places = [url, ...health.map((metrics) => `http://127.0.0.1:${metrics}`)];
  /** What each process answers at /readyz, 0 where it does not answer. */
  const ready = (): Promise<number[]> =>
    Promise.all(
      places.map((place) =>
        fetch(`${place}/readyz`).then(
          ({ status }) => status,
          () => 0,
        ),
      ),
    );
  const becomes = async (status: number): Promise<void> => {
    const all = places.map(() => status);
    for (let waited = 0; waited < 600 && String(await ready()) !== String(all); waited++) await sleep(100);
    expect(await ready()).toEqual(all);
  };

  await Promise.all([simulator, ...workers].map((one) => one.printed(/waiting for the bus: .*no Kafka at/)));
  await becomes(503);
  await kafka();
  await becomes(200);
  await simulator.printed(/the bus is back/);
  await sleep(8000);

  const before = started.map(memoryOf);
  await brokers[0].stop();
  await becomes(503);
  await sleep(AWAY_MS);
  expect(started.map(({ child }) => child.exitCode)).toEqual(started.map(() => null));
  const grown = started.map((one, i) => memoryOf(one) - before[i]);
  for (const bytes of grown) expect(bytes).toBeLessThan(SPARE_BYTES);
  await kafka();
  await becomes(200);
  expect(await simulator.exited).toBe(0);

  const bus = createKafkaBus({ brokers: [`127.0.0.1:${port}`], partitions: PARTITIONS, clientId: "test" });
  await bus.start();
  const sequences = new Map<string, Set<number>>();
  const told = new Set<string>();
  const refused: string[] = [];
  let isCounting = true;
  await bus.subscribe({
    group: "test",
    topics: [TOPICS.frames, TOPICS.beats, TOPICS.deadLetter],
    from: "earliest",
    credits: 1_000_000,
    onMessage: ({ topic, key, value, headers }) => {
      if (isCanary(key)) return;
      if (topic === TOPICS.deadLetter) refused.push(`${key}: ${headers[HEADERS.errorMessage]}`);
      else if (topic === TOPICS.beats) {
        const { bed, epoch: named, sample } = beatCodec.decode(value);
        told.add(named === epoch ? `${bed}/${sample}` : `${bed}/${named}/${sample}`);
      } else if (isCounting) {
        const { bed, sequence } = decodeFrame(value);
        sequences.set(bed, (sequences.get(bed) ?? new Set()).add(sequence));
      }
    },
    onError: (error) => expect.unreachable(error.message),
  });
  const expected = await expectedBeats(RECORDS);
  const missing = () => [...expected].filter((beat) => !told.has(beat));
  for (let waited = 0; waited < 60 && missing().length > 0; waited++) await sleep(1000);
  expect({ missing: missing(), unexpected: [...told].filter((beat) => !expected.has(beat)) }).toEqual({
    missing: [],
    unexpected: [],
  });
  for (const sent of sequences.values())
    expect([...sent].toSorted((a, b) => a - b)).toEqual([...sent].map((_, i) => i));
  expect(refused).toEqual([]);
  isCounting = false;

  // One frame that once made every worker spin for ever costs nobody anything.
  const spinning = { ...frameAt("b1", 0), epoch: "forged", samplingRateHz: 50 };
  await bus.publish([forged({ ...spinning, firstSample: 4e15 })]);
  const more = run("simulate", [...simulation.slice(0, 3), "--epoch", "more", "--speed", "20"]);
  for (let waited = 0; waited < 60 && ![...told].some((beat) => beat.startsWith("b1/more/")); waited++)
    await sleep(1000);
  expect([...told].some((beat) => beat.startsWith("b1/more/"))).toBe(true);
  expect(refused).toEqual([expect.stringMatching(/^b1: .*firstSample/)]);
  expect(await more.exited).toBe(0);
  await bus.close();

  await brokers[1].stop();
  await becomes(503);
  const stopMs = performance.now();
  const staying = [gateway, ...workers];
  for (const { child } of staying) child.kill("SIGTERM");
  expect(await Promise.all(staying.map(({ exited }) => exited))).toEqual([0, 0, 0]);
  expect(performance.now() - stopMs).toBeLessThan(10_000);
}, 400_000);
