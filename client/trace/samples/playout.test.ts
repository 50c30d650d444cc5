import fc from "fast-check";
import { expect, test } from "vitest";
import { Playout } from "./playout.ts";

const RATE = 360;
const FRAME_MS = 200;

interface Run {
  readonly playout: Playout;
  readonly heads: number[];
  readonly behindMs: number[];
}

/** Draws at 60 Hz for `seconds` while frames of FRAME_MS come `speed` times as fast as real, each late by `jitter(n)` ms. */
function play(seconds: number, { speed = 1, jitter = (_n: number): number => 0, until = Infinity } = {}): Run {
  const playout = new Playout(RATE);
  const run: Run = { playout, heads: [], behindMs: [] };
  let sent = 0;
  let newest = 0;
  for (let tick = 0; tick < seconds * 60; tick++) {
    const nowMs = (tick * 1000) / 60;
    while (((sent + 1) * FRAME_MS) / speed + jitter(sent) <= Math.min(nowMs, until)) {
      sent++;
      newest = (sent * FRAME_MS * RATE) / 1000;
      playout.arrived(newest, nowMs);
    }
    run.heads.push(playout.advance(nowMs));
    run.behindMs.push(((newest - run.heads[tick]) / RATE) * (1000 / speed));
  }
  return run;
}

const steps = (heads: readonly number[]): number[] => heads.slice(1).map((head, index) => head - heads[index]);

test("keeps 600 ms behind, at an even pace", () => {
  const { heads, behindMs } = play(20);
  const settled = behindMs.slice(600);
  const mean = settled.reduce((sum, ms) => sum + ms, 0) / settled.length;
  expect(mean).toBeGreaterThan(450);
  expect(mean).toBeLessThan(750);
  for (const step of steps(heads.slice(600))) {
    expect(step).toBeGreaterThan(0.85 * (RATE / 60));
    expect(step).toBeLessThan(1.15 * (RATE / 60));
  }
});

test("frames that come up to 300 ms late do not stop it", () => {
  const { heads } = play(30, { jitter: (n) => (n * 7919) % 300 });
  for (const step of steps(heads.slice(600))) expect(step).toBeGreaterThan(0.5 * (RATE / 60));
});

test.each([0.5, 2, 10])("follows a replay at %f times the speed", (speed) => {
  const { heads } = play(30, { speed });
  const lastSecond = heads[heads.length - 1] - heads[heads.length - 61];
  expect(lastSecond).toBeGreaterThan(0.9 * speed * RATE);
  expect(lastSecond).toBeLessThan(1.1 * speed * RATE);
});

test("stands at the newest sample when frames stop, and waits for a full buffer when they come again", () => {
  const { playout, heads } = play(15, { until: 10_000 });
  expect(heads.at(-1)).toBe(10 * RATE);
  expect(heads.at(-60)).toBe(10 * RATE);
  playout.arrived(10.2 * RATE, 15_000);
  expect(playout.advance(15_100)).toBe(10 * RATE);
  playout.arrived(10.9 * RATE, 15_150);
  playout.advance(15_200);
  expect(playout.advance(15_300)).toBeGreaterThan(10 * RATE);
});

test("not asked for a while, as in a hidden tab, it goes on at live", () => {
  const { playout, heads } = play(5);
  for (let n = 26; n <= 100; n++) playout.arrived((n * FRAME_MS * RATE) / 1000, n * FRAME_MS);
  const head = playout.advance(20_000);
  expect(heads.at(-1)).toBeLessThan(5 * RATE);
  expect(head).toBeGreaterThan(19 * RATE);
  expect(head).toBeLessThan(20 * RATE);
});

test("whatever comes, the head never moves back and never passes the newest sample", () => {
  const step = fc.record({
    afterMs: fc.integer({ min: 0, max: 3000 }),
    samples: fc.integer({ min: -500, max: 2000 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (script) => {
      const playout = new Playout(RATE);
      let nowMs = 0;
      let newest = 0;
      let head = 0;
      for (const { afterMs, samples } of script) {
        nowMs += afterMs;
        playout.arrived(newest + samples, nowMs);
        newest = Math.max(newest, newest + samples);
        const next = playout.advance(nowMs);
        expect(next).toBeGreaterThanOrEqual(head);
        expect(next).toBeLessThanOrEqual(newest);
        head = next;
      }
    }),
  );
});
