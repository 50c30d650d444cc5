import { expect, test } from "vitest";
import type { Frame } from "../../contracts/frame.ts";
import { TOPICS } from "../../contracts/topics.ts";
import { SignalStage } from "./signal-stage.ts";
import type { Reference } from "./work.ts";

const reference: Reference = { topic: TOPICS.frames, partition: 0, offset: 0, receivedAtMs: 0 };

const frame = (bed: string, change: Partial<Frame> = {}): Frame => ({
  bed,
  epoch: "e",
  epochStartMs: 0,
  sequence: 0,
  firstSample: 0,
  producedAtMs: 0,
  samplingRateHz: 250,
  leads: [{ name: "II", gainAduPerMv: 200, baselineAdu: 0, unit: "mV", samples: new Int16Array(50) }],
  last: false,
  source: "test",
  ...change,
});

test("a new epoch ends the one before; its frames that come after all are late", () => {
  const discarded: string[] = [];
  const stage = new SignalStage(1, { observer: { discarded: (reason) => discarded.push(reason) } });
  stage.push(frame("b1"), reference);
  const works = stage.push(frame("b1", { epoch: "e-2" }), reference);
  expect(works[0].steps.at(-1)).toEqual({ type: "end", atSample: 50 });
  expect(stage.standing("b1")?.epoch.epoch).toBe("e-2");
  stage.push(frame("b1", { firstSample: 50 }), reference);
  expect(discarded).toEqual(["late"]);
});

test("who joins midway withholds a warm-up, who joins at the start does not", () => {
  const stage = new SignalStage(1);
  stage.push(frame("early", { firstSample: 100 }), reference);
  stage.push(frame("midway", { firstSample: 100_000 }), reference);
  expect(stage.standing("early")?.epoch.publishFrom).toBe(0);
  expect(stage.standing("midway")?.epoch.publishFrom).toBe(100_000 + 12 * 250);
});

test("beds are limited: ended ones make room, one too many is refused by name", () => {
  const stage = new SignalStage(1, { maxBeds: 2 });
  stage.push(frame("b1"), reference);
  stage.push(frame("b2", { last: true }), reference);
  stage.push(frame("b3"), reference);
  expect(() => stage.push(frame("b4"), reference)).toThrow(/bed b4: 2 beds are under way/);
  expect(stage.standing("b1")).not.toBeNull();
});
