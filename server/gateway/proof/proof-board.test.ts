import { beforeEach, expect, test } from "vitest";
import { CANARY_KIND, PROOF } from "../../../contracts/canary.ts";
import type { Proof } from "../../../contracts/proof.ts";
import { alarmEventAt } from "../../../testing/gateway/alarms.ts";
import { frameAt } from "../../../testing/gateway/messages.ts";
import { ProofBoard } from "./proof-board.ts";

const BEDS = ["bedside-canary-0.0", "bedside-canary-0.3"];
const PARTITIONS = BEDS.length;
const STEP_MS = 200;
/** What a person waits at the most, and what telling it takes. */
const FOUND_WITHIN_MS = 10_000 - PROOF.lookEveryMs - 1000;

let nowMs = 0;
let sequence = 0;
let board: ProofBoard;
beforeEach(() => {
  nowMs = 5000;
  sequence = 0;
  board = new ProofBoard({ gateway: "here", partitions: PARTITIONS, now: () => nowMs });
});

interface World {
  /** Partitions whose canary sends frames, and of which a worker speaks. */
  readonly sources?: readonly number[];
  readonly workers?: readonly number[];
  /** Behind the newest sample, s. */
  readonly lag?: number;
  readonly onProof?: (bed: string, sample: number) => void;
  readonly others?: readonly Proof[];
}

/** Goes on for some time, with an alarm of each canary every 2.6 s. */
function goOn(seconds: number, world: World = {}): void {
  const { sources = [0, 1], workers = [0, 1], lag = 2, onProof, others = [] } = world;
  for (let ms = 0; ms < seconds * 1000; ms += STEP_MS) {
    nowMs += STEP_MS;
    sequence++;
    for (const partition of sources) board.frame(frameAt(BEDS[partition], sequence), partition);
    const sample = sequence * 50 - lag * 250;
    for (const partition of workers) {
      if (sequence % 13 !== partition || sample < 0) continue;
      const step = sequence % 26 === partition ? "raised" : "cleared";
      if (board.alarm(alarmEventAt(BEDS[partition], CANARY_KIND, sample, { step }), partition))
        onProof?.(BEDS[partition], sample);
    }
    if (sequence % 10 === 0) for (const other of others) board.heard(other);
  }
}

const faults = (): string[] =>
  board.status(0, (partitions) => [...partitions].map((n) => `b${n}`)).faults.map(({ id }) => id);

/** Until a fault is told, ms. */
function found(world: World): number {
  for (let ms = 0; ms < 60_000; ms += STEP_MS) {
    goOn(STEP_MS / 1000, world);
    if (faults().length > 0) return ms + STEP_MS;
  }
  return Number.POSITIVE_INFINITY;
}

const other = (gateway: string, screens: Proof["screens"] = []): Proof => ({
  gateway,
  leaving: false,
  canaries: [],
  screens,
});

test("while all is well nothing is told, at whatever moment one looks", () => {
  const world = { others: [other("there")] };
  for (let ms = 0; ms < 120_000; ms += STEP_MS) {
    goOn(STEP_MS / 1000, world);
    expect(faults()).toEqual([]);
  }
});

test.each([
  ["no source", { sources: [1], workers: [1] }, "source", /^Alarms of beds b0 may not come: no frames/],
  ["no source anywhere", { sources: [], workers: [] }, "source", /^Alarms of all beds may not come: no frames/],
  ["no worker", { workers: [0] }, "worker", /^Alarms of beds b1 may not come: .*no alarms/],
  ["a worker that is far behind", { lag: 30 }, "worker", /^Alarms of all beds/],
] as const)("%s is found in time, told where it broke, and over when it is mended", (_, world, id, words) => {
  goOn(40);
  expect(found(world)).toBeLessThanOrEqual(FOUND_WITHIN_MS);
  expect(faults()).toEqual([id]);
  goOn(3, world);
  expect(board.status(0, (partitions) => [...partitions].map((n) => `b${n}`)).faults[0].message).toMatch(words);
  goOn(40);
  expect(faults()).toEqual([]);
});

test("an alarm that comes again, of another kind or of another epoch proves nothing, and a step without an alarm neither", () => {
  goOn(40);
  const sample = sequence * 50;
  const again = alarmEventAt(BEDS[0], CANARY_KIND, sample);
  const later = alarmEventAt(BEDS[0], CANARY_KIND, sample + 10);
  expect(board.alarm(again, 0)).toBe(true);
  expect(board.alarm(again, 0)).toBe(false);
  expect(board.alarm({ ...again, step: "reminded", sample: sample + 10 }, 0)).toBe(false);
  expect(board.alarm(alarmEventAt(BEDS[0], "no-data", sample + 10), 0)).toBe(false);
  const before = alarmEventAt(BEDS[0], CANARY_KIND, sample + 10, { alarm: { epoch: "before" } });
  expect(board.alarm(before, 0)).toBe(false);
  expect(board.alarm({ ...later, alarm: null }, 0)).toBe(false);
  expect(board.alarm(later, 0)).toBe(true);
});

test("after a start a worker has time to learn, and no more", () => {
  goOn(PROOF.startingMs / 1000 - 1, { workers: [] });
  expect(faults()).toEqual([]);
  goOn(2, { workers: [] });
  expect(faults()).toEqual(["worker"]);
});

test("a screen that confirms is watching; one that stops is found in time, and forgiven when it confirms again", () => {
  const screen = board.openScreen("417");
  const confirm = (bed: string, sample: number) => screen.drawn({ type: "drawn", bed, sample, sound: "none" });
  goOn(40, { onProof: confirm });
  expect(faults()).toEqual([]);
  expect(board.status(0, () => []).screens).toEqual([expect.objectContaining({ name: "417", state: "watching" })]);
  expect(found({})).toBeLessThanOrEqual(FOUND_WITHIN_MS);
  expect(faults()).toEqual(["screen/417"]);
  goOn(5, { onProof: confirm });
  expect(faults()).toEqual([]);
});

test("a screen that never confirmed is found; what was never told, or was told long ago, is no confirmation", () => {
  const screen = board.openScreen("417");
  let first: { bed: string; sample: number } | null = null;
  goOn(20, { onProof: (bed, sample) => (first ??= { bed, sample }) });
  expect(faults()).toEqual(["screen/417"]);
  expect(first).not.toBeNull();
  for (const one of [first ?? { bed: "", sample: 0 }, { bed: BEDS[0], sample: 999_999 }]) {
    screen.drawn({ type: "drawn", ...one, sound: "none" });
  }
  expect(faults()).toEqual(["screen/417"]);
});

test("a path that is broken is not blamed on the screens", () => {
  const screen = board.openScreen("417");
  goOn(40, { onProof: (bed, sample) => screen.drawn({ type: "drawn", bed, sample, sound: "none" }) });
  goOn(30, { workers: [] });
  expect(faults()).toEqual(["worker"]);
});

test("a screen that nobody can see, or that was left, is not missed; one whose connection broke is", () => {
  for (const end of ["hidden", "left", "lost"] as const) {
    const screen = board.openScreen(end);
    goOn(10, { onProof: (bed, sample) => screen.drawn({ type: "drawn", bed, sample, sound: "none" }) });
    if (end === "hidden") screen.hidden();
    else screen.close(end === "left");
    goOn(8);
    expect(faults()).toEqual(end === "lost" ? ["screen/lost"] : []);
  }
  // It has come back at another gateway.
  board.heard(other("there", [{ name: "lost", state: "watching", sound: "none", ageMs: 5 }]));
  goOn(1);
  expect(faults()).toEqual([]);
});

test("another gateway that falls silent is found in time; one that says goodbye is not missed", () => {
  const screens: Proof["screens"] = [{ name: "502", state: "watching", sound: "none", ageMs: 100 }];
  goOn(20, { others: [other("a", screens), other("b")] });
  expect(board.gateways).toEqual({ speaking: 3, silent: 0 });
  board.heard({ ...other("b"), leaving: true });
  expect(found({})).toBeLessThanOrEqual(FOUND_WITHIN_MS);
  expect(faults()).toEqual(["gateway/a"]);
  expect(board.status(0, () => []).faults[0].message).toBe(
    "Gateway a has fallen silent: its screens 502 get nothing from it",
  );
});

test("a screen of another gateway that is silent, or can't sound, is told here too", () => {
  const screens: Proof["screens"] = [
    { name: "1", state: "silent", sound: "none", ageMs: 9000 },
    { name: "2", state: "watching", sound: "blocked", ageMs: 100 },
  ];
  goOn(20, { others: [other("a", screens)] });
  expect(faults()).toEqual(["screen/1", "sound/2"]);
});
