import { createRequire } from "node:module";
import type { KafkaMessage } from "kafkajs";
import { AT, BATCH_MAGIC, batchesOf, firstOffsetOf, lastOffsetOf, unreadableReason } from "../decode/batch.ts";
import { NothingMore, UnreadableBatch } from "./stand-ins.ts";

/** The parts of kafkajs's decoder that are used here. */
export interface Decoder {
  readonly buffer: Buffer;
  offset: number;
  readInt32(): number;
  readBytes(length: number): Buffer;
  canReadBytes(length: number): boolean;
}

interface Internals {
  readonly Decoder: new (buffer: Buffer) => Decoder;
  readonly decodeBatch: (decoder: Decoder) => Promise<{ readonly records: readonly DecodedRecord[] }>;
  readonly decodeMessageSet: (decoder: Decoder, size: number) => Promise<KafkaMessage[]>;
}

type DecodedRecord = KafkaMessage & { readonly isControlRecord?: boolean };
type Decoded = DecodedRecord | UnreadableBatch | NothingMore;

/**
 * Puts a reader of batches in the place of kafkajs's own, which ends the consumer at one that it cannot read, for good: at each
 * restart it meets the same. Here an `UnreadableBatch` stands for it. Call it before anything is fetched.
 */
export function mendDecoding(): void {
  const load = createRequire(import.meta.url);
  const part = (name: string): string => load.resolve(`kafkajs/src/protocol/${name}`);
  const file = part("requests/fetch/v4/decodeMessages");
  const internals: Internals = {
    Decoder: load(part("decoder")) as Internals["Decoder"],
    decodeBatch: load(part("recordBatch/v0/decoder")) as Internals["decodeBatch"],
    decodeMessageSet: load(part("messageSet/decoder")) as Internals["decodeMessageSet"],
  };
  load(file);
  // The readers of fetch responses ask for it when the first response comes.
  const module = load.cache[file];
  if (module) module.exports = (decoder: Decoder) => decodeBatches(decoder, internals);
}

/** The messages of one partition in a fetch response. The last batch may be cut off, as Kafka has it. */
export async function decodeBatches(
  decoder: Decoder,
  { Decoder, decodeBatch, decodeMessageSet }: Internals,
): Promise<Decoded[]> {
  const size = decoder.readInt32();
  if (size <= 0 || !decoder.canReadBytes(size)) return [];
  const bytes = decoder.readBytes(size);
  if (bytes.length <= AT.magic) return [];
  // Messages of before Kafka 0.11.
  if (bytes[AT.magic] !== BATCH_MAGIC) return decodeMessageSet(new Decoder(bytes), size);
  const messages: Decoded[] = [];
  for (const batch of batchesOf(bytes)) {
    try {
      // One by one: a batch may have more of them than a call takes arguments.
      const { records } = await decodeBatch(new Decoder(batch));
      for (const record of records) messages.push(record);
      const last = records.at(-1);
      if (!last || last.isControlRecord) messages.push(new NothingMore(String(lastOffsetOf(batch))));
    } catch (cause) {
      messages.push(unreadable(batch, cause));
    }
  }
  return messages;
}

const unreadable = (batch: Buffer, cause: unknown): UnreadableBatch =>
  new UnreadableBatch(firstOffsetOf(batch), lastOffsetOf(batch), Buffer.from(batch), unreadableReason(batch, cause));
