import { afterEach, expect, inject, test } from "vitest";
import { unique } from "../testing/bus/harness.ts";
import { type Command, kill, startCommand } from "./processes.ts";

const started: Command[] = [];
afterEach(async () => {
  for (const { child } of started) child.kill("SIGCONT");
  await Promise.all(started.splice(0).map(kill));
});

test("a worker that slept while another took its name ends with one line, and the other works on", async () => {
  const variables = {
    BUS: "kafka",
    KAFKA_BROKERS: inject("kafkaBrokers"),
    KAFKA_GROUP: unique("name"),
    KAFKA_PARTITIONS: "4",
    WORKER_NAME: "worker-1",
  };
  const run = async (): Promise<Command> => {
    const worker = startCommand("server/main/worker.ts", [], variables);
    started.push(worker);
    await worker.printed(/"worker":"worker-1".*working/);
    return worker;
  };
  const asleep = await run();
  asleep.child.kill("SIGSTOP");
  const other = await run();
  asleep.child.kill("SIGCONT");
  expect(await asleep.exited).toBe(2);
  const said = asleep
    .output()
    .split("\n")
    .filter((line) => line.startsWith("worker: "));
  expect(said).toEqual([
    expect.stringMatching(/worker-1's .* by the same name: WORKER_NAME has to be .*\[BAD_CONFIG\]$/),
  ]);
  expect(other.child.exitCode).toBeNull();
}, 60_000);
