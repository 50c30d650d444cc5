import { expect, test } from "vitest";
import { sweepGeometry } from "./calibration.ts";
import { letterAt } from "./letter-at.ts";

test.each([1, 2])(
  "a letter is where it is drawn: in the topmost rows, at the edges within the trace, at %d device pixels",
  (ratio) => {
    const geometry = sweepGeometry({ speedMmPerS: 25, gainMmPerMv: 10, scale: 1 }, 400, 120, ratio);
    const letters = [geometry.left, 200 * ratio, 212 * ratio].map((x) => ({ x }));
    const at = (x: number, y = 9) => letterAt(geometry, letters, { x: x * ratio, y: y * ratio });
    expect(at(200)).toBe(letters[1]);
    expect(at(194)).toBe(letters[1]);
    expect(at(207)).toBe(letters[2]);
    expect(at(190)).toBeNull();
    expect(at(200, 25)).toBeNull();
    expect(at(geometry.left / ratio + 15)).toBe(letters[0]);
  },
);
