import { expect, inject, onTestFinished, test } from "vitest";
import { startCommand } from "../../e2e/processes.ts";
import { until } from "../../testing/gateway/gateway.ts";

const gateway = (port: string) => {
  const variables = {
    BUS: "kafka",
    KAFKA_BROKERS: inject("kafkaBrokers"),
    KAFKA_PARTITIONS: "4",
    PORT: port,
    LOG_LEVEL: "silent",
  };
  const command = startCommand("server/main/gateway.ts", [], variables);
  onTestFinished(() => void command.child.kill("SIGKILL"));
  return command;
};

test("as a process: serves, says in one line that a port is in use, and goes quietly at SIGTERM", async () => {
  const first = gateway("0");
  await first.printed(/Bedside is at http:\S+/);
  const url = new URL(/http:\S+/.exec(first.output())?.[0] ?? "");
  await until(async () => (await fetch(new URL("/readyz", url))).status === 200);
  expect(await (await fetch(new URL("/api/model", url))).json()).toMatchObject({ engine: "onnx" });

  const second = gateway(url.port);
  expect(await second.exited).toBe(1);
  expect(second.output()).toBe(
    `gateway: port ${url.port} on 127.0.0.1 is in use: stop what listens there, or set PORT (0: any free one) [PORT_IN_USE]\n`,
  );

  first.child.kill("SIGTERM");
  expect(await first.exited).toBe(0);
  expect(first.output().split("\n")).toHaveLength(2);
});
