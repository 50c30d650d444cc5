import { describe, expect, inject, onTestFinished, test, vi } from "vitest";
import { TOPICS } from "../../contracts/topics.ts";
import { numbered, numbers, PATIENCE, read, type Reader, settle, unique } from "../../testing/bus/harness.ts";
import { createKafkaBus } from "../kafka-bus.ts";
import { partitionOf } from "../shared/partition.ts";
import { SESSION_MS, type SessionOptions } from "./client.ts";
import { protocolType } from "./errors.ts";
import { DEFAULT_KAFKA_CLIENT } from "./names.ts";
import { createClient } from "./platformatic/platformatic.ts";

const brokers = [inject("kafkaBrokers")];
const clientId = "named";

/** Sooner than the group gives up a member that it hears nothing of. */
const AT_ONCE = { timeout: SESSION_MS.session / 2, interval: 10 };

async function open(options: { stallTimeoutMs?: number } = {}) {
  const bus = createKafkaBus({ client: DEFAULT_KAFKA_CLIENT, brokers, partitions: 4, clientId, ...options });
  onTestFinished(() => bus.close());
  await bus.start();
  return bus;
}

const partitionsOf = ({ assigned }: Reader): number[] => assigned.map(({ partition }) => partition);

/** A key of one of the reader's partitions. */
function keyOf(reader: Reader): string {
  for (;;) {
    const key = unique("bed");
    if (partitionsOf(reader).includes(partitionOf(key, 4))) return key;
  }
}

/** A member that has a name and one that has none, each with its half. */
async function half(group: string) {
  const revoked = vi.fn();
  // Who joins first shares out the partitions.
  const named = await read(await open(), { group, memberName: "worker-1" });
  const other = await read(await open(), { group, onRevoked: revoked });
  await vi.waitFor(() => expect([named, other].map(({ assigned }) => assigned.length)).toEqual([2, 2]), PATIENCE);
  revoked.mockClear();
  return { named, other, revoked };
}

describe("a member that has a name", () => {
  // To the broker, and to the group, a process that was killed is one that still is.
  test("takes its partitions over at once, from where they were committed, and the others keep theirs", async () => {
    const group = unique("back");
    const { named, other, revoked } = await half(group);
    const bus = await open();
    const [own, others] = [keyOf(named), keyOf(other)];
    await bus.publish([...numbered(own, 4), ...numbered(others, 4)]);
    await named.texts(own, 4);
    const { topic, partition, offset } = named.messages[1];
    await named.subscription.commit([{ topic, partition, offset: offset + 1 }]);

    const beganMs = performance.now();
    const back = await read(bus, { group, memberName: "worker-1" });
    expect(performance.now() - beganMs).toBeLessThan(AT_ONCE.timeout);
    expect(partitionsOf(back)).toEqual(partitionsOf(named));
    await bus.publish([...numbered(own, 2, 4), ...numbered(others, 2, 4)]);
    expect(await back.texts(own, 4)).toEqual(numbers(4, 2));
    expect(await other.texts(others, 6)).toEqual(numbers(6));

    // Who had the name ends, once, and leaves nothing behind.
    await vi.waitFor(() => expect(named.errors).toHaveLength(1), AT_ONCE);
    expect(named.errors[0]).toMatchObject({
      code: "BAD_CONFIG",
      message: expect.stringMatching(/^worker-1's subscription of group back\S+ ended: .* WORKER_NAME has to be/),
    });
    expect(named.assigned).toEqual([]);
    await expect(named.subscription.commit([{ topic, partition, offset }])).resolves.toBeUndefined();
    await settle();
    expect(back.errors).toEqual([]);
    expect(revoked).not.toHaveBeenCalled();
    await other.subscription.close();
    await vi.waitFor(() => expect(back.assigned).toHaveLength(4), AT_ONCE);
  });

  test("does not take its name back from who took it while it slept", async () => {
    const group = unique("asleep");
    // It gives its sessions up before it has heard of the other one, as who wakes up after long.
    const named = await read(await open({ stallTimeoutMs: 300 }), { group, memberName: "worker-1" });
    const back = await read(await open(), { group, memberName: "worker-1" });
    await vi.waitFor(() => expect(named.errors).toHaveLength(1), AT_ONCE);
    await settle();
    expect(back.errors).toEqual([]);
    expect(back.assigned).toHaveLength(4);
  });

  test("leaves when it is closed: the others have its partitions at once", async () => {
    const { named, other } = await half(unique("leaves"));
    await named.subscription.close();
    await vi.waitFor(() => expect(other.assigned).toHaveLength(4), AT_ONCE);
  });

  test("that reads other topics than before is another member, and has them all", async () => {
    const group = unique("version");
    const topics = [TOPICS.frames];
    const before = await read(await open(), { group, memberName: "worker-1", topics });
    const after = await read(await open(), { group, memberName: "worker-1", topics: [...topics, TOPICS.beats] });
    await before.subscription.close();
    await vi.waitFor(() => expect(after.assigned).toHaveLength(8), AT_ONCE);
  });
});

/** One session, without what the bus makes of it. */
function join(group: string, memberId: string | undefined) {
  const joined = vi.fn();
  const nothing: Omit<SessionOptions, "subscribe" | "memberId" | "onJoined"> = {
    partitions: 4,
    stallTimeoutMs: 10_000,
    beforeJoin: async () => {},
    onFetched: () => {},
  };
  const session = createClient({ brokers, clientId }).join({
    ...nothing,
    subscribe: { group, topics: [TOPICS.frames], memberName: "worker-1" },
    memberId,
    onJoined: joined,
  });
  onTestFinished(() => session.close(true));
  return { session, joined };
}

test("a session of a member that the group knows no more joins by its name; one whose name is another's does not", async () => {
  const group = unique("unknown");
  const { session, joined } = join(group, "gone");
  await vi.waitFor(() => expect(joined).toHaveBeenCalledOnce(), AT_ONCE);
  const late = join(group, "gone");
  expect(protocolType(await late.session.over)).toBe("FENCED_INSTANCE_ID");
  expect(late.joined).not.toHaveBeenCalled();
  expect(session.memberId).not.toBe("gone");
});
