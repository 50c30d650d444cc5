import { afterEach, describe } from "vitest";
import type { Bus } from "../../bus/bus.ts";
import type { BusTopic } from "../../contracts/topics.ts";
import { testCompaction, WITH_COMPACTED } from "./compaction.ts";
import { testDelivery } from "./delivery.ts";
import { testGroups } from "./groups.ts";

/** What every adapter of the port must do. `makeBus` gives a bus of four partitions and these topics, not started. */
export function describeBus(name: string, makeBus: (topics: readonly BusTopic[]) => Bus): void {
  describe(`${name} as a bus`, () => {
    const open: Bus[] = [];
    const start = async (): Promise<Bus> => {
      const bus = makeBus(WITH_COMPACTED);
      open.push(bus);
      await bus.start();
      return bus;
    };

    afterEach(async () => {
      await Promise.all(open.splice(0).map((bus) => bus.close()));
    });

    testDelivery(start);
    testGroups(start);
    testCompaction(start);
  });
}
