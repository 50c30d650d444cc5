import { expect, test } from "vitest";
import { frameOf } from "../../../testing/client/messages.ts";
import { BedTrace } from "./bed-trace.ts";
import { QrsPlaces } from "./qrs-places.ts";

test("a QRS is one place, told before its beat, behind it, or again", () => {
  const qrs = new QrsPlaces();
  qrs.found(10);
  qrs.found(10);
  qrs.classed(10);
  qrs.classed(30);
  qrs.found(30);
  qrs.found(50);
  expect(qrs.places.map(({ position, isClassed }) => [position, isClassed])).toEqual([
    [10, true],
    [30, true],
    [50, false],
  ]);
});

test("a beat's class takes the place of the QRS at its R peak, wherever its mark stands", () => {
  const trace = new BedTrace(frameOf(0));
  for (const first of [0, 50, 100]) trace.accept(frameOf(first), 0);
  trace.find({ epoch: "e1", sample: 40 });
  trace.find({ epoch: "e1", sample: 90 });
  trace.find({ epoch: "unheard", sample: 9 });
  trace.mark({ epoch: "e1", sample: 40, fiducialSample: 33, beatClass: "V" });
  expect(trace.qrsPlaces.map(({ position, isClassed }) => [position, isClassed])).toEqual([
    [40, true],
    [90, false],
  ]);
});
