import fc from "fast-check";
import { expect, test } from "vitest";
import { formatDrift, INJECTION_KINDS, type InjectionKind, parseDrift } from "./drift.ts";

const kinds = Object.keys(INJECTION_KINDS) as InjectionKind[];
const seconds = fc.integer({ min: 0, max: 100_000 }).map((tenths) => tenths / 10);

const injection = fc
  .record({
    kind: fc.constantFrom(...kinds),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    from: seconds,
    span: fc.option(seconds),
  })
  .map(({ kind, share, from, span }) => {
    const { unit, min, max } = INJECTION_KINDS[kind];
    const steps = unit === null ? 1 : 100;
    const value = Math.round((min + share * (max - min)) * steps) / steps;
    const toSeconds = span === null ? Number.POSITIVE_INFINITY : Math.round((from + span + 0.1) * 10) / 10;
    return { kind, value: Object.is(value, -0) ? 0 : value, fromSeconds: from, toSeconds };
  });

test("what is written is read back", () => {
  fc.assert(
    fc.property(fc.array(injection, { maxLength: 5 }), (list) => {
      expect(parseDrift(formatDrift(list))).toEqual(list);
    }),
  );
});

test("the grammar's examples", () => {
  expect(parseDrift("em:6dB@60..120s, gain:0.5@200s,lead-off@30..40s,drop:5%,lead-off:2")).toEqual([
    { kind: "em", value: 6, fromSeconds: 60, toSeconds: 120 },
    { kind: "gain", value: 0.5, fromSeconds: 200, toSeconds: Number.POSITIVE_INFINITY },
    { kind: "lead-off", value: 0, fromSeconds: 30, toSeconds: 40 },
    { kind: "drop", value: 5, fromSeconds: 0, toSeconds: Number.POSITIVE_INFINITY },
    { kind: "lead-off", value: 2, fromSeconds: 0, toSeconds: Number.POSITIVE_INFINITY },
  ]);
});

test.each([
  ["em", /"em": em needs a value/],
  ["em:6mV", /unit of em is dB/],
  ["hum:3dB", /unknown kind, must be one of em, bw/],
  ["em:6dB@120..60s", /ends before it begins/],
  ["em:6dB@60..120", /must read/],
  ["drop:120%", /must be 0 to 100/],
  ["lead-off:1.5", /takes a whole number/],
  ["lead-off:33", /must be 0 to 32/],
  ["lead-off:2mV", /unit of lead-off is none/],
  ["em:6dB,,gain:2", /drift ""/],
])("%s is refused with a remedy", (text, message) => {
  expect(() => parseDrift(text)).toThrow(message);
});
