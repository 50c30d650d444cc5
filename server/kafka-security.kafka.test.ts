import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import type { Bus } from "../bus/bus.ts";
import { KAFKA_CLIENTS } from "../bus/kafka/names.ts";
import { numbered, numbers, read, unique } from "../testing/bus/harness.ts";
import { type Authority, createAuthority } from "../testing/kafka/authority.ts";
import { startKafka, type RunningKafka } from "../tools/kafka/broker.ts";
import { openBus } from "./bus.ts";
import { readConfig } from "./config.ts";

const PASSWORD = 'pencil, long and "quoted"';
const dir = mkdtempSync(path.join(tmpdir(), "bedside-kafka-security-"));
let kafka: RunningKafka;
let authority: Authority;
let stranger: Authority;

beforeAll(async () => {
  authority = createAuthority(dir, "authority");
  stranger = createAuthority(dir, "stranger");
  const guard = { keyStore: authority.keyStore, user: "bedside", password: "pencil" };
  kafka = await startKafka({ port: 0, dir: path.join(dir, "kafka"), jarsDir: inject("kafkaJarsDir"), guard });
});
afterAll(async () => {
  await kafka?.stop();
  rmSync(dir, { recursive: true, force: true });
});

describe.each(KAFKA_CLIENTS)("%s", (client) => {
  /** A bus as it is configured, and all that is said of it. */
  function open(change: Readonly<Record<string, string>> = {}): { bus: Bus; said: string[] } {
    const password = path.join(dir, `password-${client}`);
    writeFileSync(password, "pencil\n");
    const said: string[] = [];
    const say = (line: string): void => void said.push(line);
    const environment = {
      BUS: "kafka",
      KAFKA_CLIENT: client,
      KAFKA_BROKERS: kafka.brokers,
      KAFKA_PARTITIONS: "4",
      KAFKA_TLS: "yes",
      KAFKA_CA: authority.ca,
      KAFKA_USER: "bedside",
      KAFKA_PASSWORD_FILE: password,
      ...change,
    };
    const bus = openBus(readConfig(environment), "test", { warn: say, info: say });
    onTestFinished(() => bus.close());
    return { bus, said };
  }

  test("with its authority, user and password, messages go through", async () => {
    const { bus } = open();
    await bus.start();
    const key = unique("bed");
    const reader = await read(bus, { group: unique("secure") });
    await bus.publish(numbered(key, 20));
    expect(await reader.texts(key, 20)).toEqual(numbers(20));
    expect(await reader.subscription.lag()).toBe(0);
  });

  test.each<[string, Readonly<Record<string, string>>, RegExp]>([
    [
      "a wrong password",
      { KAFKA_PASSWORD_FILE: "", KAFKA_PASSWORD: PASSWORD },
      /does not let this user in .*KAFKA_PASSWORD/,
    ],
    ["another user", { KAFKA_USER: "nobody" }, /does not let this user in .*KAFKA_USER/],
    ["another authority", { KAFKA_CA: "stranger" }, /is not who it should be .*KAFKA_CA/],
    ["no authority of its own", { KAFKA_CA: "" }, /is not who it should be .*unable to verify.*KAFKA_CA/],
  ])("%s: the start ends with one clear line, which tells no secret", async (_, change, message) => {
    const ca = change["KAFKA_CA"] === "stranger" ? { KAFKA_CA: stranger.ca } : {};
    const { bus, said } = open({ ...change, ...ca });
    const error = await bus.start().then(
      () => undefined,
      (cause: Error) => cause,
    );
    expect(error).toMatchObject({ code: "BAD_CONFIG", message: expect.stringMatching(message) });
    expect(error?.message).toContain(kafka.brokers);
    expect([error?.message, ...said].join()).not.toMatch(/pencil/);
  });

  test.each([
    ["TLS is not asked for", { KAFKA_TLS: "no", KAFKA_CA: "" }],
    ["no user is given", { KAFKA_USER: "", KAFKA_PASSWORD_FILE: "" }],
  ])("%s: it is said that Kafka is not to be had", async (_, change) => {
    const { bus } = open(change);
    const started = bus.start().catch((cause: Error) => cause);
    await expect.poll(() => bus.trouble, { timeout: 30_000 }).toMatch(/no Kafka at .*|refused it/);
    await bus.close();
    expect(await started).toMatchObject({ code: "BUS_CLOSED" });
  });
});
