import { setTimeout as sleep } from "node:timers/promises";
import type { Stage } from "./stage.ts";

/** How long and how often. */
export interface Form {
  readonly beds: number;
  /** Of signal. */
  readonly seconds: number;
  readonly speed: number;
  /** Workers that are killed, one after the other. */
  readonly kills: number;
  /** Times that something else happens. */
  readonly times: number;
}

/** One kind of fault. */
export interface Row {
  readonly name: string;
  /** What happens while the ward is fed, from when its first workers are at work. */
  readonly happens: (stage: Stage, form: Form, random: () => number) => Promise<void>;
}

/** A worker that takes over has had time to. */
const BETWEEN_MS = 6000;

const pick = <T>(items: readonly T[], random: () => number): T => items[Math.floor(random() * items.length)];

export const ROWS: readonly Row[] = [
  { name: "nothing happens", happens: async () => {} },
  {
    name: "worker kill -9, and another one",
    happens: async (stage, { kills }, random) => {
      for (let i = 0; i < kills; i++) {
        await sleep(BETWEEN_MS + 4000 * random());
        await stage.killWorker(pick(stage.workers, random));
        await stage.startWorker().printed(/working/);
      }
    },
  },
  {
    name: "worker SIGSTOP 20 s and back",
    happens: async (stage, { times }, random) => {
      for (let i = 0; i < times; i++) {
        await sleep(BETWEEN_MS);
        const { child } = pick(stage.workers, random);
        child.kill("SIGSTOP");
        await sleep(20_000);
        child.kill("SIGCONT");
      }
    },
  },
  {
    name: "a third worker joins and leaves every 10 s",
    happens: async (stage, { times }) => {
      for (let i = 0; i < 2 * times; i++) {
        const third = stage.startWorker();
        await third.printed(/working/);
        await sleep(10_000);
        third.child.kill("SIGTERM");
        await third.exited;
        await sleep(2000);
      }
    },
  },
  {
    name: "broker SIGKILL, away 5 s",
    happens: async (stage, { times }) => {
      for (let i = 0; i < times; i++) {
        await sleep(BETWEEN_MS);
        stage.signalBroker("SIGKILL");
        await stage.brokerGone();
        await sleep(5000);
        await stage.startBroker();
      }
    },
  },
  {
    name: "broker SIGSTOP 15 s",
    happens: async (stage, { times }) => {
      for (let i = 0; i < times; i++) {
        await sleep(BETWEEN_MS);
        stage.signalBroker("SIGSTOP");
        await sleep(15_000);
        stage.signalBroker("SIGCONT");
      }
    },
  },
];
