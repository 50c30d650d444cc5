import type { Bus } from "../../bus/bus.ts";
import { alarmCodec } from "../../contracts/codec.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { HEADERS, TOPICS } from "../../contracts/topics.ts";
import type { History, HistoryLog } from "./history.ts";

/**
 * Tells an empty memory bus which alarms stood when the process before ended, as Kafka would: before workers begin, which then go on
 * with them as with another worker's. What has happened to their patients meanwhile nobody knows, so that none is over by itself.
 */
export async function seedAlarms(bus: Bus, history: History, log: HistoryLog): Promise<void> {
  if (history.isFailed) return;
  try {
    const told = await history.file.call("standing", []);
    const messages = told.map(({ event, publishedAtMs }) => ({
      topic: TOPICS.alarms,
      key: event.bed,
      value: alarmCodec.encode(event),
      headers: { [HEADERS.publishedAt]: String(publishedAtMs) },
    }));
    await bus.publish(messages);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const why = error instanceof BedsideError ? `${error.code}: ${error.message}` : error.message;
    log.error(`alarms that stood before could not be read from history: ${why}`);
  }
}
