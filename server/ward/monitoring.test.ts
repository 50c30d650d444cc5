import { beforeEach, expect, test } from "vitest";
import { Monitoring } from "./monitoring.ts";

const SECOND = 1000;
const REFUSAL = { code: "BAD_FRAME", message: "firstSample is 4e15" };

let monitoring: Monitoring;
let nowMs: number;
let offset: number;

beforeEach(() => {
  monitoring = new Monitoring();
  nowMs = 1_000_000;
  offset = 100;
});

/** So many seconds of frames of 0.2 s, each with what comes of it. */
function frames(seconds: number, then: "refused" | "beats" | "nothing", { last = false } = {}): void {
  for (let n = 0; n < seconds * 5; n++) {
    nowMs += 200;
    offset++;
    monitoring.frame(nowMs, offset, last && n === seconds * 5 - 1);
    if (then === "refused") refuse(offset);
    if (then === "beats" && n % 4 === 0) monitoring.sign(nowMs);
  }
}

const refuse = (at: number | null): void => monitoring.refusal({ ...REFUSAL, offset: at }, nowMs);
const reason = (...open: string[]): string | null => monitoring.fault(nowMs, open)?.reason ?? null;

test("a bed with beats is monitored, also from the first", () => {
  frames(15, "nothing");
  expect(reason()).toBeNull();
  frames(60, "beats");
  expect(reason()).toBeNull();
});

test("a bed whose frames are refused is not, until a worker says something of it", () => {
  frames(60, "beats");
  const sinceMs = nowMs + 200;
  frames(8, "refused");
  expect(monitoring.fault(nowMs, [])).toEqual({ ...REFUSAL, reason: "refused", sinceMs, count: 40 });
  frames(600, "refused");
  expect(reason()).toBe("refused");
  monitoring.sign(nowMs);
  expect(reason()).toBeNull();
});

test.each(["asystole", "lead-off", "no-data"])("nor where %s was open before", (kind) => {
  frames(60, "beats");
  frames(8, "refused");
  expect(reason(kind)).toBe("refused");
});

test("of a name without frames one refusal tells, for a while", () => {
  refuse(7);
  expect(reason()).toBe("refused");
  nowMs += 299 * SECOND;
  expect(reason()).toBe("refused");
  nowMs += SECOND;
  expect(reason()).toBeNull();
});

test("what a stranger sends under a bed's name does not unmonitor it, however often, and while no beats come", () => {
  frames(60, "beats");
  for (let n = 0; n < 200; n++) {
    frames(1, "nothing");
    offset++;
    refuse(offset);
    expect(reason("asystole")).toBeNull();
  }
});

test("nor does one refusal, at any moment after it", () => {
  frames(60, "beats");
  frames(0.2, "refused");
  for (let n = 0; n < 100; n++) {
    frames(0.2, "nothing");
    expect(reason("lead-off")).toBeNull();
  }
});

test("a dead letter that tells no place counts", () => {
  for (let n = 0; n < 50; n++) {
    frames(0.2, "nothing");
    refuse(null);
  }
  expect(reason()).toBe("refused");
});

test("a dead letter that comes before its frame is seen makes nothing of it", () => {
  frames(60, "beats");
  for (let n = 0; n < 50; n++) {
    refuse(offset + 1);
    frames(0.2, "nothing");
  }
  expect(reason()).toBe("refused");
});

test("frames of which no worker says anything are of nobody, unless what is open explains it", () => {
  frames(60, "beats");
  frames(19, "nothing");
  expect(reason()).toBeNull();
  frames(2, "nothing");
  expect(reason()).toBe("no-worker");
  expect(["tachycardia", "no-data"].map((kind) => reason(kind))).toEqual(["no-worker", "no-worker"]);
  const explaining = ["asystole", "lead-off", "noisy-signal", "a-later-version"];
  expect(explaining.filter((kind) => reason(kind) !== null)).toEqual([]);
  monitoring.sign(nowMs);
  expect(reason()).toBeNull();
});

test("the worker that refused ends: from then on nobody watches", () => {
  frames(30, "refused");
  frames(4, "nothing");
  expect(reason()).toBe("refused");
  frames(2, "nothing");
  expect(reason()).toBe("no-worker");
});

test("a pause in the frames is no silence of workers", () => {
  frames(60, "beats");
  nowMs += 3600 * SECOND;
  frames(15, "nothing");
  expect(reason()).toBeNull();
});

test("frames that stop are said by the gateway where no worker says it", () => {
  frames(60, "beats");
  nowMs += 9 * SECOND;
  expect(reason()).toBeNull();
  nowMs += SECOND;
  expect(reason()).toBe("no-frames");
  expect(reason("no-data")).toBeNull();
  expect(reason("asystole")).toBe("no-frames");
});

test("an epoch that has ended is not observed", () => {
  frames(60, "beats", { last: true });
  nowMs += 3600 * SECOND;
  expect(reason()).toBeNull();
});

test("words are bounded, and so is what is remembered of frames", () => {
  monitoring.refusal({ code: "X".repeat(1e6), message: "y".repeat(1e6), offset: 1 }, nowMs);
  const { code, message } = monitoring.fault(nowMs, []) ?? {};
  expect([code?.length, message?.length]).toEqual([64, 240]);
});
