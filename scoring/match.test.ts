import fc from "fast-check";
import { expect, test } from "vitest";
import { matchBeats } from "./match.ts";

const match = (reference: number[], found: number[]) => [...matchBeats(reference, found, 54)];

test.each([
  ["in the window, up to its edge", [100, 500, 900], [46, 554, 955], [0, 1, -1]],
  ["the nearer of two detections", [100], [70, 95], [1]],
  ["the nearer of two detections, the other behind", [100], [95, 130], [0]],
  ["the nearer of two references", [100, 120], [118], [-1, 0]],
  ["a detection between yields no one else's partner", [100, 150], [130, 155], [0, 1]],
  ["the last of each", [100, 200], [100, 180, 210], [0, 2]],
  ["no detections", [100], [], [-1]],
  ["no references", [], [100], []],
])("%s", (_, reference, found, partners) => {
  expect(match(reference, found)).toEqual(partners);
});

const samples = fc
  .uniqueArray(fc.integer({ min: 0, max: 3000 }), { maxLength: 40 })
  .map((values) => values.toSorted((a, b) => a - b));

test("pairs keep the order, use each beat once and stay within the tolerance", () => {
  fc.assert(
    fc.property(samples, samples, (reference, found) => {
      const partners = match(reference, found);
      const used = partners.filter((partner) => partner >= 0);
      expect(used).toEqual([...new Set(used)].toSorted((a, b) => a - b));
      partners.forEach((partner, r) => {
        if (partner >= 0) expect(Math.abs(reference[r] - found[partner])).toBeLessThanOrEqual(54);
      });
    }),
  );
});

test("of beats further apart than two tolerances, each finds its own detection wherever it lies within the tolerance", () => {
  const heartbeat = fc.record({
    step: fc.integer({ min: 109, max: 400 }),
    jitter: fc.option(fc.integer({ min: -54, max: 54 }), { freq: 4 }),
  });
  fc.assert(
    fc.property(fc.array(heartbeat, { maxLength: 40 }), (heartbeats) => {
      let sample = 0;
      const reference = heartbeats.map(({ step }) => (sample += step));
      const found = heartbeats.flatMap(({ jitter }, r) => (jitter === null ? [] : reference[r] + jitter));
      let next = 0;
      const own = heartbeats.map(({ jitter }) => (jitter === null ? -1 : next++));
      expect(match(reference, found)).toEqual(own);
    }),
  );
});
