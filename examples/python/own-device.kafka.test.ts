import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, inject, onTestFinished, test } from "vitest";
import { kill, startCommand } from "../../e2e/processes.ts";
import { environmentWith } from "../../server/config.ts";
import { librdkafkaFolder } from "../../tools/kafka/librdkafka.ts";
import { pythonProtocFolder } from "../../tools/kafka/python-protoc.ts";

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, "../..");
const CACHE = path.join(ROOT, ".cache");
const PACKAGES = [librdkafkaFolder(CACHE), pythonProtocFolder(CACHE)];
const SECONDS = 60;

/** By the commands that its first lines tell, but for pip: the test command has provided the packages. */
test.skipIf(!PACKAGES.every((folder) => existsSync(folder)))(
  "a device in Python publishes its own frames and reads its beats, all of them and no other",
  async () => {
    const generated = mkdtempSync(path.join(tmpdir(), "bedside-python-"));
    onTestFinished(() => rmSync(generated, { recursive: true, force: true }));
    const env = environmentWith({ PYTHONPATH: [...PACKAGES, generated].join(path.delimiter) });
    const python = (...args: string[]) => run("python3", args, { cwd: ROOT, env });
    await python("-m", "grpc_tools.protoc", "-I", "contracts", `--python_out=${generated}`, "contracts/frame.proto");

    const brokers = inject("kafkaBrokers");
    const group = `python-${randomBytes(4).toString("hex")}`;
    const variables = { BUS: "kafka", KAFKA_BROKERS: brokers, KAFKA_GROUP: group, KAFKA_PARTITIONS: "4" };
    const worker = startCommand("server/main/worker.ts", [], { ...variables, LOG_LEVEL: "info" });
    onTestFinished(() => kill(worker));
    await worker.printed(/working/);

    const asked = ["--brokers", brokers, "--bed", group, "--seconds", String(SECONDS), "--speed", "6"];
    const { stdout } = await python("examples/python/own_device.py", ...asked);
    const lines = stdout.trim().split("\n");
    const [, sent, found, besides] =
      /^(\d+) R peaks sent, (\d+) of them found, (\d+) beats/.exec(lines.at(-1) ?? "") ?? [];
    const beats = lines.slice(0, -1).map((line) => line.split(" "));
    expect(Number(sent)).toBeGreaterThan(SECONDS);
    expect({ found: Number(found), besides }).toEqual({ found: Number(sent), besides: "0" });
    expect(beats.length).toBe(Number(found));
    for (const [, beatClass] of beats) expect(beatClass).toBe("N");
    expect(beats.at(-1)?.[2]).toMatch(/^7[0-4]\/min$/);
  },
  180_000,
);
