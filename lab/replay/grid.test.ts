import { expect, test } from "vitest";
import { parseDrift } from "../../contracts/drift.ts";
import { driftsOf, gridDrifts, nameOf, scoredStretch, shortNameOf } from "./grid.ts";

test("the grid: recorded noise from 24 to -6 dB, wander and gain, each behind the lead-in", () => {
  const drifts = gridDrifts(300);
  expect(drifts).toHaveLength(3 * 6 + 4 + 4);
  expect(drifts.map(nameOf).filter((name) => name.startsWith("em"))).toEqual(
    ["em:24dB", "em:18dB", "em:12dB", "em:6dB", "em:0dB", "em:-6dB"].map((drift) => `${drift}@300s`),
  );
  expect(drifts.map((drift) => shortNameOf({ ...drift, drift: nameOf(drift) }))).toEqual(
    expect.arrayContaining(["ma -6 dB", "gain ×0.25", "wander 4 mV"]),
  );
  expect(scoredStretch(drifts)).toEqual({ fromSeconds: 300, toSeconds: Number.POSITIVE_INFINITY });
  for (const drift of drifts) expect(parseDrift(nameOf(drift))).toEqual(drift.injections);
});

test("drifts asked for are scored from the first one's begin to the last one's end", () => {
  const drifts = driftsOf([parseDrift("em:6dB@60..120s,gain:0.5@90..100s"), parseDrift("bw:0dB@80..200s")]);
  expect(scoredStretch(drifts)).toEqual({ fromSeconds: 60, toSeconds: 200 });
  expect(drifts[0]).toMatchObject({ family: null, severity: null });
  expect(shortNameOf({ ...drifts[1], drift: nameOf(drifts[1]) })).toBe("bw:0dB@80..200s");
  expect(() => driftsOf([[]])).toThrow(expect.objectContaining({ code: "BAD_ARGUMENT" }));
});
