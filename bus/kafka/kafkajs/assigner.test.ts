import { AssignerProtocol, type Cluster } from "kafkajs";
import { expect, test } from "vitest";
import { coPartitioned } from "./assigner.ts";

const { MemberAssignment, MemberMetadata } = AssignerProtocol;

const member = (memberId: string, topics: string[]) => ({
  memberId,
  memberMetadata: MemberMetadata.encode({ version: 0, topics, userData: Buffer.alloc(0) }),
});

function assignerOf(cluster: Partial<Cluster>, beforeJoin = async () => {}) {
  // What the assigner does not touch is left out.
  const config = { cluster: cluster as Cluster, groupId: "g" };
  return coPartitioned(4, beforeJoin)(config as Parameters<ReturnType<typeof coPartitioned>>[0]);
}

const findGroupCoordinator = async (): Promise<never> => {
  throw new Error("looked up");
};

async function assign(members: ReturnType<typeof member>[]): Promise<Record<string, Record<string, number[]>>> {
  const assigned = await assignerOf({ findGroupCoordinator }).assign({ members, topics: [] });
  return Object.fromEntries(
    assigned.map(({ memberId, memberAssignment }) => {
      return [memberId, { ...MemberAssignment.decode(memberAssignment)?.assignment }];
    }),
  );
}

test("members have the same numbers in every topic", async () => {
  expect(await assign([member("b", ["t1", "t2"]), member("a", ["t1", "t2"])])).toEqual({
    a: { t1: [0, 1], t2: [0, 1] },
    b: { t1: [2, 3], t2: [2, 3] },
  });
});

test("a topic goes to those who subscribe to it, and nobody goes unanswered", async () => {
  expect(await assign([member("a", ["t1"]), member("b", ["t1", "t2"]), member("c", [])])).toEqual({
    a: { t1: [0, 1] },
    b: { t1: [2, 3], t2: [0, 1, 2, 3] },
    c: {},
  });
});

test("looking up the coordinator waits for what must be done before a join", async () => {
  const events: string[] = [];
  const cluster: Partial<Cluster> = { findGroupCoordinator };
  assignerOf(cluster, async () => {
    await Promise.resolve();
    events.push("before");
  });
  await cluster.findGroupCoordinator?.({ groupId: "g" }).catch((error: Error) => events.push(error.message));
  expect(events).toEqual(["before", "looked up"]);
});
