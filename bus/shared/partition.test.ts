import * as fc from "fast-check";
import { Partitioners } from "kafkajs";
import { expect, test } from "vitest";
import { murmur2, partitionOf } from "./partition.ts";

test("murmur2 gives the values of Kafka's own test", () => {
  // org.apache.kafka.common.utils.UtilsTest.testMurmur2, Kafka 4.3.
  const cases: [string, number][] = [
    ["21", -973932308],
    ["foobar", -790332482],
    ["a-little-bit-long-string", -985981536],
    ["a-little-bit-longer-string", -1486304829],
    ["lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971],
    ["abc", 479470107],
  ];
  for (const [text, hash] of cases) expect(murmur2(Buffer.from(text))).toBe(hash);
});

test("any key falls where kafkajs's Java-compatible partitioner puts it", () => {
  const partitioner = Partitioners.DefaultPartitioner();
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1 }), fc.integer({ min: 1, max: 256 }), (key, partitions) => {
      const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
        partitionErrorCode: 0,
        partitionId,
        leader: 0,
        replicas: [0],
        isr: [0],
      }));
      const theirs = partitioner({ topic: "t", partitionMetadata, message: { key, value: null } });
      expect(partitionOf(key, partitions)).toBe(theirs);
    }),
  );
});
