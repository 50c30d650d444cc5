import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Bus } from "../../bus/bus.ts";
import type { KafkaClientName } from "../../bus/kafka/names.ts";
import { TOPICS } from "../../contracts/topics.ts";
import type { Seen } from "./ledger.ts";

const BEDS = 16;
const EVERY_MS = 200;
/** A frame's size: 0.2 s of two leads. */
const BYTES = 300;

export interface Worker {
  readonly child: ChildProcess;
  /** It leaves the group in order. */
  leave(): Promise<void>;
}

export interface WardOptions {
  readonly bus: Bus;
  readonly client: KafkaClientName;
  readonly broker: string;
  readonly run: string;
}

/** Beds that publish at their own pace, whatever the broker does, and workers that read them. */
export class Ward {
  /** By bed, when each of its messages was published, Unix ms. */
  readonly publishedMs = new Map<string, number[]>();
  readonly seen: Seen[] = [];
  readonly #options: WardOptions;
  readonly #workers = new Set<Worker>();
  readonly #pending = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: WardOptions) {
    this.#options = options;
  }

  async addWorker(): Promise<Worker> {
    const { client, broker, bus, run } = this.#options;
    const file = path.join(import.meta.dirname, "worker.ts");
    const child = fork(file, [client, broker, String(bus.partitions), run], { execArgv: ["--import", "tsx"] });
    child.on("message", (message: "joined" | Seen[]) => {
      if (message !== "joined") this.seen.push(...message.filter(({ key }) => this.publishedMs.has(key)));
    });
    const worker = {
      child,
      leave: async () => {
        this.#workers.delete(worker);
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.send("leave");
        await once(child, "exit");
      },
    };
    this.#workers.add(worker);
    await once(child, "message");
    return worker;
  }

  begin(): void {
    const keys = Array.from({ length: BEDS }, (_, bed) => `${this.#options.run}-${bed}`);
    for (const key of keys) this.publishedMs.set(key, []);
    this.#timer = setInterval(() => {
      for (const key of keys) this.#publish(key);
    }, EVERY_MS);
  }

  /** Resolves with whether all has been published and handed out, or nothing comes any more. */
  async end(patienceMs: number): Promise<boolean> {
    clearInterval(this.#timer);
    const isDone = (): boolean => this.#pending.size === 0 && this.#isAllSeen();
    for (let left = patienceMs; left > 0 && !isDone(); left -= 100) await sleep(100);
    const done = isDone();
    await Promise.all([...this.#workers].map((worker) => worker.leave()));
    return done;
  }

  kill(): void {
    for (const { child } of this.#workers) child.kill("SIGKILL");
  }

  #publish(key: string): void {
    const times = this.publishedMs.get(key) ?? [];
    const value = Buffer.alloc(BYTES, " ");
    value.write(String(times.length));
    times.push(Date.now());
    const published = this.#options.bus.publish([{ topic: TOPICS.frames, key, value }]);
    this.#pending.add(published);
    void published.catch(() => {}).finally(() => this.#pending.delete(published));
  }

  #isAllSeen(): boolean {
    const names = new Set(this.seen.map(({ key, number }) => `${key}/${number}`));
    return names.size === [...this.publishedMs.values()].reduce((sum, { length }) => sum + length, 0);
  }
}
