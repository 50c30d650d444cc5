import path from "node:path";
import { ensurePythonPackages } from "../python-packages.ts";

/** Of confluent-kafka, the Python package that brings librdkafka. */
const VERSION = "2.16.0";

/** Where `ensureLibrdkafka` puts what Python is to find. */
export const librdkafkaFolder = (cacheDir: string): string => path.join(cacheDir, `confluent-kafka-${VERSION}`);

/**
 * Puts librdkafka, the Kafka client of most programs that are not Java, beside the jars: tests produce as those do. Does nothing
 * where it stands. Throws TOOL_MISSING without Python's pip, DOWNLOAD_FAILED with what pip said.
 */
export const ensureLibrdkafka = (cacheDir: string, report: (line: string) => void): Promise<void> =>
  ensurePythonPackages({ requirements: [`confluent-kafka==${VERSION}`], folder: librdkafkaFolder(cacheDir) }, report);
