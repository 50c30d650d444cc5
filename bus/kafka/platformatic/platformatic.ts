import type { Connection, KafkaClient } from "../client.ts";
import { PlatformaticAdmin } from "./admin.ts";
import { openSender } from "./sender.ts";
import { PlatformaticSession } from "./session.ts";

/** Kafka by @platformatic/kafka. */
export const createClient = (connection: Connection): KafkaClient => ({
  openAdmin: () => new PlatformaticAdmin(connection),
  openSender: () => openSender(connection),
  join: (options) => new PlatformaticSession(connection, options),
});
