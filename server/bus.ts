import type { Bus } from "../bus/bus.ts";
import { createKafkaBus } from "../bus/kafka-bus.ts";
import { createMemoryBus } from "../bus/memory-bus.ts";
import type { Config } from "./config.ts";
import { kafkaSecurity } from "./kafka-security.ts";
import type { Metrics } from "./metrics.ts";

/** Where a process says that its bus is away, and that it is back. */
export interface TroubleLog {
  warn(line: string): void;
  info(line: string): void;
}

/** The bus the configuration asks for, not started. `role` names this process to the broker. */
export function openBus(config: Config, role: string, log: TroubleLog, metrics?: Pick<Metrics, "busTroubles">): Bus {
  const partitions = config.KAFKA_PARTITIONS;
  if (config.BUS === "memory") return createMemoryBus({ partitions });
  const brokers = config.KAFKA_BROKERS.split(",").map((broker) => broker.trim());
  const onTrouble = (trouble: string | null): void => {
    if (trouble === null) return log.info("the bus is back");
    metrics?.busTroubles.inc();
    log.warn(`waiting for the bus: ${trouble}`);
  };
  return createKafkaBus({
    client: config.KAFKA_CLIENT,
    security: kafkaSecurity(config),
    brokers,
    partitions,
    clientId: `bedside-${role}`,
    onTrouble,
  });
}
