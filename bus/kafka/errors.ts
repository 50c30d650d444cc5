import { BedsideError } from "../../contracts/errors.ts";

/** The broker refused because another member has the partition by now. */
const FENCED = ["ILLEGAL_GENERATION", "UNKNOWN_MEMBER_ID", "REBALANCE_IN_PROGRESS", "FENCED_INSTANCE_ID"];

const TOO_LARGE = ["MESSAGE_TOO_LARGE", "RECORD_LIST_TOO_LARGE"];

/** What a client's error means to a user of the bus; `doing` says what failed. */
export function toBusError(brokers: readonly string[], doing: string, cause: unknown): BedsideError {
  if (cause instanceof BedsideError) return cause;
  const reason = reasonOf(cause);
  const type = protocolType(cause);
  const at = brokers.join(", ");
  if (isTooLarge(cause)) {
    const remedy = "raise the topic's max.message.bytes to 2097152";
    return new BedsideError("BAD_MESSAGE", `${doing}: the topic takes no message that large: ${remedy}`, { cause });
  }
  if (isRefused(cause)) {
    const remedy = "KAFKA_USER and KAFKA_PASSWORD have to be those of one of its SCRAM-SHA-512 users";
    return new BedsideError("BAD_CONFIG", `${doing}: Kafka at ${at} does not let this user in (${reason}): ${remedy}`, {
      cause,
    });
  }
  if (isStranger(cause)) {
    const remedy = "KAFKA_CA has to be the certificate of its authority";
    return new BedsideError("BAD_CONFIG", `${doing}: Kafka at ${at} is not who it should be (${reason}): ${remedy}`, {
      cause,
    });
  }
  if (isReplaced(cause)) {
    const remedy = "WORKER_NAME has to be another one for each that runs at the same time";
    return new BedsideError("BAD_CONFIG", `${doing}: another process has taken its place by the same name: ${remedy}`, {
      cause,
    });
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

/** Whether another member has joined by this one's name. */
export const isReplaced = (cause: unknown): boolean => protocolType(cause) === "FENCED_INSTANCE_ID";

/** Whether a commit was refused because its partition is another member's. */
export const isFenced = (cause: unknown): boolean => FENCED.includes(protocolType(cause) ?? "");

/** Whether the broker does not take the user, the password or the way in which they were shown. */
const isRefused = (cause: unknown): boolean =>
  chainOf(cause).some(
    ({ name, code }) => name === "KafkaJSSASLAuthenticationError" || code === "PLT_KFK_AUTHENTICATION",
  );

/** Node's words for a certificate that is not to be believed: of another authority, another host, another time. */
const STRANGER = /CERT|UNABLE_TO_VERIFY/;

const isStranger = (cause: unknown): boolean =>
  chainOf(cause).some(({ code }) => typeof code === "string" && STRANGER.test(code));

/** Kafka's name of the error that lies below an error of a client; undefined where no broker answered with one. */
export function protocolType(error: unknown): string | undefined {
  for (const { name, type, apiId } of chainOf(error)) {
    if (typeof apiId === "string") return apiId;
    if (name === "KafkaJSProtocolError" && typeof type === "string") return type;
  }
  return undefined;
}

/** What a client's error may tell; kafkajs names the broker's answer `type`, @platformatic/kafka `apiId`. */
interface Link extends Error {
  readonly code?: unknown;
  readonly type?: unknown;
  readonly apiId?: unknown;
  readonly errors?: unknown;
}

/** An error and those that it has come from, outermost first; of several tries the last. */
function chainOf(error: unknown): Link[] {
  const chain: Link[] = [];
  for (let link = error; link instanceof Error && !chain.includes(link);) {
    const { errors, cause }: Link = link;
    chain.push(link);
    link = Array.isArray(errors) ? errors.at(-1) : cause;
  }
  return chain;
}

/** @platformatic/kafka says outermost only what it was doing: its reasons lie below. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const chain = chainOf(cause);
  const link = chain.find(({ code }) => !(typeof code === "string" && code.startsWith("PLT_KFK_"))) ?? chain.at(-1);
  return link?.message ?? cause.message;
}
