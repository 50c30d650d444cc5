import { SOCKET_PROTOCOL } from "../socket.ts";
import { DEFAULT_PARTITIONS, HEADERS, TOPIC_TABLE, type TopicEntry } from "../topics.ts";
import { PlainSchemas } from "./plain-schemas.ts";
import { FROM_CLIENTS, FROM_GATEWAYS, type SocketMessage } from "./socket-messages.ts";
import { COMMON_HEADERS, EVENT_HEADERS, HEADER_WORDS, TOPIC_WORDS } from "./topic-words.ts";

export interface AsyncApiOptions {
  readonly version: string;
  /** Partitions of each topic. */
  readonly partitions?: number;
}

type Topic = keyof typeof TOPIC_TABLE;
type Json = Record<string, unknown>;

const KAFKA_BINDING = "0.5.0";
const WS_BINDING = "0.1.0";
const BYTES = { type: "string", format: "binary" } as const;

/** The AsyncAPI 3 document of all topics and of the socket, of nothing but the tables and schemas that they go by. */
export function asyncApi({ version, partitions = DEFAULT_PARTITIONS }: AsyncApiOptions): Json {
  const schemas = new PlainSchemas();
  const topics = Object.entries(TOPIC_TABLE) as [Topic, TopicEntry][];
  const channels = topics.map(([topic, entry]): [string, Json] => [topic, channelOf(topic, entry, partitions)]);
  const messages = [
    ...topics.map(([topic, entry]): [string, Json] => [topic, topicMessage(topic, entry, schemas)]),
    ...[...FROM_CLIENTS, ...FROM_GATEWAYS].map((one): [string, Json] => [one.name, socketMessage(one, schemas)]),
  ];
  return {
    asyncapi: "3.0.0",
    info: {
      title: "Bedside",
      version,
      description:
        "A streaming ECG monitor: frames in, beats, conditions and alarms out, over Kafka and over a gateway's WebSocket. Not a medical device.",
      license: { name: "MIT" },
    },
    defaultContentType: "application/json",
    servers: {
      kafka: { host: "127.0.0.1:9092", protocol: "kafka", description: "KAFKA_BROKERS" },
      gateway: { host: "127.0.0.1:8080", protocol: "ws", description: "HOST and PORT of any gateway" },
    },
    channels: { ...Object.fromEntries(channels), socket: socketChannel() },
    operations: { ...Object.fromEntries(topics.map(([topic]) => topicOperation(topic))), ...socketOperations() },
    components: { schemas: schemas.named, messages: Object.fromEntries(messages) },
  };
}

const ref = (...path: readonly string[]): Json => ({ $ref: `#/${path.join("/")}` });
const inSocket = ({ name }: SocketMessage): [string, Json] => [name, ref("components", "messages", name)];

function channelOf(topic: Topic, { name, cleanup }: TopicEntry, partitions: number): Json {
  return {
    address: name,
    description: TOPIC_WORDS[topic].says,
    servers: [ref("servers", "kafka")],
    messages: { [topic]: ref("components", "messages", topic) },
    bindings: {
      kafka: {
        topic: name,
        partitions,
        topicConfiguration: {
          "cleanup.policy": [cleanup.policy],
          ...(cleanup.policy === "delete" && { "retention.ms": cleanup.retentionMs }),
        },
        bindingVersion: KAFKA_BINDING,
      },
    },
  };
}

function topicMessage(topic: Topic, { schema, noun, cleanup }: TopicEntry, schemas: PlainSchemas): Json {
  const { says, key, headers = COMMON_HEADERS } = TOPIC_WORDS[topic];
  const tombstone = cleanup.policy === "compact" ? ". An empty value removes the key's last one" : "";
  return {
    name: topic,
    title: noun,
    summary: `${says}${tombstone}`,
    contentType:
      topic === "frames" ? "application/x-protobuf" : schema ? "application/json" : "application/octet-stream",
    payload: schema ? schemas.of(schema) : { ...BYTES, ...(topic === "frames" && { "x-protobuf": "frame.proto" }) },
    headers: {
      type: "object",
      properties: Object.fromEntries(
        [...(schema ? EVENT_HEADERS : []), ...headers].map((header) => [
          HEADERS[header],
          { type: "string", description: HEADER_WORDS[header] },
        ]),
      ),
    },
    bindings: {
      kafka: {
        key: { type: "string", description: `name of the ${key}: what is of one ${key} keeps its order` },
        bindingVersion: KAFKA_BINDING,
      },
    },
  };
}

function topicOperation(topic: Topic): [string, Json] {
  const { action, says } = TOPIC_WORDS[topic];
  return [
    `${action}-${topic}`,
    { action, channel: ref("channels", topic), summary: says, messages: [ref("channels", topic, "messages", topic)] },
  ];
}

function socketMessage({ name, says, schema }: SocketMessage, schemas: PlainSchemas): Json {
  return {
    name,
    title: name,
    summary: says,
    contentType: schema ? "application/json" : "application/x-protobuf",
    payload: schema ? schemas.of(schema) : { ...BYTES, "x-protobuf": `${name.toLowerCase()}.proto` },
  };
}

const socketChannel = (): Json => ({
  address: "/ws",
  description: `Subprotocol ${SOCKET_PROTOCOL}. The answer to a subscribe is a snapshot; nothing that follows it is missing from it.`,
  servers: [ref("servers", "gateway")],
  messages: Object.fromEntries([...FROM_CLIENTS, ...FROM_GATEWAYS].map(inSocket)),
  bindings: { ws: { method: "GET", bindingVersion: WS_BINDING } },
});

const socketOperations = (): Json => ({
  "receive-socket": {
    action: "receive",
    channel: ref("channels", "socket"),
    summary: "What a client asks for",
    messages: FROM_CLIENTS.map(({ name }) => ref("channels", "socket", "messages", name)),
  },
  "send-socket": {
    action: "send",
    channel: ref("channels", "socket"),
    summary: "What a client is told",
    messages: FROM_GATEWAYS.map(({ name }) => ref("channels", "socket", "messages", name)),
  },
});
