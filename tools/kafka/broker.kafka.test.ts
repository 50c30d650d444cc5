import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, expect, inject, test } from "vitest";
import { startKafka, type RunningKafka } from "./broker.ts";

const jarsDir = inject("kafkaJarsDir");
/** A broker takes 3 s to start on an idle machine, and many times that on a busy one. */
const PATIENCE_MS = 180_000;
const folders: string[] = [];
const running: RunningKafka[] = [];

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), "bedside-broker-"));
  folders.push(dir);
  return dir;
}

async function start(dir: string): Promise<RunningKafka> {
  const kafka = await startKafka({ port: 0, dir, jarsDir });
  running.push(kafka);
  return kafka;
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

afterEach(async () => {
  await Promise.all(running.splice(0).map((kafka) => kafka.stop()));
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
});

test("a port in use is refused before anything is started", async () => {
  const port = Number(inject("kafkaBrokers").split(":")[1]);
  await expect(startKafka({ port, dir: folder(), jarsDir })).rejects.toMatchObject({ code: "PORT_IN_USE" });
});

test(
  "a folder has one broker; one that is stopped is gone and no error",
  async () => {
    const dir = folder();
    const kafka = await start(dir);
    await expect(start(dir)).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
    await kafka.stop();
    expect(await kafka.ended).toBeUndefined();
    expect(isAlive(kafka.pid)).toBe(false);
  },
  PATIENCE_MS,
);

test(
  "a broker that cannot come up says why in its own words",
  async () => {
    const dir = folder();
    mkdirSync(join(dir, "data"));
    writeFileSync(join(dir, "data", "meta.properties"), "version=1\ncluster.id=AAAAAAAAAAAAAAAAAAAAAA\nnode.id=7\n");
    await expect(start(dir)).rejects.toMatchObject({
      code: "BUS_UNREACHABLE",
      message: expect.stringMatching(/Kafka ended by itself \(code 1\): .*node id/i),
    });
  },
  PATIENCE_MS,
);

test(
  "a broker that dies is noticed",
  async () => {
    const kafka = await start(folder());
    process.kill(kafka.pid, "SIGKILL");
    expect((await kafka.ended)?.message).toMatch(/ended by itself \(SIGKILL\)/);
  },
  PATIENCE_MS,
);

test(
  "npm run kafka prints the address and how to use it, and SIGTERM stops both processes",
  async () => {
    const script = fileURLToPath(new URL("../commands/kafka.ts", import.meta.url));
    const child = spawn(process.execPath, ["--import", "tsx", script, "--port", "0", "--dir", folder()]);
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (line === "Ctrl-C stops it.") break;
    }
    expect(lines[0]).toMatch(/^Apache Kafka 4\.3\.0 answers at 127\.0\.0\.1:\d+ /);
    expect(lines.join("\n")).toMatch(/BUS=kafka KAFKA_BROKERS=127\.0\.0\.1:\d+ npm run worker/);
    child.kill("SIGTERM");
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
  },
  PATIENCE_MS,
);
