import { expect, test, vi } from "vitest";
import { drawn, sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { beatOf, bedOf, conditionOf, frameOf, unmonitoredFor } from "../../../testing/client/messages.ts";
import { alarmEventAt } from "../../../testing/gateway/alarms.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";
import type { EcgTrace } from "../parts/ecg-trace.ts";
import { BedTile } from "./bed-tile.ts";

/** The tile of bed b1, its last frame (to 0:04) of `agoMs` ago. The clock stands: how long a test takes makes no frame older. */
async function tileOf(agoMs = 0) {
  const nowMs = performance.now();
  vi.spyOn(performance, "now").mockReturnValue(nowMs);
  const { ward, show } = sceneOf();
  ward.take({ kind: "frame", frame: frameOf(950) }, nowMs - agoMs);
  const bed = ward.beds.get("b1") as MonitoredBed;
  const tile = await show(Object.assign(new BedTile(), { bed }));
  const take = async (data: ReturnType<typeof beatOf> | ReturnType<typeof conditionOf>): Promise<void> => {
    const topic = "kind" in data ? "conditions" : "beats";
    ward.take({ kind: "event", event: { topic, bed: "b1", cursor: "c", data, meta: {} } }, 0);
    await drawn(tile);
  };
  return { tile, take, ward };
}

test("a bed without beats: its name, source and lead, all else unknown", async () => {
  const { tile } = await tileOf();
  expect(textOf(the(tile, "header"))).toBe("b1 test · II");
  expect(the(tile, "h2 a").getAttribute("href")).toBe("./#/bed/b1");
  expect(textOf(the(tile, "aside"))).toBe("HR no beats –– PVC – /min Signal unknown Last beat –");
  expect(the(tile, "signal-quality [role=img], .bars").getAttribute("aria-label")).toBe("Signal unknown");
  expect(tile.hasAttribute("priority")).toBe(false);
});

test("the lead that is monitored is shown, though another stands before it", async () => {
  const { tile, ward } = await tileOf();
  const { leads, ...frame } = frameOf(0, { epoch: "e2" });
  const abp = { ...leads[0], name: "ABP", unit: "mmHg" };
  ward.take({ kind: "frame", frame: { ...frame, leads: [abp, { ...leads[0], name: "V5" }] } }, performance.now());
  await drawn(tile);
  expect(textOf(the(tile, "header"))).toBe("b1 test · V5");
  expect((the(tile, "ecg-trace") as EcgTrace).lead).toBe(1);
});

test("the lead that is heard is shown, with its name, while it is heard", async () => {
  const { tile, take, ward } = await tileOf();
  const { leads } = frameOf(0);
  const both = [leads[0], { ...leads[0], name: "V1" }];
  ward.take({ kind: "frame", frame: frameOf(0, { epoch: "e2", leads: both }) }, performance.now());
  const shown = (): [string, number] => [textOf(the(tile, "header")), (the(tile, "ecg-trace") as EcgTrace).lead];
  for (const [sample, lead] of [
    [100, "V1"],
    [300, "II"],
  ] as const) {
    await take(beatOf(sample, { id: `b1/e2/${sample}`, epoch: "e2", lead }));
    expect(shown()).toEqual([`b1 test · ${lead}`, lead === "V1" ? 1 : 0]);
  }
});

test("the last beat's class, rate and quality", async () => {
  const { tile, take } = await tileOf();
  await take(beatOf(900, { rrMs: 737, beatClass: "V", quality: 0.6 }));
  expect(textOf(the(tile, "aside"))).toBe("HR /min 81 PVC – /min Signal fair Last beat V");
  expect(the(tile, ".bars").getAttribute("aria-label")).toBe("Signal fair");
});

test.each([
  ["noisy-signal", "II", "Signal poor"],
  ["noisy-signal", "V1", "Signal good"],
  ["lead-off", "II", "Signal unusable"],
  ["lead-off", "V1", "Signal good"],
] as const)("%s of lead %s while II is heard: %s", async (kind, lead, words) => {
  const { tile, take } = await tileOf();
  await take(beatOf(900, { quality: 1 }));
  await take(conditionOf(kind, 700, { lead }));
  expect(the(tile, ".bars").getAttribute("aria-label")).toBe(words);
  await take(conditionOf(kind, 700, { lead, phase: "end" }));
  expect(the(tile, ".bars").getAttribute("aria-label")).toBe("Signal good");
});

test("the most urgent condition gives the tile its priority; the rest are counted", async () => {
  const { tile, take } = await tileOf();
  await take(conditionOf("lead-off", 700));
  expect(tile.getAttribute("priority")).toBe("low");
  expect(the(tile, "heart-rate").hasAttribute("priority")).toBe(false);
  await take(conditionOf("asystole", 500));
  expect(tile.getAttribute("priority")).toBe("high");
  // While its lead is off, nobody knows whether the heart has a rate again.
  expect(textOf(the(tile, "heart-rate"))).toBe("HR lead off ––");
  expect(textOf(the(tile, "alarm-banner"))).toBe("Asystole +1 0:02");
  await take(conditionOf("lead-off", 700, { phase: "end" }));
  expect(textOf(the(tile, "heart-rate"))).toBe("HR /min 0");
  expect(the(tile, "heart-rate").getAttribute("priority")).toBe("high");
  await take(conditionOf("asystole", 500, { phase: "end" }));
  expect(tile.hasAttribute("priority")).toBe(false);
  expect(within(tile, "alarm-banner")).toEqual([]);
});

test("in noise no rejected beat makes a rate, and none is calm", async () => {
  const { tile, take } = await tileOf();
  for (const sample of [400, 627, 854]) await take(beatOf(sample, { rrMs: 909 }));
  const calm = getComputedStyle(the(tile, ".value")).color;
  for (const sample of [880, 900, 920, 940])
    await take(beatOf(sample, { rrMs: 275, heartRateBpm: 218, beatClass: "Q", quality: 0.1 }));
  await take(conditionOf("noisy-signal", 700, { lead: "II" }));
  expect(textOf(the(tile, "heart-rate"))).toBe("HR noisy 66 ?");
  expect(getComputedStyle(the(tile, ".value")).color).not.toBe(calm);
});

test("from a rate's alarm on the rate is that alarm's, with its limit and in its colour, until it has ended", async () => {
  const { tile, take, ward } = await tileOf();
  for (const sample of [500, 740, 940]) await take(beatOf(sample, { rrMs: 968, heartRateBpm: 62 }));
  await take(conditionOf("bradycardia", 700, { heartRateBpm: 36, limitBpm: 50 }));
  const rate = the(tile, "heart-rate");
  expect([textOf(rate), rate.getAttribute("priority")]).toEqual(["HR < 50 36", "medium"]);
  await take(conditionOf("bradycardia", 700, { phase: "end" }));
  const latched = alarmEventAt("b1", "bradycardia", 700, {
    step: "latched",
    alarm: { state: "latched", ended: true, heartRateBpm: 36 },
  });
  ward.take({ kind: "event", event: { topic: "alarms", bed: "b1", cursor: "c", data: latched, meta: {} } }, 0);
  await drawn(tile);
  expect(tile.getAttribute("priority")).toBe("medium");
  expect([textOf(rate), rate.getAttribute("priority")]).toEqual(["HR /min 62", null]);
});

test("an alarm that is of no rate does not colour it", async () => {
  const { tile, take } = await tileOf();
  await take(beatOf(900));
  await take(conditionOf("atrial-fibrillation", 500));
  expect(tile.getAttribute("priority")).toBe("medium");
  expect(the(tile, "heart-rate").hasAttribute("priority")).toBe(false);
});

test("an alarm's words are in their short form, at least 28 px high on a band as wide as the tile, and whole", async () => {
  const { tile, take } = await tileOf();
  tile.style.cssText = "width: 320px; height: 180px";
  await take(conditionOf("extreme-tachycardia", 500));
  const words = the(the(tile, "alarm-banner"), ".words");
  expect(textOf(words)).toBe("Ext. tachy");
  expect(Number.parseFloat(getComputedStyle(words).fontSize)).toBeGreaterThanOrEqual(28);
  expect(words.scrollWidth).toBeLessThanOrEqual(words.clientWidth);
  expect(the(tile, "header").clientWidth).toBeGreaterThanOrEqual(tile.clientWidth - 2);
});

test.each([
  ["atrial-fibrillation", "AF", 27],
  ["bradycardia", "Brady", 24],
  ["extreme-bradycardia", "Ext. brady", 17],
] as const)(
  "64 beds on a wall screen: the words of %s are as large as there is room for, and whole",
  async (kind, short, least) => {
    const { tile, take } = await tileOf();
    tile.density = "compact";
    tile.style.cssText = "width: 191px; height: 110px";
    await take(conditionOf(kind, 500));
    const words = the(the(tile, "alarm-banner"), ".words");
    expect(textOf(words)).toBe(short);
    expect(Number.parseFloat(getComputedStyle(words).fontSize)).toBeGreaterThanOrEqual(least);
    expect(words.scrollWidth).toBeLessThanOrEqual(words.clientWidth);
  },
);

test.each([
  ["bradycardia", "Brady", 18],
  ["atrial-fibrillation", "AF", 26],
  ["asystole", "Asystole", 13],
  ["bigeminy", "Bigeminy", 13],
  ["extreme-tachycardia", "Ext. tachy", 15],
] as const)(
  "on the narrowest tile the words of %s are as large as there is room for, and whole",
  async (kind, short, least) => {
    const { tile, take } = await tileOf();
    tile.density = "compact";
    tile.style.cssText = "width: 110px; height: 62px";
    await take(conditionOf(kind, 500));
    const banner = the(tile, "alarm-banner");
    const words = the(banner, ".words");
    expect(textOf(words)).toBe(short);
    expect(Number.parseFloat(getComputedStyle(words).fontSize)).toBeGreaterThanOrEqual(least);
    expect(words.scrollWidth).toBeLessThanOrEqual(words.clientWidth);
    const { bottom } = words.getBoundingClientRect();
    expect(bottom).toBeLessThanOrEqual(tile.getBoundingClientRect().bottom);
  },
);

test("where there is no room for all, an alarm that is over still says so", async () => {
  const { tile, ward } = await tileOf();
  tile.density = "compact";
  tile.style.cssText = "width: 150px; height: 70px";
  const event = alarmEventAt("b1", "extreme-bradycardia", 500, { alarm: { state: "latched", ended: true } });
  ward.take({ kind: "event", event: { topic: "alarms", bed: "b1", cursor: "c", data: event, meta: {} } }, 0);
  await drawn(tile);
  const what = the(the(tile, "alarm-banner"), ".what");
  expect(getComputedStyle(what, "::before").content).toBe('"ended"');
  expect(getComputedStyle(what, "::before").display).not.toBe("none");
  const words = the(the(tile, "alarm-banner"), ".words");
  expect(words.scrollWidth).toBeLessThanOrEqual(words.clientWidth);
});

test("a clinical alarm's band is filled and its tile tinted, a technical one's is an outline", async () => {
  const { tile, take } = await tileOf();
  const fill = (selector: string): string => getComputedStyle(the(tile, selector)).backgroundColor;
  const calm = fill("aside");
  await take(conditionOf("lead-off", 700));
  expect([fill("header"), fill("aside")]).toEqual([calm, calm]);
  await take(conditionOf("asystole", 500));
  expect(new Set([calm, fill("header"), fill("aside")]).size).toBe(3);
});

test("all that flashes keeps one time, and is never under half as bright", async () => {
  const tiles = [await tileOf(), await tileOf()];
  for (const [index, { take }] of tiles.entries()) {
    await take(conditionOf(index === 0 ? "asystole" : "tachycardia", 500));
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  const animations = tiles.flatMap(({ tile }) => the(tile, ".flashes").getAnimations());
  expect(animations.map(({ startTime }) => startTime)).toEqual([0, 0]);
  const timings = animations.map(({ effect }) => Number(effect?.getTiming().duration));
  expect(timings[1] % timings[0]).toBe(0);
  const frames = animations.flatMap(({ effect }) => (effect instanceof KeyframeEffect ? effect.getKeyframes() : []));
  expect(Math.min(...frames.map(({ opacity }) => Number(opacity)))).toBeGreaterThanOrEqual(0.5);
});

test("a bed whose frames have stopped has no rate of this moment", async () => {
  const { tile, take } = await tileOf(5000);
  await take(beatOf(940));
  expect(textOf(the(tile, "aside"))).toBe("HR no data –– PVC – /min Signal unknown Last beat –");
  expect(textOf(tile)).toContain("NO DATA");
  const colours = within(tile, "aside *").map((one) => getComputedStyle(one).color);
  const live = getComputedStyle(the((await tileOf()).tile, "ecg-trace")).getPropertyValue("--trace");
  tile.style.color = live;
  expect(colours).not.toContain(getComputedStyle(tile).color);
});

test.each([
  ["refused", "Not monitored", "NOT MONITORED what it sends is refused"],
  ["no-worker", "Not monitored", "NOT MONITORED no worker classifies it"],
  ["of-a-later-version", "Not monitored", "NOT MONITORED so it is"],
])("of a bed that nobody monitors (%s) nothing looks as if somebody did", async (reason, label, sign) => {
  const { tile, take, ward } = await tileOf();
  await take(beatOf(900, { rrMs: 741, beatClass: "V", quality: 0.9 }));
  ward.take({ kind: "bed", bed: bedOf("b1", { unmonitored: unmonitoredFor(reason) }) }, performance.now());
  await drawn(tile);
  expect(tile.getAttribute("priority")).toBe("medium");
  expect(textOf(the(tile, "alarm-banner"))).toMatch(new RegExp(`^${label} \\d+:\\d\\d$`));
  expect(textOf(the(tile, "ecg-trace"))).toBe(sign);
  expect(the(tile, ".picture").classList).toContain("stale");
  expect(the(tile, ".picture").getAttribute("aria-label")).toContain("not monitored");
  expect(textOf(the(tile, "aside"))).toBe("HR not monitored –– PVC – /min Signal unknown Last beat –");
  expect(the(tile, ".bars").getAttribute("aria-label")).toBe("Signal unknown");
  ward.take({ kind: "bed", bed: bedOf("b1") }, performance.now());
  await drawn(tile);
  expect(textOf(the(tile, "ecg-trace"))).toBe("");
  expect(textOf(the(tile, "aside"))).toBe("HR /min 81 PVC – /min Signal good Last beat V");
});

test("a bed whose frames stopped unsaid by any worker has the alarm that a worker would have raised", async () => {
  const { tile, ward } = await tileOf(32_000);
  ward.take({ kind: "bed", bed: bedOf("b1", { unmonitored: unmonitoredFor("no-frames") }) }, performance.now());
  await drawn(tile);
  expect(textOf(the(tile, "alarm-banner"))).toMatch(/^No data \d/);
  expect(textOf(the(tile, "ecg-trace"))).toBe("NO DATA 32 s and no worker says so");
});

test("a patient who was admitted is named, until discharged", async () => {
  const { tile, ward } = await tileOf();
  const admission = { bed: "b1", version: 1, change: "admitted", command: "c-0000001", by: "Anna", atMs: 0 };
  const named = () => within(tile, "[data-testid=patient]").map(textOf);
  const told = async (patient: { name: string; sinceMs: number } | null, version: number): Promise<void> => {
    const data = { ...admission, version, patient };
    ward.take({ kind: "event", event: { topic: "admissions", bed: "b1", cursor: "c", data, meta: {} } }, 0);
    await drawn(tile);
  };
  expect(named()).toEqual([]);
  await told({ name: "Ada L.", sinceMs: 0 }, 1);
  expect(named()).toEqual(["Ada L."]);
  await told(null, 2);
  expect(named()).toEqual([]);
  await told({ name: "late", sinceMs: 0 }, 1);
  expect(named()).toEqual([]);
});

test("on the narrowest tile the rate of an alarm stands on the panel's ground, not on the alarm's", async () => {
  const { tile, take } = await tileOf();
  tile.density = "compact";
  tile.style.cssText = "width: 130px; height: 56px";
  await take(conditionOf("asystole", 500));
  const ground = (selector: string): string => getComputedStyle(the(tile, selector)).backgroundColor;
  expect(ground("header")).not.toBe("rgba(0, 0, 0, 0)");
  expect(["rgba(0, 0, 0, 0)", ground("header")]).not.toContain(ground("aside"));
});

test.each([
  [455, 190],
  [455, 168],
  [455, 155],
  [455, 150],
  [455, 141],
  [455, 123],
  [320, 108],
  [300, 176],
])("in a tile of %i × %i px all that stands beside the trace is whole", async (width, height) => {
  const { tile, take } = await tileOf();
  tile.style.cssText = `width: ${width}px; height: ${height}px`;
  await take(beatOf(900, { rrMs: 300, beatClass: "V" }));
  await take(conditionOf("extreme-tachycardia", 500, { heartRateBpm: 188, limitBpm: 140 }));
  await drawn(tile);
  const edge = 4;
  const { bottom, right } = tile.getBoundingClientRect();
  const boxes = [".pvcs", "signal-quality", "beat-chip", "heart-rate"].map((name) => the(tile, name));
  for (const box of boxes) {
    const at = box.getBoundingClientRect();
    expect(at.bottom).toBeLessThanOrEqual(bottom - edge);
    expect(at.right).toBeLessThanOrEqual(right - edge);
    expect(at.left).toBeGreaterThanOrEqual(the(tile, "ecg-trace").getBoundingClientRect().right);
    expect(box.scrollWidth).toBeLessThanOrEqual(box.clientWidth);
  }
  const [pvcs, quality, chip, rate] = boxes.map((box) => box.getBoundingClientRect());
  expect(pvcs.top).toBeGreaterThanOrEqual(rate.bottom - 1);
  expect(pvcs.right <= quality.left || pvcs.bottom <= quality.top + 1).toBe(true);
  expect(quality.right).toBeLessThanOrEqual(chip.left);
});

test("an alarm's mark keeps clear of the edge that flashes", async () => {
  const { tile, take } = await tileOf();
  tile.style.cssText = "width: 455px; height: 150px";
  await take(conditionOf("asystole", 500));
  const mark = the(the(tile, "alarm-banner"), "priority-mark").getBoundingClientRect();
  expect(mark.top).toBeGreaterThanOrEqual(tile.getBoundingClientRect().top + 3);
});
