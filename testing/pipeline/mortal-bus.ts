import type { Bus, PartitionRef, Subscription } from "../../bus/bus.ts";

/** A bus whose user can die: it leaves its groups at once, and what it still publishes gets lost. */
export function mortal(bus: Bus): { bus: Bus; die: () => Promise<void> } {
  const subscriptions: Subscription[] = [];
  let isDead = false;
  const own: Bus = {
    partitions: bus.partitions,
    trouble: null,
    start: () => bus.start(),
    ends: (topic) => (isDead ? new Promise(() => {}) : bus.ends(topic)),
    close: async () => {},
    publish: (messages) => (isDead ? new Promise(() => {}) : bus.publish(messages)),
    subscribe: async ({ onRevoked, onMessage, ...options }) => {
      const revoked = onRevoked && {
        onRevoked: (places: readonly PartitionRef[]) => (isDead ? undefined : onRevoked(places)),
      };
      const subscription = await bus.subscribe({
        ...options,
        ...revoked,
        onMessage: (message) => (isDead ? undefined : onMessage(message)),
      });
      subscriptions.push(subscription);
      return {
        release: (count) => subscription.release(count),
        commit: async (offsets) => (isDead ? undefined : subscription.commit(offsets)),
        seek: (position) => subscription.seek(position),
        get inFlight() {
          return subscription.inFlight;
        },
        lag: () => (isDead ? new Promise(() => {}) : subscription.lag()),
        close: () => subscription.close(),
      };
    },
  };
  return {
    bus: own,
    die: async () => {
      isDead = true;
      await Promise.all(subscriptions.map((subscription) => subscription.close()));
    },
  };
}
