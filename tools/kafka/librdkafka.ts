import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import { requireTool, runTool } from "../tool.ts";

/** Of confluent-kafka, the Python package that brings librdkafka. */
const VERSION = "2.16.0";

/** Where `ensureLibrdkafka` puts what Python is to find. */
export const librdkafkaFolder = (cacheDir: string): string => path.join(cacheDir, `confluent-kafka-${VERSION}`);

/**
 * Puts librdkafka, the Kafka client of most programs that are not Java, beside the jars: tests produce as those do. Does nothing
 * where it stands. Throws TOOL_MISSING without Python's pip, DOWNLOAD_FAILED with what pip said.
 */
export async function ensureLibrdkafka(cacheDir: string, report: (line: string) => void): Promise<void> {
  const folder = librdkafkaFolder(cacheDir);
  if (existsSync(folder)) return;
  await requireTool(
    "python3",
    ["-m", "pip", "--version"],
    "install Python 3 with pip, e.g. `apt-get install python3-pip`",
  );
  report(`fetching confluent-kafka ${VERSION} by pip`);
  const partial = `${folder}.${process.pid}.partial`;
  await mkdir(cacheDir, { recursive: true });
  const wanted = [
    "--quiet",
    "--no-input",
    "--only-binary",
    ":all:",
    "--target",
    partial,
    `confluent-kafka==${VERSION}`,
  ];
  const { code, output } = await runTool("python3", ["-m", "pip", "install", ...wanted]);
  if (code !== 0) {
    await rm(partial, { recursive: true, force: true });
    const reason = output.find((line) => line.startsWith("ERROR")) ?? output.at(-1) ?? `pip ended with ${code}`;
    throw new BedsideError("DOWNLOAD_FAILED", `pip could not fetch confluent-kafka ${VERSION}: ${reason}`);
  }
  await rename(partial, folder).catch(() => rm(partial, { recursive: true, force: true }));
}
