import * as fc from "fast-check";
import { expect, test } from "vitest";
import { assignRanges } from "./assignment.ts";

const memberIds = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 20 });
const partitions = fc.integer({ min: 1, max: 64 });

test("every partition has one member, ranges are contiguous and differ by one at most", () => {
  fc.assert(
    fc.property(memberIds, partitions, (ids, count) => {
      const ranges = assignRanges(ids, count);
      expect([...ranges.keys()].sort()).toEqual([...ids].sort());
      expect([...ranges.values()].flat()).toEqual(Array.from({ length: count }, (_, i) => i));
      const sizes = [...ranges.values()].map((range) => range.length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }),
  );
});

test("the order in which members are named does not matter", () => {
  fc.assert(
    fc.property(memberIds, partitions, (ids, count) => {
      expect(assignRanges(ids.toReversed(), count)).toEqual(assignRanges(ids, count));
    }),
  );
});
