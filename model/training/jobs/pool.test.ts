import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { within } from "../../../kit/within.ts";
import { NO_COPIES } from "../records/copies.ts";
import { type JobPool, openJobPool } from "./pool.ts";

const ENTRY = new URL("../../../testing/model/job-process.ts", import.meta.url);

/** What the stand-in for a process tells. */
type Told = { readonly name: string; readonly process: number };

async function ask(pool: JobPool, name: string): Promise<Told> {
  const told: unknown = await pool.run("prepare", { dir: "", name, seed: 1, copies: NO_COPIES, otherLeads: null });
  return told as Told;
}

async function withPool<T>(count: number, use: (pool: JobPool) => Promise<T>): Promise<T> {
  const pool = openJobPool(count, ENTRY);
  return use(pool).finally(pool.close);
}

test("each job has its own answer, from no more processes than there may be, whoever is done first", async () => {
  const names = ["a", "b", "c", "d", "e", "f"];
  const told = await withPool(2, (pool) => Promise.all(names.map((name) => ask(pool, name))));
  expect(told.map(({ name }) => name)).toEqual(names);
  expect(new Set(told.map((one) => one.process)).size).toBe(2);
}, 60_000);

test.each([
  ["fail", { code: "BAD_RECORD", message: "fail can't be read" }],
  ["die", { code: "ENGINE_UNAVAILABLE", message: expect.stringMatching(/^a process of the training ended with 3;/) }],
])(
  "one job that is to %s ends those under way and those that wait with the same error",
  async (name, error) => {
    const jobs = await withPool(2, (pool) =>
      Promise.allSettled(["hang", name, "waiting"].map((one) => ask(pool, one))),
    );
    for (const job of jobs) expect(job).toMatchObject({ status: "rejected", reason: error });
  },
  60_000,
);

test("a parent that is killed leaves no process behind", async () => {
  const code = `
    import { openJobPool } from ${JSON.stringify(new URL("./pool.ts", import.meta.url).href)};
    const pool = openJobPool(1, new URL(${JSON.stringify(ENTRY.href)}));
    console.log((await pool.run("prepare", { name: "first" })).process);
    await pool.run("prepare", { name: "hang" });`;
  const parent = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", code]);
  const [text] = (await parent.stdout.take(1).toArray()) as Buffer[];
  const child = Number(text.toString());
  expect(isThere(child)).toBe(true);
  parent.kill("SIGKILL");
  const gone = async (): Promise<void> => {
    while (isThere(child)) await sleep(20);
  };
  expect(await within(20_000, gone())).toBe(true);
}, 60_000);

function isThere(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}
