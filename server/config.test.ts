import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { describeConfig, readConfig } from "./config.ts";

test("defaults bind to loopback and need nothing outside", () => {
  expect(readConfig({})).toMatchObject({ HOST: "127.0.0.1", PORT: 8080, BUS: "memory", ENGINE: "onnx" });
});

test.each([
  [{ PORT: "80x" }, /PORT is "80x"/],
  [{ PORT: "70000" }, /PORT is "70000"/],
  [{ BUS: "carrier-pigeon" }, /BUS is "carrier-pigeon": must be one of memory, kafka/],
  [{ CREDITS: "0" }, /CREDITS/],
  [{ KAFKA_PARTITIONS: "1.5" }, /KAFKA_PARTITIONS/],
  [{ KAFKA_CLIENT: "librdkafka" }, /KAFKA_CLIENT .*must be one of kafkajs, platformatic/],
  [{ WORKER_NAME: "worker 1" }, /WORKER_NAME is "worker 1"/],
  [{ WARD_TIME_ZONE: "Berlin" }, /WARD_TIME_ZONE is "Berlin": no time zone/],
])("a wrong variable is named with its value: %o", (environment, message) => {
  expect(() => readConfig(environment)).toThrow(message);
});

test("help lists every variable with its default", () => {
  expect(describeConfig()).toMatch(/KAFKA_BROKERS .*"127\.0\.0\.1:9092"/);
});

test("a value may stand in a file that NAME_FILE names", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "bedside-config-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, "secret");
  const secret = "s".repeat(32);
  writeFileSync(file, `${secret}\n`);
  expect(readConfig({ SESSION_SECRET_FILE: file })).toMatchObject({ SESSION_SECRET: secret });
  expect(() => readConfig({ SESSION_SECRET_FILE: file, SESSION_SECRET: secret })).toThrow(/both set/);
  expect(() => readConfig({ SESSION_SECRET_FILE: `${file}.gone` })).toThrow(/SESSION_SECRET_FILE is .*no file/);
});

test("a secret that is none is not told", () => {
  const told = (): unknown => readConfig({ SESSION_SECRET: "hunter2" });
  expect(told).toThrow(/SESSION_SECRET/);
  expect(told).not.toThrow(/hunter2/);
});
