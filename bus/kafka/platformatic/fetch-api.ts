import {
  createAPI,
  fetchV13,
  fetchV14,
  fetchV15,
  fetchV16,
  fetchV17,
  type API,
  type Reader,
} from "@platformatic/kafka";
import type { AbortedTransaction } from "../decode/records.ts";

/** One partition's part of an answer, its messages as the broker keeps them. */
export interface FetchedPartition {
  readonly topicId: string;
  readonly partition: number;
  readonly errorCode: number;
  readonly aborted: readonly AbortedTransaction[];
  readonly bytes: Buffer | undefined;
}

export interface FetchAnswer {
  readonly errorCode: number;
  readonly partitions: readonly FetchedPartition[];
}

type FetchRequest = [
  maxWaitMs: number,
  minBytes: number,
  maxBytes: number,
  isolationLevel: number,
  sessionId: number,
  sessionEpoch: number,
  topics: fetchV17.FetchRequestTopic[],
  forgotten: never[],
  rackId: string,
];

export type FetchApi = API<FetchRequest, FetchAnswer>;

const KEY = 1;
const VERSIONS = { 13: fetchV13, 14: fetchV14, 15: fetchV15, 16: fetchV16, 17: fetchV17 } as const;

/**
 * Fetch as @platformatic/kafka asks it, with answers read here: its own reader fails on all of an answer where one partition has
 * an error or one batch cannot be unpacked, unpacks without a limit, and has no Zstandard on Node 20.
 */
export function fetchApi(highestOfBroker: number): FetchApi {
  const version = Math.min(17, highestOfBroker) as keyof typeof VERSIONS;
  if (!(version in VERSIONS)) throw new Error(`the broker is older than Kafka 3.1 (Fetch ${highestOfBroker})`);
  return createAPI<FetchRequest, FetchAnswer>(KEY, version, VERSIONS[version].createRequest, readAnswer);
}

/** Fetch response, versions 13 to 17. */
function readAnswer(_id: number, _key: number, _version: number, reader: Reader): FetchAnswer {
  reader.readInt32();
  const errorCode = reader.readInt16();
  reader.readInt32();
  const topics = reader.readArray((topic) => {
    const topicId = topic.readUUID();
    return topic.readArray((part) => readPartition(topicId, part));
  });
  return { errorCode, partitions: topics.flat() };
}

function readPartition(topicId: string, reader: Reader): FetchedPartition {
  const partition = reader.readInt32();
  const errorCode = reader.readInt16();
  // The high watermark, the last stable offset, the log's first.
  reader.skip(24);
  const aborted = reader.readArray((one) => ({ producerId: one.readInt64(), firstOffset: one.readInt64() }));
  // The replica to be preferred.
  reader.skip(4);
  // Compact: one more than there are, 0 for none.
  const size = reader.readUnsignedVarInt() - 1;
  if (size <= 0) return { topicId, partition, errorCode, aborted, bytes: undefined };
  const bytes = reader.buffer.slice(reader.position, reader.position + size);
  reader.skip(size);
  return { topicId, partition, errorCode, aborted, bytes };
}
