import { fileURLToPath } from "node:url";
import { startKafka, type RunningKafka } from "../kafka/broker.ts";
import { KAFKA_VERSION } from "../kafka/jars.ts";
import { wholeNumber } from "../../kit/cli/options.ts";
import { command, run } from "../../kit/cli/command.ts";
import { INTERRUPTED, onShutdown } from "../../kit/cli/shutdown.ts";

const cache = (name: string): string => fileURLToPath(new URL(`../../.cache/${name}`, import.meta.url));

interface Options {
  readonly port: number;
  readonly dir: string;
  readonly fresh: boolean;
}

const program = command(
  "kafka",
  `Starts Apache Kafka ${KAFKA_VERSION} on this machine, without Docker (Java 17, Maven).`,
)
  .option("--port <port>", "port to listen on, of 127.0.0.1; 0: any free one", wholeNumber(0, 65_535), 9092)
  .option("--dir <folder>", "where topics, settings and the broker's log are kept", cache("kafka"))
  .option("--fresh", "forget the topics of earlier runs", false)
  .action(async ({ port, dir, fresh }: Options) => {
    let kafka: RunningKafka | undefined;
    onShutdown(async () => {
      // A broker that is still starting ends with this process.
      if (!kafka) process.exit(INTERRUPTED);
      console.log("stopping …");
      await kafka.stop();
    });
    kafka = await startKafka({ port, dir, fresh, jarsDir: cache("kafka-jars"), onProgress: showProgress });
    const variables = `BUS=kafka KAFKA_BROKERS=${kafka.brokers}`;
    console.log(`Apache Kafka ${KAFKA_VERSION} answers at ${kafka.brokers} (log: ${kafka.logFile})

In other terminals:
  ${variables} npm run gateway
  ${variables} npm run worker
  ${variables} npm run simulate -- --beds 4

Ctrl-C stops it.`);
    const error = await kafka.ended;
    if (error) throw error;
  });

await run(program);

function showProgress(fraction: number): void {
  const text = `fetching Apache Kafka ${KAFKA_VERSION} by Maven: ${Math.round(fraction * 100)} %`;
  if (process.stderr.isTTY) process.stderr.write(`\r${text}${fraction === 1 ? "\n" : ""}`);
  else if (fraction === 1) console.error(text);
}
