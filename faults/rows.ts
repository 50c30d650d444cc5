import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../kit/random.ts";
import { type Beside, commanded, fallingSilent } from "./commanded.ts";
import { asTheyAre, disordered, poisoned, type Sent } from "./confusion.ts";
import type { Said } from "./said.ts";
import type { Stage } from "./stage.ts";
import type { Due } from "./ward.ts";

/** How large a ward, and how much happens to it. */
export interface Form {
  readonly beds: number;
  /** Of signal. */
  readonly seconds: number;
  readonly speed: number;
  /** Before each fault, ms; before a worker is killed, up to twice as long. */
  readonly betweenMs: number;
  /** Workers that are killed, one after the other. */
  readonly kills: number;
  /** Times that something else happens. */
  readonly times: number;
}

/** Minutes, all rows together: what every change is held against. */
export const SHORT: Form = { beds: 6, seconds: 100, speed: 5, betweenMs: 3000, kills: 3, times: 1 };
/** Most of an hour. */
export const LONG: Form = { beds: 32, seconds: 600, speed: 2, betweenMs: 6000, kills: 20, times: 6 };

/** A ward as it is: what delays and catching up are to be read from. */
export const REAL_TIME: Form = { beds: 32, seconds: 240, speed: 1, betweenMs: 20_000, kills: 3, times: 1 };

/** One kind of fault. */
export interface Row {
  readonly name: string;
  /** Brings broker, subscriber and workers up; default: in this order. */
  readonly begins?: (stage: Stage) => Promise<void>;
  /** What is sent in place of the frames; default: they. */
  readonly sends?: (dues: readonly Due[], random: Random) => Sent;
  /** What is sent besides, known what an undisturbed worker says of the frames; default: nothing. */
  readonly beside?: (dues: readonly Due[], undisturbed: Said) => Beside;
  /** Too long for every change: in the long form, and where it is asked for by name. */
  readonly longOnly?: boolean;
  /** What happens while the ward is fed. */
  readonly happens?: (stage: Stage, form: Form, random: Random) => Promise<void>;
}

const WORKERS = 2;

/** The broker first, two workers at work last. */
export async function inOrder(stage: Stage): Promise<void> {
  await stage.startBroker();
  await stage.listen();
  await working(stage);
}

async function working(stage: Stage): Promise<void> {
  const workers = Array.from({ length: WORKERS }, () => stage.startWorker());
  await Promise.all(workers.map((worker) => worker.printed(/working/)));
}

/** The same, with a proxy before the broker. */
async function behindProxy(stage: Stage): Promise<void> {
  await stage.putProxies();
  await inOrder(stage);
}

/** Each comes back by its name, or `nameOf` names who comes in its place. */
async function workersKilled(
  stage: Stage,
  { kills, betweenMs }: Form,
  random: Random,
  nameOf: (killed: string, i: number) => string = (killed) => killed,
): Promise<void> {
  for (let i = 0; i < kills; i++) {
    await sleep(betweenMs * (1 + random.uniform()));
    const worker = pick(stage.workers, random);
    await stage.killWorker(worker);
    await stage.startWorker(nameOf(worker.name, i)).printed(/working/);
  }
}

async function brokerAway(stage: Stage, times: number, betweenMs: number, awayMs: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    await sleep(betweenMs);
    stage.signalBroker("SIGKILL");
    await stage.brokerGone();
    await sleep(awayMs);
    await stage.startBroker();
  }
}

const pick = <T>(items: readonly T[], random: Random): T => items[Math.floor(random.uniform() * items.length)];

export const ROWS: readonly Row[] = [
  { name: "nothing happens" },
  {
    name: "worker kill -9, and another one",
    happens: (stage, form, random) => workersKilled(stage, form, random),
  },
  {
    // What dies is waited for until its session is over.
    name: "worker kill -9, and one of another name",
    longOnly: true,
    happens: (stage, form, random) => workersKilled(stage, form, random, (_, i) => `another-${i}`),
  },
  {
    // Compared as ever: all of every other bed, and beats, conditions and rhythms of these two; what is not, and why: commanded.ts.
    name: "operators' commands and a bed that falls silent while workers are killed",
    sends: fallingSilent,
    beside: commanded,
    happens: (stage, form, random) => workersKilled(stage, form, random),
  },
  {
    // Two have one name at a time: the one that wakes up ends.
    name: "worker SIGSTOP, another one by its name, and back",
    longOnly: true,
    happens: async (stage, { times, betweenMs }, random) => {
      for (let i = 0; i < times; i++) {
        await sleep(betweenMs);
        const asleep = pick(stage.workers, random);
        asleep.child.kill("SIGSTOP");
        await stage.startWorker(asleep.name).printed(/working/);
        await sleep(3000);
        asleep.child.kill("SIGCONT");
        // A client that has no names has them both work on.
        await Promise.race([asleep.exited, sleep(5000)]);
        await stage.killWorker(asleep);
      }
    },
  },
  {
    name: "worker SIGSTOP 20 s and back",
    happens: async (stage, { times, betweenMs }, random) => {
      for (let i = 0; i < times; i++) {
        await sleep(betweenMs);
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
      for (let i = 0; i < times; i++) {
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
    happens: (stage, { times, betweenMs }) => brokerAway(stage, times, betweenMs, 5000),
  },
  {
    name: "broker SIGKILL, away 60 s",
    longOnly: true,
    happens: (stage, { betweenMs }) => brokerAway(stage, 1, betweenMs, 60_000),
  },
  {
    name: "broker SIGSTOP 15 s",
    happens: async (stage, { times, betweenMs }) => {
      for (let i = 0; i < times; i++) {
        await sleep(betweenMs);
        stage.signalBroker("SIGSTOP");
        await sleep(15_000);
        stage.signalBroker("SIGCONT");
      }
    },
  },
  {
    name: "one of three brokers SIGKILL, away 8 s",
    begins: async (stage) => {
      await stage.startBrokers(3);
      await stage.listen();
      await working(stage);
    },
    happens: async (stage, { times, betweenMs }) => {
      for (let i = 0; i < times; i++) {
        await sleep(betweenMs);
        const id = 1 + (i % 3);
        stage.signalBroker("SIGKILL", id);
        await stage.brokerGone(id);
        await sleep(8000);
        await stage.startBroker(id);
      }
    },
  },
  {
    // Each way: an answer takes 200 ms more.
    name: "the broker's link 100 ms slow",
    begins: async (stage) => {
      await stage.putProxies();
      stage.link().delay(100);
      await inOrder(stage);
    },
  },
  {
    name: "the broker's connections reset, five times at random",
    begins: behindProxy,
    happens: async (stage, { seconds, speed }, random) => {
      const feedMs = (1000 * seconds) / speed;
      const atMs = Array.from({ length: 5 }, () => feedMs * random.uniform()).toSorted((a, b) => a - b);
      for (const [i, at] of atMs.entries()) {
        await sleep(at - (atMs[i - 1] ?? 0));
        // Behind the one before there may be none yet.
        while (stage.link().reset() === 0) await sleep(50);
      }
    },
  },
  {
    name: "the broker's link half-open for 15 s",
    begins: behindProxy,
    happens: async (stage, { times, betweenMs }) => {
      for (let i = 0; i < times; i++) {
        await sleep(betweenMs);
        stage.link().halfOpen();
        await sleep(1000);
        const told = stage.said.first.size;
        await sleep(14_000);
        if (stage.said.first.size > told) throw new Error("something was told while the link carried nothing");
        stage.link().heal();
      }
    },
  },
  { name: "1 % poison", sends: poisoned },
  { name: "frames twice, late, missing, far ahead; clocks minutes off", sends: disordered },
  {
    name: "workers before the broker",
    begins: async (stage) => {
      await stage.choosePorts();
      const workers = working(stage);
      await sleep(5000);
      await stage.startBroker();
      await stage.listen();
      await workers;
    },
  },
];

/** What a row sends. */
export const sentOf = ({ sends = asTheyAre }: Row, dues: readonly Due[], random: Random): Sent => sends(dues, random);
