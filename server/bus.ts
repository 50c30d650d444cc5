import type { Bus } from "../bus/bus.ts";
import { createKafkaBus } from "../bus/kafka-bus.ts";
import { createMemoryBus } from "../bus/memory-bus.ts";
import type { Config } from "./config.ts";

/** The bus the configuration asks for, not started. `role` names this process to the broker. */
export function openBus(config: Config, role: string): Bus {
  const partitions = config.KAFKA_PARTITIONS;
  if (config.BUS === "memory") return createMemoryBus({ partitions });
  const brokers = config.KAFKA_BROKERS.split(",").map((broker) => broker.trim());
  return createKafkaBus({ brokers, partitions, clientId: `bedside-${role}` });
}
