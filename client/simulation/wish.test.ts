import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Simulation } from "../../contracts/simulation.ts";
import { MonitoredBed } from "../ward/monitored-bed.ts";
import { ANSWERED_WITHIN_MS, Wish } from "./wish.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const SINUS = { record: "synthetic/sinus", speed: 1, drift: "" };
const NOISY = { ...SINUS, drift: "white:6dB" };

function bedOfSinus() {
  const bed = new MonitoredBed("b1");
  const say = (change: Partial<Simulation>): void => {
    bed.addSimulation({
      bed: "b1",
      id: "start",
      atMs: 0,
      phase: "played",
      ...SINUS,
      reason: null,
      records: [],
      noise: [],
      ...change,
    });
    bed.changes.tell();
  };
  say({});
  const asked: { id: string; drift: string }[] = [];
  const wish = new Wish(bed, async (_path, body) => void asked.push(body as { id: string; drift: string }));
  return { bed, say, asked, wish };
}

test("what is dragged is asked for once it rests, and shown until what is really played is known", async () => {
  const { say, asked, wish } = bedOfSinus();
  expect([wish.outcome, wish.shown]).toEqual(["none", SINUS]);
  for (const drift of ["white:24dB", "white:12dB", "white:6dB"]) wish.ask({ ...SINUS, drift });
  expect([wish.outcome, wish.shown]).toEqual(["asking", NOISY]);
  await vi.advanceTimersByTimeAsync(500);
  expect(asked.map(({ drift }) => drift)).toEqual(["white:6dB"]);
  say({ id: asked[0].id, drift: "white:6dB" });
  expect([wish.outcome, wish.shown]).toEqual(["played", NOISY]);
  // Another screen asks for something else.
  say({ id: "other", drift: "gain:2" });
  await vi.advanceTimersByTimeAsync(2 * ANSWERED_WITHIN_MS);
  expect([wish.outcome, wish.shown?.drift]).toEqual(["played", "gain:2"]);
});

test("a refusal says why, and what is shown is what is played", async () => {
  const { say, asked, wish } = bedOfSinus();
  wish.ask({ ...SINUS, record: "mitdb/999" });
  await vi.advanceTimersByTimeAsync(500);
  say({ id: asked[0].id, phase: "refused", reason: "no record mitdb/999" });
  expect([wish.outcome, wish.reason, wish.shown]).toEqual(["refused", "no record mitdb/999", SINUS]);
});

test("without an answer it says that nothing answers", async () => {
  const { wish } = bedOfSinus();
  wish.ask(NOISY);
  await vi.advanceTimersByTimeAsync(500 + ANSWERED_WITHIN_MS);
  expect([wish.outcome, wish.shown]).toEqual(["unanswered", SINUS]);
});

test("what the server does not take says so", async () => {
  const { bed } = bedOfSinus();
  const wish = new Wish(bed, () => Promise.reject(new Error("The server can't be reached")));
  wish.ask(NOISY);
  await vi.advanceTimersByTimeAsync(500);
  expect([wish.outcome, wish.reason, wish.shown]).toEqual(["failed", "The server can't be reached", SINUS]);
});

test("who leaves the page at once is heard all the same", async () => {
  const { asked, wish } = bedOfSinus();
  wish.ask(NOISY);
  wish.stop();
  await vi.advanceTimersByTimeAsync(500);
  expect(asked.map(({ drift }) => drift)).toEqual(["white:6dB"]);
});
