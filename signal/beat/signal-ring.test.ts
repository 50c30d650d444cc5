import { expect, test } from "vitest";
import { StateReader, StateWriter } from "../state.ts";
import { SignalRing } from "./signal-ring.ts";

function ringOf(begin: number, count: number): SignalRing {
  const ring = new SignalRing();
  ring.reset(begin);
  for (let i = 0; i < count; i++) ring.push(Math.sin(begin + i));
  return ring;
}

const saved = (ring: SignalRing): Uint8Array<ArrayBuffer> => {
  const to = new StateWriter();
  ring.save(to);
  return to.bytes();
};

test("the last 5 s are there once so much has come since the last reset", () => {
  const out = new Float64Array(625);
  expect(ringOf(40, 624).last(out)).toBe(false);
  expect(out.every((value) => value === 0)).toBe(true);
  expect(ringOf(40, 3000).last(out)).toBe(true);
  expect([...out]).toEqual(Array.from(out, (_, i) => Math.sin(3040 - 625 + i)));
  expect(new SignalRing().last(new Float64Array(626))).toBe(false);
});

test.each([0, 3, 624, 625, 1024, 5000])("loaded behind %i samples, it cuts the same and saves the same", (count) => {
  const ring = ringOf(7, count);
  const copy = new SignalRing();
  copy.load(new StateReader(saved(ring)));
  const [one, other] = [new Float64Array(700), new Float64Array(700)];
  for (const begin of [0, count - 600, count - 100]) {
    ring.cut(begin, one);
    copy.cut(begin, other);
    expect(other).toEqual(one);
  }
  expect(saved(copy)).toEqual(saved(ring));
});

test.each([
  ["that ends before it begins", 9, 8, 0],
  ["from nowhere on", Number.NaN, 8, 0],
  ["that never ends", 0, Number.POSITIVE_INFINITY, 625],
  ["between samples", 0.5, 8.5, 8],
  ["of fewer samples than it says", 0, 625, 624],
  ["of more", 0, 5000, 626],
])("a signal %s is refused", (_, begin, next, count) => {
  const to = new StateWriter();
  to.number(begin);
  to.number(next);
  to.array(new Float64Array(count));
  const refused = expect.objectContaining({ code: "BAD_SNAPSHOT" });
  expect(() => new SignalRing().load(new StateReader(to.bytes()))).toThrow(refused);
});
