import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { BedsideError } from "../../contracts/errors.ts";
import { HEADERS, TOPICS } from "../../contracts/topics.ts";
import type { BusMessage } from "../bus.ts";
import { Outbox } from "./outbox.ts";
import { Segment } from "./segment.ts";

const dirs: string[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const dir of dirs.splice(0)) {
    rmSync(dir, { recursive: true, force: true });
  }
});

const messageOf = (number: number, bytes = 50): BusMessage => ({
  topic: TOPICS.frames,
  key: "b1",
  value: new Uint8Array(bytes).fill(number),
  headers: { n: String(number) },
});

/** A bus that can be away: then `publish` waits, as Kafka's does. */
function openBus() {
  const delivered: BusMessage[] = [];
  let back = (): void => {};
  let present: Promise<void> = Promise.resolve();
  return {
    delivered,
    numbers: (): number[] => delivered.map(({ headers }) => Number(headers?.["n"])),
    leave: (): void => {
      present = new Promise((resolve) => (back = resolve));
    },
    comeBack: (): void => back(),
    publish: async (messages: readonly BusMessage[]): Promise<void> => {
      await present;
      if (messages.some(({ value }) => value.byteLength === 13)) throw new BedsideError("BAD_MESSAGE", "thirteen");
      delivered.push(...messages);
    },
  };
}

async function outboxOf(bus: ReturnType<typeof openBus>, options: { dir?: string; maxBytes?: number } = {}) {
  const dir = options.dir ?? mkdtempSync(path.join(tmpdir(), "bedside-outbox-"));
  dirs.push(dir);
  const said: string[] = [];
  const outbox = await Outbox.open({ maxBytes: 1 << 20, ...options, dir, bus, say: (line) => said.push(line) });
  return { dir, said, outbox };
}

test("what is published while the bus is away is taken at once, and goes in order when it is back", async () => {
  const bus = openBus();
  const { outbox } = await outboxOf(bus);
  await outbox.publish([messageOf(0)]);
  await outbox.drained();
  bus.leave();
  for (let number = 1; number <= 20; number++) await outbox.publish([messageOf(number)]);
  expect(bus.numbers()).toEqual([0]);
  expect(outbox.contents.messages).toBe(20);
  bus.comeBack();
  await outbox.drained();
  expect(bus.numbers()).toEqual(Array.from({ length: 21 }, (_, number) => number));
  expect(outbox.contents.messages).toBe(0);
  await outbox.close();
  await expect(outbox.publish([messageOf(21)])).rejects.toMatchObject({ code: "BUS_CLOSED" });
});

test("what a process could not send the next one does, before its own", async () => {
  const away = openBus();
  away.leave();
  const { dir, outbox, said } = await outboxOf(away);
  await outbox.publish([messageOf(0), messageOf(1)]);
  await outbox.close();
  expect(said.at(-1)).toMatch(/^outbox: 2 messages \(0.0 MB\) wait for the bus, the first for \d s in /);
  const bus = openBus();
  const next = await outboxOf(bus, { dir });
  expect(next.said[0]).toMatch(/^outbox: 2 messages .* from before$/);
  await next.outbox.publish([messageOf(2)]);
  await next.outbox.drained();
  expect(bus.numbers()).toEqual([0, 1, 2]);
  await next.outbox.close();
});

test("beyond the bound the oldest goes: said, counted, and told to who reads the next message", async () => {
  const bus = openBus();
  bus.leave();
  const { outbox, said } = await outboxOf(bus, { maxBytes: 16_000 });
  await outbox.publish([messageOf(0)]);
  await sleep(20);
  for (let number = 1; number <= 300; number++) await outbox.publish([messageOf(number)]);
  bus.comeBack();
  await outbox.drained();
  const [, first] = bus.numbers();
  expect(first).toBeGreaterThan(100);
  expect(bus.delivered[1].headers?.[HEADERS.lostBefore]).toBe(String(first - 1));
  expect(bus.numbers().slice(1)).toEqual(Array.from({ length: 301 - first }, (_, i) => first + i));
  expect(said.filter((line) => line.includes("found no room and are lost"))).toHaveLength(1);
  await outbox.close();
});

test("a disk that can't be written is said once; then what is published waits for the bus, behind what was kept", async () => {
  const bus = openBus();
  bus.leave();
  const { outbox, said } = await outboxOf(bus);
  await outbox.publish([messageOf(0)]);
  const full = vi
    .spyOn(Segment.prototype, "append")
    .mockRejectedValue(new Error("ENOSPC: no space left on device, write"));
  let taken = 0;
  const waiting = [1, 2].map((number) => outbox.publish([messageOf(number)]).then(() => taken++));
  await vi.waitFor(() => expect(said.join("\n")).toContain("no space left on device"));
  await sleep(50);
  expect(taken).toBe(0);
  expect(said.filter((line) => line.includes("no space left on device"))).toHaveLength(1);
  bus.comeBack();
  await Promise.all(waiting);
  expect(bus.numbers()).toEqual([0, 1, 2]);
  full.mockRestore();
  await outbox.publish([messageOf(3)]);
  await outbox.drained();
  expect(bus.numbers()).toEqual([0, 1, 2, 3]);
  // A slow machine may have said between them how much waits.
  expect(said.filter((line) => line.endsWith("can be written again"))).toHaveLength(1);
  await outbox.close();
});

test("a message that its topic refuses costs only itself", async () => {
  const bus = openBus();
  const { outbox, said } = await outboxOf(bus);
  await outbox.publish([messageOf(0), messageOf(1, 13), messageOf(2)]);
  await outbox.drained();
  expect(bus.numbers()).toEqual([0, 2]);
  expect(said).toEqual(["outbox: a message of ecg.frames.v1 under b1 is lost: thirteen"]);
  await outbox.close();
});
