import { expect, test } from "vitest";
import { parseDrift } from "../../contracts/drift.ts";
import { driftCells, gridCells, nameOf, scoredStretch, shortNameOf } from "./cells.ts";

test("the grid: recorded noise from 24 to -6 dB, wander and gain, each behind the lead-in", () => {
  const cells = gridCells(300);
  expect(cells).toHaveLength(3 * 6 + 4 + 4);
  expect(cells.map(nameOf).filter((name) => name.startsWith("em"))).toEqual(
    ["em:24dB", "em:18dB", "em:12dB", "em:6dB", "em:0dB", "em:-6dB"].map((drift) => `${drift}@300s`),
  );
  expect(cells.map((cell) => shortNameOf({ ...cell, drift: nameOf(cell) }))).toEqual(
    expect.arrayContaining(["ma -6 dB", "gain ×0.25", "wander 4 mV"]),
  );
  expect(scoredStretch(cells)).toEqual({ fromSeconds: 300, toSeconds: Number.POSITIVE_INFINITY });
  for (const cell of cells) expect(parseDrift(nameOf(cell))).toEqual(cell.injections);
});

test("drifts asked for are scored from the first one's begin to the last one's end", () => {
  const cells = driftCells([parseDrift("em:6dB@60..120s,gain:0.5@90..100s"), parseDrift("bw:0dB@80..200s")]);
  expect(scoredStretch(cells)).toEqual({ fromSeconds: 60, toSeconds: 200 });
  expect(cells[0]).toMatchObject({ family: null, severity: null });
  expect(shortNameOf({ ...cells[1], drift: nameOf(cells[1]) })).toBe("bw:0dB@80..200s");
  expect(() => driftCells([[]])).toThrow(expect.objectContaining({ code: "BAD_ARGUMENT" }));
});
