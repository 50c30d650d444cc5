import { AssignerProtocol, type PartitionAssigner } from "kafkajs";
import { assignRanges } from "../../shared/assignment.ts";
import { ASSIGNER } from "../client.ts";

const { MemberAssignment, MemberMetadata } = AssignerProtocol;
const VERSION = 0;

/**
 * Range over partition numbers, the same for each topic, so that a bed's messages of all topics come to one member
 * (kafkajs ships only a round robin over topic and partition). `beforeJoin` is awaited before this member joins anew:
 * kafkajs announces a rebalance but waits for nobody, and looking up the coordinator is the one step on its way to the
 * join that can be made to wait.
 */
export function coPartitioned(partitions: number, beforeJoin: () => Promise<void>): PartitionAssigner {
  return ({ cluster }) => {
    const findGroupCoordinator = cluster.findGroupCoordinator.bind(cluster);
    cluster.findGroupCoordinator = async (group) => {
      await beforeJoin();
      return findGroupCoordinator(group);
    };
    return {
      name: ASSIGNER,
      version: VERSION,
      protocol: ({ topics }) => ({
        name: ASSIGNER,
        metadata: MemberMetadata.encode({ version: VERSION, topics, userData: Buffer.alloc(0) }),
      }),
      assign: async ({ members }) => {
        const topicsOf = new Map(
          members.map(({ memberId, memberMetadata }) => [
            memberId,
            MemberMetadata.decode(memberMetadata)?.topics ?? [],
          ]),
        );
        const assignments = new Map(members.map(({ memberId }) => [memberId, {} as Record<string, number[]>]));
        for (const topic of new Set([...topicsOf.values()].flat())) {
          const subscribed = [...topicsOf.keys()].filter((id) => topicsOf.get(id)?.includes(topic));
          for (const [id, numbers] of assignRanges(subscribed, partitions)) {
            const assignment = assignments.get(id);
            if (assignment) assignment[topic] = numbers;
          }
        }
        return [...assignments].map(([memberId, assignment]) => ({
          memberId,
          memberAssignment: MemberAssignment.encode({ version: VERSION, assignment, userData: Buffer.alloc(0) }),
        }));
      },
    };
  };
}
