import { expect, test } from "vitest";
import { syntheticRecord } from "../../../data/synthetic/record.ts";
import { beatOf, conditionOf, frameOf } from "../../../testing/client/messages.ts";
import { MonitoredBed } from "../../ward/monitored-bed.ts";
import { measureBeat } from "./measure-beat.ts";

const RATE = 250;

/** A bed that has heard 30 s of sinus rhythm at `bpm`, and its beats. */
function heard(bpm: number): MonitoredBed {
  const { leads, annotations, length } = syntheticRecord([{ rhythm: "sinus", seconds: 30, bpm }], {
    samplingRateHz: RATE,
    seed: 3,
  });
  const bed = new MonitoredBed("b1");
  for (let first = 0; first + RATE <= length; first += RATE) {
    const cut = leads.map((lead) => ({ ...lead, samples: lead.samples.slice(first, first + RATE) }));
    bed.addFrame(frameOf(first, { firstSample: first, samplingRateHz: RATE, leads: cut }), first * 4);
  }
  let before: number | null = null;
  for (const { sample, symbol } of annotations) {
    if (symbol !== "N") continue;
    const rrMs: number | null = before === null ? null : ((sample - before) / RATE) * 1000;
    bed.addBeat(beatOf(sample, { sample, rrMs, samplingRateHz: RATE }));
    before = sample;
  }
  return bed;
}

const NOW = 29_500;

test("normal beats of a steady heart are measured", () => {
  const { intervals, rrMs, beat } = measureBeat(heard(70), 0, NOW);
  expect(rrMs).toBeGreaterThan(800);
  expect(rrMs).toBeLessThan(910);
  expect(beat?.beats).toBeGreaterThan(28);
  expect(intervals?.qtMs).toBeGreaterThan(340);
  expect(intervals?.qtMs).toBeLessThan(420);
});

test("what is not sure is not measured, and why", () => {
  expect(measureBeat(new MonitoredBed("b2"), 0, 0).why).toBe("no signal has come");
  expect(measureBeat(heard(70), 0, NOW + 10_000).why).toBe("no data");
  expect(measureBeat(heard(130), 0, NOW)).toMatchObject({ intervals: null, why: "measured at 45 to 110/min alone" });
  const fibrillating = heard(70);
  fibrillating.addCondition(conditionOf("atrial-fibrillation", 10));
  expect(measureBeat(fibrillating, 0, NOW).why).toMatch(/^atrial fibrillation/);
  const other = heard(70);
  other.addCondition(conditionOf("lead-off", 10, { lead: "V1" }));
  expect(measureBeat(other, 0, NOW).why).toBeNull();
  other.addCondition(conditionOf("lead-off", 10, { lead: "MLII" }));
  expect(measureBeat(other, 0, NOW).why).toBe("the lead is off");
});
