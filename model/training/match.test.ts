import fc from "fast-check";
import { expect, it } from "vitest";
import { matchBeats } from "./match.ts";

it("pairs the nearest, leaves out what is too far", () => {
  expect(matchBeats([100, 200, 300], [98, 205, 390], 50)).toEqual([0, 1, -1]);
  expect(matchBeats([100], [70, 95, 130], 50)).toEqual([1]);
  expect(matchBeats([100, 120], [118], 50)).toEqual([-1, 0]);
  expect(matchBeats([], [5], 50)).toEqual([]);
  expect(matchBeats([5], [], 50)).toEqual([-1]);
});

it("pairs in order, each detection once, none beyond the tolerance", () => {
  const times = fc
    .uniqueArray(fc.integer({ min: 0, max: 2000 }), { maxLength: 40 })
    .map((a) => a.toSorted((x, y) => x - y));
  fc.assert(
    fc.property(times, times, (references, detections) => {
      const partners = matchBeats(references, detections, 50);
      const used = partners.filter((partner) => partner >= 0);
      expect(used).toEqual([...new Set(used)].toSorted((a, b) => a - b));
      partners.forEach((partner, i) => {
        if (partner >= 0) expect(Math.abs(references[i] - detections[partner])).toBeLessThanOrEqual(50);
        const nearest = Math.min(...detections.map((d) => Math.abs(d - references[i])));
        const rival = detections.find((d) => Math.abs(d - references[i]) === nearest) ?? Number.NaN;
        const alone = references.every((r, j) => j === i || Math.abs(r - rival) > nearest);
        if (partner < 0 && nearest <= 50) expect(alone, "the nearest detection is nobody else's").toBe(false);
      });
    }),
  );
});
