import { expect, test } from "vitest";
import { TOPICS } from "../../../contracts/topics.ts";
import type { SubscribeOptions } from "../../bus.ts";
import type { KafkaAdmin } from "../client.ts";
import { beginOffsets } from "./begin.ts";

const topic = TOPICS.frames;

const SINCE_MS = 1000;

/** A broker that holds offsets 10 to 99 of one partition, 90 the first since SINCE_MS; a group has committed `stored` (-1: nothing). */
function begin(stored: number, from: SubscribeOptions["from"]) {
  const admin: Pick<KafkaAdmin, "committed" | "firstSince" | "ranges"> = {
    committed: async () => new Map([[`${topic}/0`, stored]]),
    firstSince: async (_, sinceMs) => new Map([[0, sinceMs === SINCE_MS ? 90 : 10]]),
    ranges: async () => [{ partition: 0, low: 10, high: 100 }],
  };
  return beginOffsets(admin, [{ topic, partition: 0 }], { group: "g", from, sinceMs: SINCE_MS });
}

test.each([
  ["nothing committed, latest", -1, "latest", 90, false],
  ["nothing committed, earliest", -1, "earliest", 10, false],
  ["nothing committed, the last 5", -1, 5, 95, false],
  ["nothing committed, more than there are", -1, 1000, 10, false],
  ["committed", 42, "latest", 42, true],
  ["committed, and deleted since", 3, "latest", 10, true],
  ["committed of a topic that was made anew", 400, "earliest", 100, true],
  ["overtaken by retention", -2, "latest", 10, false],
] as const)("%s", async (_, stored, from, offset, isCommitted) => {
  expect(await begin(stored, from)).toEqual([{ topic, partition: 0, offset, end: 100, isCommitted }]);
});
