import type { Bus } from "../../bus/bus.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { messageOf } from "../../contracts/message.ts";
import { HEADERS } from "../../contracts/topics.ts";
import type { History, HistoryLog } from "./history.ts";

/** Tells an empty memory bus who lay in which bed when the process before ended, as Kafka would, and which alarms stood. */
export async function seedBus(bus: Bus, history: History, log: HistoryLog): Promise<void> {
  if (!history.isOpen) return;
  await seed(log, "who lies in which bed", async () => {
    const admissions = await history.file.call("admissions", []);
    await bus.publish(admissions.map((one) => messageOf("admissions", one)));
  });
  await seed(log, "alarms that stood before", () => seedAlarms(bus, history));
}

/**
 * Tells an empty memory bus which alarms stood when the process before ended, as Kafka would: before workers begin, which then go on
 * with them as with another worker's. What has happened to their patients meanwhile nobody knows, so that none is over by itself.
 */
async function seedAlarms(bus: Bus, history: History): Promise<void> {
  const told = await history.file.call("standing", []);
  const messages = told.map(({ event, publishedAtMs }) =>
    messageOf("alarms", event, { [HEADERS.publishedAt]: String(publishedAtMs) }),
  );
  await bus.publish(messages);
}

async function seed(log: HistoryLog, what: string, tell: () => Promise<void>): Promise<void> {
  try {
    await tell();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const why = error instanceof BedsideError ? `${error.code}: ${error.message}` : error.message;
    log.error(`${what} could not be read from history: ${why}`);
  }
}
