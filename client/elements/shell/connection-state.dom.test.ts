import { expect, test, vi } from "vitest";
import { drawn, sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { frameOf } from "../../../testing/client/messages.ts";
import { modelOf } from "../../../testing/client/model.ts";
import type { FeedState } from "../../feed/feed.ts";
import type { UncheckedReason } from "../../ward/model-trust.ts";
import { ConnectionState } from "./connection-state.ts";
import { modelFact } from "./truth-words.ts";

test.each([
  [{ status: "connecting" }, "Connecting"],
  [{ status: "stale" }, "No data"],
  [{ status: "offline", retryAtMs: Date.now() - 1 }, "Offline, retry in 0 s"],
] as const satisfies readonly (readonly [FeedState, string])[])("%j reads %s", async (state, words) => {
  const { ward, show } = sceneOf();
  const element = await show(new ConnectionState());
  ward.setConnection(state);
  await drawn(element);
  expect(textOf(the(element, "[role=status]"))).toBe(words);
  expect(the(element, "[data-testid=connection]").dataset["status"]).toBe(state.status);
});

const SERVER_MS = 1_700_000_000_000;

/** What the strip says with a feed of 30 s, and which of it is marked as bad. */
async function stripWith(feed: { speed?: number; lateMs?: number; comes?: (sequence: number) => boolean }) {
  const { speed = 1, lateMs = 0, comes = () => true } = feed;
  const { ward, show } = sceneOf();
  const nowMs = performance.now();
  vi.spyOn(performance, "now").mockReturnValue(nowMs);
  ward.setModel(modelOf());
  ward.take({ kind: "clock", askedMs: nowMs, serverMs: SERVER_MS }, nowMs);
  for (let sequence = 0; sequence <= 150 * speed; sequence++) {
    const sentMs = (200 * sequence) / speed - 30_000 - lateMs;
    const times = { epochStartMs: SERVER_MS - 30_000 - lateMs, producedAtMs: SERVER_MS + sentMs };
    const atMs = nowMs + sentMs + lateMs;
    if (comes(sequence)) ward.take({ kind: "frame", frame: frameOf(50 * sequence, times) }, atMs);
  }
  ward.setConnection({ status: "live" });
  const element = await show(new ConnectionState());
  const bad = within(element, ".bad").map((fact) => fact.dataset["fact"]);
  return { words: textOf(the(element, "ul")), bad };
}

test("a feed as it should be is calm, and says what it is worth", async () => {
  const { words, bad } = await stripWith({});
  expect(words).toMatch(/^real time 0\.\d s behind 0\.0 % lost model not checked: too few beats yet$/);
  expect(bad).toEqual([]);
});

test("4 s late, a replay and lost frames each look other, with the bed's name where it is bad", async () => {
  const late = await stripWith({ lateMs: 4000 });
  expect(late.words).toMatch(/^real time b1 4\.\d s behind 0\.0 % lost /);
  expect(late.bad).toEqual(["behind"]);
  const replay = await stripWith({ speed: 8 });
  expect(replay.words).toMatch(/^replay × 8 0\.\d s behind 0\.0 % lost /);
  expect(replay.bad).toEqual([]);
  const lost = await stripWith({ comes: (sequence) => sequence % 5 !== 3 });
  expect(lost.words).toMatch(/^real time 0\.\d s behind b1 20 % lost /);
  expect(lost.bad).toEqual(["lost"]);
});

test("the model's verdict is told in its words, with the bed or the reason", () => {
  expect(modelFact({ verdict: "trusted", checked: 4, beds: 4 })).toMatchObject({
    words: "model trusted",
    isBad: false,
  });
  expect(modelFact({ verdict: "trusted", checked: 3, beds: 4 }).words).toBe("model trusted, 3 of 4 beds");
  expect(modelFact({ verdict: "doubted", bed: "b2", rejected: 0.253 })).toMatchObject({
    words: "model doubted: b2, 25 % rejected",
    isBad: true,
  });
  const isBad = (reason: UncheckedReason) => modelFact({ verdict: "unchecked", reason }).isBad;
  expect([isBad("no-model"), isBad("few-beats")]).toEqual([true, false]);
});
