import { describe, expect, it } from "vitest";
import { type Stretch, feed, scriptedEvents } from "../../testing/signal/scripted-events.ts";
import type { RhythmChange } from "./basic-rhythm.ts";
import { createRhythmMonitor } from "./monitor.ts";

const RATE = 250;

/** What is told of the basic rhythm, with `advance` called every `frame` samples. */
function rhythms(stretches: readonly Stretch[], frame = 100): RhythmChange[] {
  const { inputs, length } = scriptedEvents(stretches, RATE);
  const monitor = createRhythmMonitor({ samplingRateHz: RATE });
  const told: RhythmChange[] = [];
  const pass = (): void => {};
  let next = 0;
  for (let from = 0; from < length; from += frame) {
    const to = Math.min(from + frame, length);
    while (next < inputs.length && inputs[next].decidedAt < to) {
      feed(monitor, inputs[next++], pass);
      told.push(...monitor.takeRhythms());
    }
    monitor.advance(to, pass);
    told.push(...monitor.takeRhythms());
  }
  return told;
}

const words = (told: readonly RhythmChange[]): string[] =>
  told
    .map(({ rhythm, reason }) => (reason ? `${rhythm}: ${reason}` : rhythm))
    .filter((one, i, all) => one !== all[i - 1]);

const sinus: Stretch = { bpm: 72, beats: 40, pWave: 0.9 };
const uneven = (beats: number): Stretch[] =>
  Array.from({ length: beats }, (_, i): Stretch => ({ bpm: 60 + ((i * i * 37 + i * 11) % 61), beats: 1, pWave: 0 }));

describe("the basic rhythm", () => {
  it("is sinus rhythm where P waves are seen, and no more than regular where none are", () => {
    expect(words(rhythms([sinus]))).toEqual(["unknown: learning", "sinus-rhythm"]);
    expect(words(rhythms([{ bpm: 72, beats: 40 }])).at(-1)).toBe("regular-rhythm");
    expect(words(rhythms([{ bpm: 45, beats: 40, pWave: 0.9 }])).at(-1)).toBe("sinus-bradycardia");
    expect(words(rhythms([{ bpm: 130, beats: 60, pWave: 0.9 }])).at(-1)).toBe("sinus-tachycardia");
    expect(words(rhythms([sinus, ...uneven(40)])).at(-1)).toBe("atrial-fibrillation");
  });

  it("follows conditions at once, and its rate with it", () => {
    const told = rhythms([sinus, { bpm: 160, beats: 12, beatClass: "V" }, sinus, { silent: 8 }, sinus]);
    expect(words(told)).toContain("ventricular-tachycardia");
    expect(told.find(({ rhythm }) => rhythm === "asystole")?.heartRateBpm).toBe(0);
    expect(words(told).at(-1)).toBe("sinus-rhythm");
  });

  it.each([
    ["asystole", { silent: 8 }],
    ["ventricular-fibrillation", { silent: 12, fibrillation: 1 }],
    ["ventricular-tachycardia", { bpm: 160, beats: 12, beatClass: "V" }],
  ] as const)("is not said to be %s once that has ended, but unknown until enough beats stand", (name, stretch) => {
    const told = rhythms([sinus, stretch, sinus]);
    const begun = told.findIndex(({ rhythm }) => rhythm === name);
    const [after, later] = told.slice(begun + 1);
    expect(after).toMatchObject({ rhythm: "unknown", reason: "beats" });
    const { startsS } = scriptedEvents([sinus, stretch, sinus], RATE);
    expect(after.sample / RATE - startsS[2]).toBeLessThan(5);
    expect(later).toMatchObject({ rhythm: "sinus-rhythm", reason: null });
  });

  it("is unknown, with the reason, while the signal cannot be judged", () => {
    const said = words(rhythms([sinus, { silent: 8, state: "noisy" }, sinus, { silent: 8, state: "lead-off" }, sinus]));
    expect(said).toContain("unknown: noisy");
    expect(said).toContain("unknown: lead-off");
    expect(words(rhythms([sinus, { gap: 8 }, sinus]))).toContain("unknown: lead-off");
  });

  it("is told again once a minute, with the share of time in fibrillation once a minute is known", () => {
    const told = rhythms([{ bpm: 72, beats: 360, pWave: 0.9 }]).filter(({ rhythm }) => rhythm === "sinus-rhythm");
    expect(told).toHaveLength(5);
    expect(told[1].sample - told[0].sample).toBe(60 * RATE);
    expect(told[0].atrialFibrillationBurden).toBeNull();
    expect(told[4].atrialFibrillationBurden).toBe(0);
    expect(Math.round(told[4].heartRateBpm ?? 0)).toBe(72);
    const fibrillating = rhythms([...uneven(300)]).findLast(({ rhythm }) => rhythm === "atrial-fibrillation");
    expect(fibrillating?.atrialFibrillationBurden).toBeGreaterThan(0.5);
  });

  it("does not depend on how time is cut", () => {
    const story = [sinus, { silent: 8, state: "noisy" }, ...uneven(50), { gap: 9.3 }, sinus] as const;
    expect(rhythms(story, 7)).toEqual(rhythms(story, 1e9));
    expect(rhythms(story, 333)).toEqual(rhythms(story, 1e9));
  });
});
