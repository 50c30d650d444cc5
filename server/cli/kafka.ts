import { InvalidArgumentError } from "commander";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { startKafka } from "../kafka/broker.ts";
import { KAFKA_VERSION } from "../kafka/jars.ts";
import { command, run } from "./run.ts";

const cache = (name: string): string => fileURLToPath(new URL(`../../.cache/${name}`, import.meta.url));

/** What a shell reports of a program that Ctrl-C ended. */
const INTERRUPTED = 130;

interface Options {
  readonly port: number;
  readonly dir: string;
  readonly fresh: boolean;
}

const program = command(
  "kafka",
  `Starts Apache Kafka ${KAFKA_VERSION} on this machine, without Docker (Java 17, Maven)`,
)
  .option("--port <port>", "port to listen on, of 127.0.0.1", parsePort, 9092)
  .option("--dir <folder>", "where topics, settings and the broker's log are kept", cache("kafka"))
  .option("--fresh", "forget the topics of earlier runs", false)
  .action(async ({ port, dir, fresh }: Options) => {
    const interrupted = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
    let isUp = false;
    void interrupted.then(() => {
      // A broker that is still starting ends with this process.
      if (!isUp) process.exit(INTERRUPTED);
    });
    const { brokers, logFile, ended, stop } = await startKafka({
      port,
      dir,
      fresh,
      jarsDir: cache("kafka-jars"),
      onProgress: showProgress,
    });
    isUp = true;
    console.log(`Apache Kafka ${KAFKA_VERSION} answers at ${brokers} (log: ${logFile})

In other terminals:
  BUS=kafka KAFKA_BROKERS=${brokers} npm run gateway
  BUS=kafka KAFKA_BROKERS=${brokers} npm run worker
  BUS=kafka KAFKA_BROKERS=${brokers} npm run simulate -- --beds 4

Ctrl-C stops it.`);
    const outcome = await Promise.race([interrupted, ended]);
    if (outcome instanceof Error) throw outcome;
    console.log("stopping …");
    await stop();
  });

await run(program);

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError("0 to 65535; 0: any free one");
  return port;
}

function showProgress(fraction: number): void {
  const text = `fetching Apache Kafka ${KAFKA_VERSION} by Maven: ${Math.round(fraction * 100)} %`;
  if (process.stderr.isTTY) process.stderr.write(`\r${text}${fraction === 1 ? "\n" : ""}`);
  else if (fraction === 1) console.error(text);
}
