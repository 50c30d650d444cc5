import kafkajs from "kafkajs";
import { BedsideError } from "../../contracts/errors.ts";

// A CommonJS package whose error classes Node does not find by name.
const { KafkaJSNonRetriableError, KafkaJSProtocolError } = kafkajs;

/** The broker refused because another member has the partition by now. */
const FENCED = ["ILLEGAL_GENERATION", "UNKNOWN_MEMBER_ID", "REBALANCE_IN_PROGRESS", "FENCED_INSTANCE_ID"];

const TOO_LARGE = ["MESSAGE_TOO_LARGE", "RECORD_LIST_TOO_LARGE"];

/** What a kafkajs error means to a user of the bus; `doing` says what failed. */
export function toBusError(brokers: readonly string[], doing: string, cause: unknown): BedsideError {
  if (cause instanceof BedsideError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  const type = protocolType(cause);
  const at = brokers.join(", ");
  if (isTooLarge(cause)) {
    const remedy = "raise the topic's max.message.bytes to 2097152";
    return new BedsideError("BAD_MESSAGE", `${doing}: the topic takes no message that large: ${remedy}`, { cause });
  }
  if (type !== undefined) {
    return new BedsideError("BUS_UNREACHABLE", `${doing}: Kafka at ${at} refused it: ${reason} [${type}]`, { cause });
  }
  const remedy = "start one with `npm run kafka` or `docker compose up`, or set KAFKA_BROKERS";
  return new BedsideError("BUS_UNREACHABLE", `${doing}: no Kafka at ${at} (${reason}): ${remedy}`, { cause });
}

/** Whether the broker refused a message, or the batch that it was in, for its length. */
export const isTooLarge = (cause: unknown): boolean => TOO_LARGE.includes(protocolType(cause) ?? "");

/** Whether trying again cannot help: the group is another program's. */
export const isForeignGroup = (cause: unknown): boolean => protocolType(cause) === "INCONSISTENT_GROUP_PROTOCOL";

/** Whether a commit was refused because its partition is another member's. */
export const isFenced = (cause: unknown): boolean => FENCED.includes(protocolType(cause) ?? "");

/** Kafka's name of the error at the bottom of a chain of causes. */
function protocolType(error: unknown): string | undefined {
  if (error instanceof KafkaJSProtocolError) return error.type;
  return error instanceof Error && error.cause ? protocolType(error.cause) : undefined;
}

/** Whether kafkajs refused a call outright, e.g. because its consumer is not running. */
export const isRefusal = (cause: unknown): boolean => cause instanceof KafkaJSNonRetriableError;
