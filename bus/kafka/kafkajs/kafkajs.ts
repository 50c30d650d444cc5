import type { Connection, KafkaClient } from "../client.ts";
import { KafkaJsAdmin } from "./admin.ts";
import { BRIEF, connect } from "./client.ts";
import { openSender } from "./sender.ts";
import { KafkaJsSession } from "./session.ts";

const PATIENT = { initialRetryTime: 100, maxRetryTime: 1000, retries: 3 };

/** Kafka by kafkajs. */
export const createClient = (connection: Connection): KafkaClient => ({
  openAdmin: () => new KafkaJsAdmin(connect(connection, BRIEF).admin()),
  openSender: () => openSender(connect(connection, PATIENT)),
  join: (options) => new KafkaJsSession(connection, options),
});
