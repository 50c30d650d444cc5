import fc from "fast-check";
import { expect, test } from "vitest";
import { StateReader, StateWriter } from "./state.ts";

const number = fc.oneof(fc.double(), fc.float(), fc.integer(), fc.constantFrom(-0, Number.NaN, 2 ** 31, -(2 ** 31)));

test("numbers, arrays of any kind and texts come back to the bit, whatever elements they lie in", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.constantFrom("number", "array", "float64", "repeating", "text", "flag"),
          fc.array(number, { maxLength: 40 }),
          fc.string(),
        ),
      ),
      (parts) => {
        const to = new StateWriter();
        for (const [kind, values, text] of parts) {
          if (kind === "number") to.number(values[0] ?? 0);
          else if (kind === "array") to.array(values);
          else if (kind === "float64") to.array(Float64Array.from(values));
          else if (kind === "repeating") to.repeating(Float64Array.from(values));
          else if (kind === "text") to.text(text);
          else to.flag(values.length > 3);
        }
        const from = new StateReader(to.bytes());
        for (const [kind, values, text] of parts) {
          if (kind === "number") expect(from.number()).toBe(values[0] ?? 0);
          else if (kind === "array") expect(from.array()).toEqual(values);
          else if (kind === "text") expect(from.text()).toBe(text);
          else if (kind === "flag") expect(from.flag()).toBe(values.length > 3);
          else {
            const out = new Float64Array(values.length);
            from.into(out);
            expect([...out]).toEqual(values);
          }
        }
        from.done();
      },
    ),
  );
});

test("an array takes the narrowest elements that hold it", () => {
  const bytes = (values: ArrayLike<number>): number => {
    const to = new StateWriter();
    to.array(values);
    return to.bytes().length - 9;
  };
  expect(bytes([1, 2, -3])).toBe(12);
  expect(bytes(Float64Array.from([0.5, 1.25]))).toBe(8);
  expect(bytes([0.1])).toBe(8);
  expect(bytes([-0, 1])).toBe(8);
  expect(bytes([2 ** 31])).toBe(4);
  expect(bytes([2 ** 31, 0.1])).toBe(16);
  expect(bytes(Uint8Array.of(1, 2, 3))).toBe(3);
});

test("what is cut off, left over, or of another length or kind is refused", () => {
  const to = new StateWriter();
  to.array([1, 2, 3]);
  const bytes = to.bytes();
  const refused = expect.objectContaining({ code: "BAD_SNAPSHOT" });
  expect(() => new StateReader(bytes).into(new Float32Array(2))).toThrow(refused);
  for (let length = 0; length < bytes.length; length++) {
    expect(() => new StateReader(bytes.slice(0, length)).array()).toThrow(refused);
  }
  expect(() => new StateReader(Uint8Array.of(...bytes.slice(0, 4), 9, ...bytes.slice(5))).array()).toThrow(refused);
  expect(() =>
    new StateReader(Uint8Array.of(...bytes.slice(0, 5), 255, 255, 255, 255, ...bytes.slice(9))).array(),
  ).toThrow(refused);
  const longer = new StateReader(Uint8Array.of(...bytes, 0));
  longer.array();
  expect(() => longer.done()).toThrow(refused);
});

test("of what is a signal the fractions lie apart, and what claims more of them than there are is refused", () => {
  const signal = Float64Array.from({ length: 625 }, (_, i) => Math.sin(i));
  const to = new StateWriter();
  to.array(signal);
  to.array(Float32Array.from(signal));
  to.repeating(signal);
  const { dense, noise } = to.sections;
  expect(noise.length).toBe(625 * 7 + 625 * 3);
  expect(dense.length).toBe(3 * 5 + 2 * 625 + 625 * 8);
  const from = new StateReader({ dense, noise });
  expect(Float64Array.from(from.array())).toEqual(signal);
  expect(Float32Array.from(from.array())).toEqual(Float32Array.from(signal));
  expect(Float64Array.from(from.array())).toEqual(signal);
  from.done();
  const refused = expect.objectContaining({ code: "BAD_SNAPSHOT" });
  expect(() => new StateReader({ dense, noise: noise.slice(0, 625 * 7 - 1) }).array()).toThrow(refused);
  const whole = new StateReader({ dense: dense.slice(0, 5 + 625), noise });
  whole.array();
  expect(() => whole.done()).toThrow(refused);
  // Integers and bytes have no fractions.
  for (const kind of [0x82, 0x83, 0x84]) {
    expect(() => new StateReader({ dense: Uint8Array.of(kind, ...dense.slice(1)), noise }).array()).toThrow(refused);
  }
});
