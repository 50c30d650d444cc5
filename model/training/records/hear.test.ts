import { JUDGED_CLASSES } from "../../../contracts/beat.ts";
import { describe, expect, it } from "vitest";
import { leadToMillivolts } from "../../../contracts/frame.ts";
import { beatClassOf, isBeatSymbol } from "../../../data/aami.ts";
import type { LeadRecording } from "../../../data/lead-recording.ts";
import { SYNTHETIC_BEDS } from "../../../data/synthetic/beds.ts";
import { syntheticRecord } from "../../../data/synthetic/record.ts";
import { FEATURE_NAMES } from "../../../signal/beat/features.ts";
import { hear } from "./hear.ts";
import { NO_TARGET } from "./record.ts";

const RATE_HZ = 360;

function bigeminy(): LeadRecording {
  const bed = SYNTHETIC_BEDS.find(({ name }) => name === "bigeminy");
  if (!bed) throw new Error("there is no bed with bigeminy");
  const { leads, annotations } = syntheticRecord(bed.script, { samplingRateHz: RATE_HZ, seed: bed.seed });
  const millivolts = new Float32Array(leads[0].samples.length);
  leadToMillivolts(leads[0], millivolts);
  return { name: "synthetic/bigeminy", lead: "II", samplingRateHz: RATE_HZ, millivolts, annotations };
}

describe("a recording as the chain hears it", () => {
  const recording = bigeminy();
  const record = hear(recording);

  it("has the truth beside its beats", () => {
    const truth = recording.annotations.filter(({ symbol }) => isBeatSymbol(symbol));
    expect(record.count).toBeGreaterThan(0.95 * truth.length);
    expect(record.windows.length).toBe(record.count * 187);
    expect(record.features.length).toBe(record.count * FEATURE_NAMES.length);
    const tolerance = 0.15 * RATE_HZ;
    for (let beat = 0; beat < record.count; beat++) {
      const near = truth.filter(({ sample }) => Math.abs(sample - record.samples[beat]) <= tolerance);
      const target = record.targets[beat];
      if (target === NO_TARGET) expect(near).toEqual([]);
      else expect(near.map(({ symbol }) => beatClassOf(symbol))).toContain(JUDGED_CLASSES[target]);
    }
    for (const index of [0, 2]) expect(record.targets).toContain(index);
  });

  it("does not train on aberrated atrial beats, but keeps them in the reference", () => {
    const aberrated = {
      ...recording,
      annotations: recording.annotations.map((a) =>
        a.symbol !== "N" && isBeatSymbol(a.symbol) ? { ...a, symbol: "a" } : a,
      ),
    };
    const { targets, reference } = hear(aberrated);
    expect([...targets].filter((target) => target > 0)).toEqual([]);
    expect(reference.beats.some(({ beatClass }) => beatClass === "S")).toBe(true);
  });
});
