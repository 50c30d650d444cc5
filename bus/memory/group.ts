import type { TopicName } from "../../contracts/topics.ts";
import { assignRanges } from "../shared/assignment.ts";
import type { PartitionRef, SubscribeOptions } from "../bus.ts";
import { Member } from "./member.ts";
import type { Partition } from "./partition.ts";

/**
 * The members that share the partitions, and the offsets they committed. When one joins or leaves, all partitions are
 * revoked and assigned anew, as Kafka's eager protocol does.
 */
export class Group {
  readonly #topics: ReadonlyMap<TopicName, readonly Partition[]>;
  readonly #partitions: number;
  readonly #committed = new Map<Partition, number>();
  #members: readonly Member[] = [];
  #joined = 0;
  #rebalancing: Promise<void> = Promise.resolve();

  constructor(topics: ReadonlyMap<TopicName, readonly Partition[]>, partitions: number) {
    this.#topics = topics;
    this.#partitions = partitions;
  }

  async join(options: SubscribeOptions): Promise<Member> {
    const id = String(this.#joined++).padStart(6, "0");
    const member = new Member(id, this, options);
    await this.#rebalance(() => [...this.#members, member]);
    return member;
  }

  leave(leaving: Member): Promise<void> {
    return this.#rebalance(() => {
      leaving.assign([]);
      return this.#members.filter((member) => member !== leaving);
    });
  }

  async close(): Promise<void> {
    await this.#rebalancing;
    await Promise.all(this.#members.map((member) => member.close()));
  }

  commit({ topic, partition, offset }: PartitionRef & { offset: number }): void {
    const target = this.#topics.get(topic)?.[partition];
    if (target) this.#committed.set(target, offset);
  }

  #rebalance(change: () => readonly Member[]): Promise<void> {
    this.#rebalancing = this.#rebalancing.then(async () => {
      await Promise.all(this.#members.map((member) => member.revoke()));
      this.#members = change();
      const ranges = assignRanges(
        this.#members.map(({ id }) => id),
        this.#partitions,
      );
      for (const member of this.#members) member.assign(this.#places(member, ranges.get(member.id) ?? []));
    });
    return this.#rebalancing;
  }

  #places({ options }: Member, numbers: readonly number[]): { partition: Partition; offset: number }[] {
    return options.topics
      .flatMap((topic) => this.#topics.get(topic) ?? [])
      .filter((partition) => numbers.includes(partition.number))
      .map((partition) => ({ partition, offset: this.#begin(partition, options.from) }));
  }

  /**
   * A group's first place in a partition is kept as if committed: who takes over before the first commit begins there
   * too, rather than at an end that has moved on.
   */
  #begin(partition: Partition, from: SubscribeOptions["from"]): number {
    const committed = this.#committed.get(partition);
    if (committed !== undefined) return partition.clamp(committed);
    const back = from === "earliest" ? Infinity : from === "latest" ? 0 : from;
    const offset = partition.clamp(partition.end - back);
    this.#committed.set(partition, offset);
    return offset;
  }
}
