import { expect, test } from "vitest";
import type { Frame } from "../../../contracts/frame.ts";
import { Beds } from "./beds.ts";
import type { HeardWork } from "./heard-work.ts";

const provenance = { partition: 0, offset: 0, receivedAtMs: 0, assignment: 0 };

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

const push = (beds: Beds, one: Frame): HeardWork[] => beds.bed(one.bed, 0).push(one, provenance);

/** What the stages behind do with a work, as far as its bed's rest is concerned. */
function conclude(works: readonly HeardWork[]): void {
  for (const { bed, epoch, progress } of works) {
    bed.pending.shift();
    if (progress) bed.hold.finish(0, epoch.epoch, epoch.samplingRateHz, progress);
  }
}

test("another epoch that goes on ends the one before; frames of that whose samples were heard are late", () => {
  const discarded: string[] = [];
  const beds = new Beds(1, { observer: { discarded: (reason) => discarded.push(reason) } });
  push(beds, frame("b1"));
  expect(push(beds, frame("b1", { epoch: "e-2" }))).toEqual([]);
  const works = push(beds, frame("b1", { epoch: "e-2", firstSample: 50 }));
  expect(works.map(({ epoch, progress }) => [epoch.epoch, progress?.endSample])).toEqual([
    ["e", undefined],
    ["e-2", 50],
    ["e-2", 100],
  ]);
  expect(works[0].events.at(-1)).toEqual({ type: "end", atSample: 50 });
  expect(beds.get("b1")?.epoch?.epoch).toBe("e-2");
  expect(push(beds, frame("b1"))).toEqual([]);
  expect(discarded).toEqual(["late"]);
});

test("a frame that contradicts its epoch is refused and leaves it as it was", () => {
  const beds = new Beds(1);
  push(beds, frame("b1"));
  const { leads } = frame("b1");
  const more = frame("b1", { firstSample: 50, leads: [...leads, { ...leads[0], name: "V1" }] });
  expect(() => push(beds, more)).toThrow(/leads are II, V1, the epoch began with II/);
  expect(() => push(beds, frame("b1", { samplingRateHz: 360 }))).toThrow(/is 360, the epoch began with 250/);
  expect(beds.get("b1")?.epoch?.position).toBe(50);
});

test("who joins midway withholds a warm-up, who joins at the start does not", () => {
  const beds = new Beds(1);
  push(beds, frame("early", { firstSample: 100 }));
  push(beds, frame("midway", { firstSample: 100_000 }));
  expect(beds.get("early")?.epoch?.publishFrom).toBe(0);
  expect(beds.get("midway")?.epoch?.publishFrom).toBe(100_000 + 12 * 250);
});

test("beds are limited: ended ones make room, one too many is refused by name", () => {
  const beds = new Beds(1, { maxBeds: 2 });
  push(beds, frame("b1"));
  conclude(push(beds, frame("b2", { last: true })));
  push(beds, frame("b3"));
  expect([...beds].map(({ name }) => name)).toEqual(["b1", "b3"]);
  expect(() => push(beds, frame("b4"))).toThrow(/bed b4: 2 beds are under way/);
  expect(beds.get("b1")?.epoch).not.toBeNull();
});

test("an ended bed whose last works are on their way is kept beside the one that comes", () => {
  const beds = new Beds(1, { maxBeds: 1 });
  const works = push(beds, frame("b1", { last: true }));
  push(beds, frame("b2"));
  expect([...beds].map(({ name }) => name)).toEqual(["b1", "b2"]);
  conclude(works);
  expect(() => push(beds, frame("b3"))).not.toThrow();
  expect([...beds].map(({ name }) => name)).toEqual(["b2", "b3"]);
});
