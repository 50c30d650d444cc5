import { expect, test } from "vitest";
import type { Frame } from "../../contracts/frame.ts";
import { frameOf } from "../../testing/client/messages.ts";
import { feedTruthOf } from "./feed-truth.ts";
import { WardStore } from "./ward-store.ts";

const SERVER_MS = 1_700_000_000_000;
const FRAME_SAMPLES = 50;
const FRAME_MS = 200;

interface Sent {
  readonly bed?: string;
  /** Event time against the clock. */
  readonly speed?: number;
  readonly lateMs?: number;
  /** The sender's clock against the server's. */
  readonly aheadMs?: number;
  readonly recordedMs?: number;
  readonly comes?: (sequence: number) => boolean;
}

/** A ward whose page opened with the server's clock at SERVER_MS, and which frames have reached for so long. */
function wardFed(seconds: number, ...senders: Sent[]): WardStore {
  const ward = new WardStore();
  ward.take({ kind: "clock", askedMs: 0, serverMs: SERVER_MS }, 4);
  const frames = senders.flatMap((sender) => framesOf(seconds, sender)).toSorted((a, b) => a.atMs - b.atMs);
  for (const { frame, atMs } of frames) {
    ward.take({ kind: "frame", frame }, atMs);
  }
  return ward;
}

function framesOf(seconds: number, sender: Sent): { frame: Frame; atMs: number }[] {
  const { bed = "b1", speed = 1, lateMs = 0, aheadMs = 0, recordedMs = 0, comes = () => true } = sender;
  const found: { frame: Frame; atMs: number }[] = [];
  for (let sequence = 0; ; sequence++) {
    const sentMs = ((sequence + 1) * FRAME_MS) / speed;
    const atMs = sentMs + lateMs;
    if (atMs > 1000 * seconds) return found;
    if (!comes(sequence)) continue;
    const times = { epochStartMs: SERVER_MS - recordedMs, producedAtMs: SERVER_MS + sentMs + aheadMs };
    found.push({ frame: frameOf(sequence * FRAME_SAMPLES, { bed, ...times }), atMs });
  }
}

const truthAt = (seconds: number, ...senders: Sent[]) => feedTruthOf(wardFed(seconds, ...senders), 1000 * seconds);

test("a feed that comes as it should is in real time, as far behind as traces are drawn, and whole", () => {
  const truth = truthAt(30, {});
  expect(truth).toMatchObject({ pace: "real-time", factor: 1, ahead: null, lost: { value: 0, bed: null } });
  expect(truth.behindMs?.value).toBeGreaterThan(300);
  expect(truth.behindMs?.value).toBeLessThan(900);
  expect(truth.uncertaintyMs).toBe(4);
});

test("a feed that is 4 s late lies 4 s further behind, and at no other speed", () => {
  const truth = truthAt(30, { lateMs: 4000 });
  expect(truth.pace).toBe("real-time");
  expect(truth.behindMs).toMatchObject({ bed: "b1" });
  expect(truth.behindMs?.value).toBeGreaterThan(4300);
  expect(truth.behindMs?.value).toBeLessThan(4900);
});

test("of a whole connection that is 4 s late, the way that the answer of the clock took is part of what is said", () => {
  const ward = wardFed(30, { lateMs: 4000 });
  ward.clock.forget();
  ward.take({ kind: "clock", askedMs: 26_000, serverMs: SERVER_MS + 26_000 }, 30_000);
  const truth = feedTruthOf(ward, 30_000);
  expect(truth.behindMs?.value).toBeGreaterThan(4300);
  expect(truth.behindMs?.value).toBeLessThan(4900);
  expect(truth.uncertaintyMs).toBe(4000);
});

test("an 8 × replay is one, and no further behind", () => {
  const truth = truthAt(30, { speed: 8 });
  expect(truth.pace).toBe("replay");
  expect(truth.factor).toBeCloseTo(8, 1);
  expect(truth.behindMs?.value).toBeLessThan(900);
});

test("traces that stand lie as far behind as they stand, though all else comes; where nobody looks, that is no matter", () => {
  const drawn = new Map<string, { position: number; toldMs: number }>();
  const ward = new WardStore(undefined, { tell: () => {}, headOf: (bed) => drawn.get(bed) ?? null });
  ward.take({ kind: "clock", askedMs: 0, serverMs: SERVER_MS }, 4);
  for (const { frame, atMs } of framesOf(30, {})) ward.take({ kind: "frame", frame }, atMs);
  const behind = (): number => feedTruthOf(ward, 30_000).behindMs?.value ?? Number.NaN;
  expect(behind()).toBe(600);
  drawn.set("b1", { position: 250 * 29, toldMs: 29_800 });
  expect(behind()).toBe(800);
  drawn.set("b1", { position: 250 * 20, toldMs: 20_600 });
  expect(behind()).toBe(10_000);
});

test("a page that is slow at first, and catches up, takes no real time for a replay", () => {
  const ward = new WardStore();
  ward.take({ kind: "clock", askedMs: 0, serverMs: SERVER_MS }, 4);
  for (const { frame, atMs } of framesOf(12, {})) ward.take({ kind: "frame", frame }, 4000 + (2 * atMs) / 3);
  expect(feedTruthOf(ward, 12_000)).toMatchObject({ pace: "real-time", factor: 1 });
});

test("frames that tell the times of their recording, and come eight times as fast, are a replay all the same", () => {
  const ward = new WardStore();
  for (const { frame, atMs } of framesOf(30, { speed: 8 })) {
    const told = { ...frame, producedAtMs: frame.epochStartMs + ((frame.firstSample + FRAME_SAMPLES) / 250) * 1000 };
    ward.take({ kind: "frame", frame: told }, atMs);
  }
  const { pace, factor } = feedTruthOf(ward, 30_000);
  expect([pace, Math.round(factor ?? 0)]).toEqual(["replay", 8]);
});

test("what was recorded at another time is a replay at any speed", () => {
  expect(truthAt(30, { recordedMs: 3_600_000 })).toMatchObject({ pace: "replay", factor: 1 });
});

test("of every fifth frame that never comes, 20 % are lost, and its bed is named", () => {
  const truth = truthAt(90, { comes: (sequence) => sequence % 5 !== 3 }, { bed: "b2" });
  expect(truth.lost?.bed).toBe("b1");
  expect(truth.lost?.value).toBeCloseTo(0.2, 2);
  expect(truth.pace).toBe("real-time");
});

test("what is lost is forgotten after a minute", () => {
  const lostEarly = { comes: (sequence: number) => sequence < 20 || sequence >= 30 };
  expect(truthAt(30, lostEarly).lost?.value).toBeCloseTo(2 / 30, 2);
  expect(truthAt(90, lostEarly).lost?.value).toBe(0);
});

test("a sender whose clock is ahead makes the delay unknown, not none", () => {
  const truth = truthAt(30, { bed: "b3", aheadMs: 5000 }, {});
  expect(truth.behindMs).toBeNull();
  expect(truth.ahead?.bed).toBe("b3");
});

test("two speeds are not one, and of frames that have just begun to come nothing is said", () => {
  expect(truthAt(30, {}, { bed: "b2", speed: 8 })).toMatchObject({ pace: "mixed", factor: null });
  expect(truthAt(2, {})).toMatchObject({ pace: "unknown", factor: null });
  expect(feedTruthOf(new WardStore(), 0)).toMatchObject({ pace: "unknown", behindMs: null, lost: null });
});

test("a bed whose frames have stopped has its own alarm and counts for nothing here", () => {
  const ward = wardFed(30, {});
  expect(feedTruthOf(ward, 40_000)).toMatchObject({ pace: "unknown", behindMs: null, lost: null });
});
