import getPort from "get-port";
import { afterEach, expect, inject, test } from "vitest";
import { createKafkaBus } from "../bus/kafka-bus.ts";
import { connect } from "../subscriber/index.ts";
import { until } from "../testing/gateway/gateway.ts";
import { beatAt, beatMessage } from "../testing/gateway/messages.ts";
import { type Command, kill, startCommand } from "./processes.ts";

/** As many as the other tests of the shared broker create. */
const PARTITIONS = 4;
const CLIENTS = 50;
const BEDS = 8;
/** Beats of each bed: before the gateway is killed, while none is there (more than one keeps), and after. */
const PHASES = [100, 600, 100] as const;
const ALL = PHASES.reduce((sum, count) => sum + count, 0);

const started: Command[] = [];
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await Promise.all(started.splice(0).map(kill));
});

test("a gateway killed with 50 subscribers: each goes on at its successor, or with its cursor at another one, without a hole and without a double", async () => {
  const brokers = inject("kafkaBrokers");
  const bus = createKafkaBus({ brokers: [brokers], partitions: PARTITIONS, clientId: "test" });
  await bus.start();
  open.push(bus);
  const beds = Array.from({ length: BEDS }, (_, i) => `kill-${Date.now()}-${i}`);
  const run = async (port: number): Promise<Command> => {
    const variables = {
      BUS: "kafka",
      KAFKA_BROKERS: brokers,
      KAFKA_PARTITIONS: String(PARTITIONS),
      PORT: String(port),
      HISTORY: "off",
      LOG_LEVEL: "warn",
    };
    const command = startCommand("server/main/gateway.ts", [], variables);
    started.push(command);
    await command.address();
    return command;
  };
  let sent = 0;
  const publish = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++, sent++) await bus.publish(beds.map((bed) => beatMessage(beatAt(bed, sent))));
  };

  const port = await getPort();
  const url = `http://127.0.0.1:${port}`;
  const gateway = await run(port);
  let live = 0;
  const subscribers = Array.from({ length: CLIENTS }, () => {
    const onState = ({ status }: { status: string }): void => void (status === "live" && live++);
    const stream = connect({ url, beds, onState }).beats();
    open.push(stream);
    const got: string[] = [];
    const loop = async (): Promise<void> => {
      for await (const { bed, sample } of stream) got.push(`${bed}/${sample}`);
    };
    return { stream, got, ended: loop() };
  });
  await until(() => live === CLIENTS);
  // Killed in the middle of them.
  const publishing = publish(PHASES[0]);
  await until(() => subscribers.some(({ got }) => got.length > (PHASES[0] * BEDS) / 2));
  await kill(gateway);
  await publishing;
  await publish(PHASES[1]);

  // A tenth of them goes elsewhere, by what it kept.
  const elsewhere = await run(await getPort());
  for (const one of subscribers.slice(0, CLIENTS / 10)) {
    one.stream.close();
    await one.ended;
    const stream = connect({ url: await elsewhere.address(), beds, since: one.stream.cursor ?? "" }).beats();
    open.push(stream);
    void (async () => {
      for await (const { bed, sample } of stream) one.got.push(`${bed}/${sample}`);
    })();
  }
  await run(port);
  await publish(PHASES[2]);
  const expected = beds.flatMap((bed) => Array.from({ length: ALL }, (_, i) => `${bed}/${i}`)).toSorted();
  for (const { got } of subscribers) {
    await until(() => got.length >= expected.length);
    expect(got.toSorted()).toEqual(expected);
    for (const bed of beds) {
      const own = got.filter((one) => one.startsWith(`${bed}/`)).map((one) => Number(one.split("/")[1]));
      expect(own).toEqual(own.toSorted((a, b) => a - b));
    }
  }
}, 180_000);
