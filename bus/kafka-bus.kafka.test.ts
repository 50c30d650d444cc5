import { inject } from "vitest";
import { describeBus } from "./conformance.ts";
import { createKafkaBus } from "./kafka-bus.ts";

describeBus("kafka", () =>
  createKafkaBus({ brokers: [inject("kafkaBrokers")], partitions: 4, clientId: "conformance" }),
);
