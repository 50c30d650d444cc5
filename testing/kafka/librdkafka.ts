import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import type { BusMessage } from "../../bus/bus.ts";
import { environmentWith } from "../../server/config.ts";
import { librdkafkaFolder } from "../../tools/kafka/librdkafka.ts";

const FOLDER = librdkafkaFolder(path.resolve(import.meta.dirname, "../../.cache"));

/** Whether the test command has provided it; tests that need it leave themselves out without. */
export const hasLibrdkafka = existsSync(FOLDER);

/** Codecs by their names in producers' settings. */
export type Compression = "none" | "gzip" | "snappy" | "lz4" | "zstd";

/** Produces messages as a program with librdkafka does, in one batch a partition. */
export async function produce(
  broker: string,
  compression: Compression,
  messages: readonly BusMessage[],
): Promise<void> {
  const child = spawn("python3", [path.join(import.meta.dirname, "produce.py"), broker, compression], {
    env: environmentWith({ PYTHONPATH: FOLDER }),
  });
  const list = messages.map(({ topic, key, value }) => [topic, key, Buffer.from(value).toString("base64")]);
  child.stdin.end(JSON.stringify(list));
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
  if (code !== 0) throw new Error(`librdkafka's producer ended with ${code}: ${errors}`);
}
