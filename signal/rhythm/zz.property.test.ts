import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isBelow, rateLimitOf } from "../../contracts/heart-rate.ts";
import { StateReader, StateWriter } from "../state.ts";
import { type ConditionChange, createRhythmMonitor } from "./monitor.ts";
import { namedPolicy } from "./policy/policy.ts";
import { feed, play, type Scripted, scriptedEvents, type Stretch } from "../../testing/signal/scripted-events.ts";

/** Checks, ten a second, do not fall on whole samples. */
const RATE = 257;

const seconds = fc.double({ min: 0.2, max: 12, noNaN: true });
const stretch: fc.Arbitrary<Stretch> = fc.oneof(
  fc.record({
    bpm: fc.constantFrom(30, 45, 60, 80, 118, 125, 160, 220),
    beats: fc.integer({ min: 1, max: 20 }),
    beatClass: fc.constantFrom("N", "N", "S", "V", "V", "V", "F", "Q"),
    quality: fc.constantFrom(0.1, 1, 1, 1),
    state: fc.constantFrom("good", "good", "good", "noisy"),
  }),
  fc.record({
    silent: seconds,
    state: fc.constantFrom("good", "good", "noisy", "lead-off"),
    fibrillation: fc.constantFrom(0, 0.5, 1),
  }),
  fc.record({ gap: seconds }),
);
const script = fc.array(stretch, { minLength: 1, maxLength: 14 }).map((stretches) => scriptedEvents(stretches, RATE));
const monitor = () => createRhythmMonitor({ samplingRateHz: RATE });

describe("of any story", () => {
  it("each begin has one end, in time, with updates only between them", () => {
    let begun = 0;
    fc.assert(
      fc.property(script, (scripted) => {
        const open = new Map<string, number>();
        let last = 0;
        for (const { kind, phase, beginSample, sample, beatSamples } of play(monitor(), scripted, RATE, 50)) {
          expect(sample).toBeGreaterThanOrEqual(last);
          expect(sample).toBeGreaterThanOrEqual(beginSample);
          expect(beatSamples.length).toBeLessThanOrEqual(64);
          last = sample;
          if (phase === "begin") {
            expect(open.has(kind)).toBe(false);
            open.set(kind, beginSample);
            begun++;
          } else {
            expect(open.get(kind)).toBe(beginSample);
            if (phase === "end") open.delete(kind);
          }
        }
        expect([...open.keys()]).toEqual([]);
      }),
      { numRuns: 15000 },
    );
    expect(begun).toBeGreaterThan(300);
  });

  it("a condition that a rate decides begins with a rate beyond its limit", () => {
    const { limits } = namedPolicy("adult");
    let begun = 0;
    fc.assert(
      fc.property(script, (scripted) => {
        for (const { kind, phase, heartRateBpm } of play(monitor(), scripted, RATE, 50)) {
          const limit = rateLimitOf(kind, limits);
          if (phase !== "begin" || limit === null) continue;
          begun++;
          const bpm = heartRateBpm ?? Number.NaN;
          expect({ kind, bpm, limit, isBeyond: isBelow(kind) ? bpm < limit : bpm >= limit }).toMatchObject({
            isBeyond: true,
          });
        }
      }),
      { numRuns: 15000 },
    );
    expect(begun).toBeGreaterThan(100);
  });

  it("the changes do not depend on how time is cut", () => {
    fc.assert(
      fc.property(script, fc.integer({ min: 1, max: 4000 }), (scripted, frame) => {
        expect(play(monitor(), scripted, RATE, frame)).toEqual(play(monitor(), scripted, RATE, 25));
      }),
      { numRuns: 4000 },
    );
  });

  it("a monitor that is saved and loaded at every event continues identically", () => {
    fc.assert(
      fc.property(script, (scripted) => {
        expect(playThroughSnapshots(scripted)).toEqual(play(monitor(), scripted, RATE, 1e9));
      }),
      { numRuns: 15000 },
    );
  });
});

/** As `play`, with a monitor of its own for each input, loaded from what the one before saved. */
function playThroughSnapshots({ inputs, length }: Scripted): ConditionChange[] {
  const changes: ConditionChange[] = [];
  const emit = (change: ConditionChange): void => void changes.push(change);
  let current = monitor();
  for (const input of inputs) {
    const saved = new StateWriter();
    current.save(saved);
    current = monitor();
    const reader = new StateReader(saved.bytes());
    current.load(reader);
    reader.done();
    feed(current, input, emit);
  }
  current.end(length + 2 * RATE, emit);
  return changes;
}
