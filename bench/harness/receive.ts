import { randomUUID } from "node:crypto";
import type { Bus } from "../../bus/bus.ts";
import { TOPICS } from "../../contracts/topics.ts";
import { deferred } from "../../kit/deferred.ts";

/** Counts frames with the header `run`, which is this reader's own, until there are `total`; their header `index` goes to `onIndex`. */
export async function receive(
  bus: Bus,
  total: number,
  onIndex: (index: number) => void,
): Promise<{ readonly run: string; readonly done: Promise<void> }> {
  const run = randomUUID();
  const { promise, resolve, reject } = deferred<void>();
  let left = total;
  const subscription = await bus.subscribe({
    group: `bench-${run}`,
    topics: [TOPICS.frames],
    from: "latest",
    credits: 2000,
    onMessage: ({ headers }) => {
      subscription.release(1);
      if (headers["run"] !== run) return;
      onIndex(Number(headers["index"]));
      if (--left === 0) resolve();
    },
    onError: reject,
  });
  return { run, done: promise.then(() => subscription.close()) };
}
