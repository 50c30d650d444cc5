import { expect, onTestFinished, test, vi } from "vitest";
import type { ReceivedMessage } from "../../bus/bus.ts";
import { StateReader, StateWriter } from "../../signal/state.ts";
import { frameMessage, framesOf } from "../../testing/pipeline/frames.ts";
import { createMetrics } from "../metrics.ts";
import type { AlarmDesk } from "./alarm-desk.ts";
import { Beds } from "./bed/beds.ts";
import { Hearing } from "./hearing.ts";
import { observeWith } from "./observe.ts";
import type { ReadUpTo } from "./read-up-to.ts";

const frames = framesOf("b1", 50);
const received = (index: number, offset: number): ReceivedMessage => ({
  ...frameMessage(frames[index]),
  partition: 0,
  offset,
  headers: {},
});

/** A worker's ears, and what they say of logs. */
function open(beds = new Beds(1)) {
  const logs: string[] = [];
  const desk = { heard: () => {} } as unknown as AlarmDesk;
  const read = { received: () => {} } as unknown as ReadUpTo;
  const observer = { otherLog: (bed: string, place: string) => void logs.push(`${bed} ${place}`) };
  return { beds, logs, hearing: new Hearing({ beds, desk, read, observer, tracing: null }) };
}

/** The beds of a worker that goes on where another one's bed stood behind its frame at offset 9. */
function takenOver(): Beds {
  const { beds, hearing } = open();
  for (let i = 0; i < 10; i++) hearing.receive(received(i, i), 0);
  const to = new StateWriter();
  to.part(beds.bed("b1", 0));
  const others = new Beds(1);
  others.loaded("b1", 0, (empty) => new StateReader(to.bytes()).part(empty));
  return others;
}

test("frames up to a checkpoint's are left, those behind it are heard", () => {
  const { beds, logs, hearing } = open(takenOver());
  const position = () => beds.get("b1")?.epoch?.position;
  for (let i = 4; i < 10; i++) expect(hearing.receive(received(i, i), 0)).toMatchObject([{ type: "ready" }]);
  expect(position()).toBe(500);
  hearing.receive(received(10, 10), 0);
  expect(position()).toBe(550);
  expect(logs).toEqual([]);
});

test("where another frame lies at a checkpoint's place, the log is another one: the bed begins anew, and says so", () => {
  const { beds, logs, hearing } = open(takenOver());
  // The log lost what lay behind offset 6, and has gone on.
  for (let offset = 7; offset < 13; offset++) hearing.receive(received(offset + 20, offset), 0);
  expect(logs).toEqual(["b1 ecg.frames.v1/0/9"]);
  // It joins at the frame that lies there: frames of 50 samples, the thirtieth and on.
  expect(beds.get("b1")?.epoch?.position).toBe(33 * 50);
});

/** 15 s of a bed whose clock is off by so much, and of a canary; what is said, counted and concluded of it. */
async function hearOff(clockMs: number) {
  const metrics = createMetrics();
  const log: string[] = [];
  const warn = (facts: unknown, text?: string): void => void log.push(`${JSON.stringify(facts)} ${text}`);
  let nowMs = Date.UTC(2026, 0, 1);
  const clock = vi.spyOn(Date, "now").mockImplementation(() => nowMs);
  onTestFinished(() => clock.mockRestore());
  const desk = { heard: () => {}, wait: () => null } as unknown as AlarmDesk;
  const read = { received: () => {}, of: () => nowMs } as unknown as ReadUpTo;
  const observer = observeWith(metrics, { warn, debug: () => {} });
  const hearing = new Hearing({ beds: new Beds(1), desk, read, observer, tracing: null });
  const concluded: unknown[] = [];
  for (let i = 0; i < 75; i++, nowMs += 200) {
    const frame = { ...frames[i], producedAtMs: nowMs - 30 + clockMs };
    for (const bed of ["b1", "bedside-canary-0"]) {
      const works = hearing.receive({ ...frameMessage({ ...frame, bed }), partition: 0, offset: i, headers: {} }, 0);
      for (const work of works) if (work.type === "heard") concluded.push(work.events);
    }
    hearing.watch(nowMs);
  }
  const { values } = await metrics.clocksOff.get();
  const counts = Object.fromEntries(values.map(({ labels, value }) => [labels.clock, value]));
  return { log, counts, concluded };
}

test("a source's clock that is minutes off is said once and counted, and changes nothing that is concluded", async () => {
  const right = await hearOff(0);
  expect(right).toMatchObject({ log: [], counts: { ahead: 0, behind: 0 } });
  expect(right.concluded.length).toBeGreaterThan(100);

  const ahead = await hearOff(300_000);
  expect(ahead.counts).toEqual({ ahead: 1, behind: 0 });
  expect(ahead.log).toEqual([
    expect.stringMatching(/^\{"bed":"b1","epoch":"e","offsetMs":-299970\} its frames come 300 s before/),
  ]);
  expect(ahead.concluded).toEqual(right.concluded);

  const behind = await hearOff(-300_000);
  expect(behind.counts).toEqual({ ahead: 0, behind: 1 });
  expect(behind.log).toEqual([expect.stringMatching(/come 300 s after .* clock is behind .*, or they are delayed/)]);
  expect(behind.concluded).toEqual(right.concluded);
});
