import { expect, test } from "vitest";
import type { ClusterMetadata, ExtendedGroupProtocolSubscription } from "@platformatic/kafka";
import { coPartitioned } from "./member.ts";

function assign(topicsOf: Readonly<Record<string, string[]>>): Record<string, Record<string, number[]>> {
  const members = new Map<string, ExtendedGroupProtocolSubscription>(
    Object.entries(topicsOf).map(([memberId, topics]) => [memberId, { memberId, version: 0, topics }]),
  );
  // What the cluster says of itself is not asked.
  const assigned = coPartitioned(4)("a", members, new Set(), {} as ClusterMetadata);
  return Object.fromEntries(
    assigned.map(({ memberId, assignments }) => [
      memberId,
      Object.fromEntries([...assignments.values()].map(({ topic, partitions }) => [topic, partitions])),
    ]),
  );
}

test("members have the same numbers in every topic", () => {
  expect(assign({ b: ["t1", "t2"], a: ["t1", "t2"] })).toEqual({
    a: { t1: [0, 1], t2: [0, 1] },
    b: { t1: [2, 3], t2: [2, 3] },
  });
});

test("a topic goes to those who subscribe to it, and nobody goes unanswered", () => {
  expect(assign({ a: ["t1"], b: ["t1", "t2"], c: [] })).toEqual({
    a: { t1: [0, 1] },
    b: { t1: [2, 3], t2: [0, 1, 2, 3] },
    c: {},
  });
});
