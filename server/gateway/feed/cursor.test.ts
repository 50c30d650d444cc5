import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCursor, encodeCursor } from "./cursor.ts";

const offset = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const positions = fc
  .integer({ min: 1, max: 256 })
  .chain((partitions) => fc.tuple(offsets(partitions), offsets(partitions)));

function offsets(count: number) {
  return fc.array(offset, { minLength: count, maxLength: count });
}

test("a cursor comes back from its text, which fits a subscribe", () => {
  fc.assert(
    fc.property(positions, (one) => {
      const text = encodeCursor("log", one);
      const partitions = one[0].length;
      expect(decodeCursor(text, "log", 2, partitions)).toEqual(one);
      expect(text.length).toBeLessThanOrEqual(8192);
      expect(decodeCursor(text, "other", 2, partitions)).toBeNull();
      expect(decodeCursor(text, "log", 3, partitions)).toBeNull();
      expect(decodeCursor(text, "log", 2, partitions + 1)).toBeNull();
    }),
  );
});

test("any other text is none", () => {
  const text = fc.oneof(fc.string(), fc.stringMatching(/^log(~[0-9a-z.-]{0,8}){0,3}$/));
  fc.assert(
    fc.property(text, (any) => {
      const found = decodeCursor(any, "log", 2, 2);
      expect(found === null || /^log~\w+\.\w+~\w+\.\w+$/.test(any)).toBe(true);
    }),
  );
  expect(decodeCursor("log~1.-1~0.0", "log", 2, 2)).toBeNull();
  expect(decodeCursor("log~1.zzzzzzzzzzzzz~0.0", "log", 2, 2)).toBeNull();
  expect(decodeCursor("log~zzzzzzzzzzz.1~0.0", "log", 2, 2)).toBeNull();
});
