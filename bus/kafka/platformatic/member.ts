import { createHash } from "node:crypto";
import {
  Consumer,
  kGetApi,
  type API,
  type Callback,
  type GroupPartitionsAssigner,
  type GroupPartitionsAssignments,
} from "@platformatic/kafka";
import { assignRanges } from "../../shared/assignment.ts";
import { ASSIGNER, type Connection, SESSION_MS, type SessionOptions } from "../client.ts";
import { failWithoutLeader, toOptions } from "./connect.ts";

/** A JoinGroup is answered when all members have come or the time for it is over, ms. */
const JOIN_ANSWER_MS = SESSION_MS.rebalance + 10_000;

/**
 * @platformatic/kafka's membership of a group, without its streams. It tries nothing again by itself, but joins anew where the
 * group's coordinator asks for it. It announces a rebalance and waits for nobody: looking up how JoinGroup is spoken is the one
 * step on its way to the join that can be made to wait, and is made to wait for `beforeJoin`.
 */
export class Member extends Consumer {
  readonly #beforeJoin: () => Promise<void>;

  constructor(connection: Connection, { partitions, subscribe, memberId, beforeJoin }: SessionOptions) {
    super({
      ...toOptions(connection),
      requestTimeout: JOIN_ANSWER_MS,
      groupId: subscribe.group,
      ...(subscribe.memberName && { groupInstanceId: instanceOf(subscribe.memberName, subscribe.topics) }),
      sessionTimeout: SESSION_MS.session,
      heartbeatInterval: SESSION_MS.heartbeat,
      rebalanceTimeout: SESSION_MS.rebalance,
      protocols: [{ name: ASSIGNER, version: 0, metadata: Buffer.alloc(0) }],
      partitionAssigner: coPartitioned(partitions),
    });
    failWithoutLeader(this);
    this.#beforeJoin = beforeJoin;
    this.memberId = memberId ?? null;
    for (const topic of subscribe.topics) this.topics.track(topic);
  }

  override [kGetApi]<Arguments extends unknown[], Response>(
    name: string,
    callback: Callback<API<Arguments, Response>>,
  ): void {
    if (name !== "JoinGroup") return super[kGetApi](name, callback);
    const goOn = (): void => super[kGetApi](name, callback);
    void this.#beforeJoin().then(goOn, goOn);
  }
}

/**
 * Where a member comes back by its name, the group goes on with what it has shared out before, whatever topics are asked for now. So
 * one that reads others, as another version of the program may, is another member.
 */
function instanceOf(name: string, topics: readonly string[]): string {
  const digest = createHash("sha256").update(topics.toSorted().join()).digest("hex");
  return `${name}.${digest.slice(0, 8)}`;
}

/** Range over partition numbers, the same for each topic, so that a bed's messages of all topics come to one member. */
export function coPartitioned(partitions: number): GroupPartitionsAssigner {
  return (_, members) => {
    const assigned = new Map<string, GroupPartitionsAssignments>();
    for (const memberId of members.keys()) assigned.set(memberId, { memberId, assignments: new Map() });
    const topics = new Set([...members.values()].flatMap((member) => member.topics ?? []));
    for (const topic of topics) {
      const subscribed = [...members.keys()].filter((id) => members.get(id)?.topics?.includes(topic));
      for (const [id, numbers] of assignRanges(subscribed, partitions)) {
        assigned.get(id)?.assignments.set(topic, { topic, partitions: numbers });
      }
    }
    return [...assigned.values()];
  };
}
