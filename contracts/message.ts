import { cloudEvent, type JsonDataOf, type JsonTopic, subjectOf } from "./cloud-event.ts";
import { type Codec, codecOf } from "./codec.ts";
import { TOPIC_TABLE, type TopicEntry, type TopicName } from "./topics.ts";

/** A message of a JSON topic as a bus takes it. */
export interface JsonMessage {
  readonly topic: TopicName;
  readonly key: string;
  readonly value: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** All that is published as JSON is made here. Throws BAD_MESSAGE, naming the first field at fault. `headers`: beside those of CloudEvents. */
export function messageOf<T extends JsonTopic>(
  topic: T,
  data: JsonDataOf<T>,
  headers: Readonly<Record<string, string>> = {},
): JsonMessage {
  const { name, schema, noun }: TopicEntry = TOPIC_TABLE[topic];
  const codec: Codec<unknown> = codecOf({ schema: schema!, noun });
  const value = codec.encode(data);
  return { topic: name, key: subjectOf(data), value, headers: Object.assign(cloudEvent(topic, data), headers) };
}
