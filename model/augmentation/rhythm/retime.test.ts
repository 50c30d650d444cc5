import { describe, expect, it } from "vitest";
import { beatClassOf } from "../../../data/aami.ts";
import { createRandom } from "../../../kit/random.ts";
import type { LeadRecording } from "../../../data/lead-recording.ts";
import { retime } from "./retime.ts";
import { drawRhythm } from "./rhythms.ts";

const RATE = 360;
const BEATS = 600;
const INTERVAL = 300;

/** A sinus rhythm of bumps (P, QRS, T) at even intervals; every 20th beat ventricular: wide, without P. */
function evenLead(): LeadRecording {
  const random = createRandom(3, "lead");
  const millivolts = new Float32Array((BEATS + 1) * INTERVAL);
  const annotations = Array.from({ length: BEATS }, (_, beat) => {
    const r = (beat + 1) * INTERVAL;
    const symbol = beat % 20 === 19 ? "V" : "N";
    const waves =
      symbol === "V"
        ? [
            [0, 18, 1.5],
            [90, 20, -0.4],
          ]
        : [
            [-60, 8, 0.15],
            [0, 5, 1],
            [100, 18, 0.3],
          ];
    for (const [at, width, height] of waves) {
      for (let i = -4 * width; i <= 4 * width; i++) {
        const place = r + at + i;
        if (place >= 0 && place < millivolts.length) millivolts[place] += height * Math.exp(-0.5 * (i / width) ** 2);
      }
    }
    return { sample: r, symbol };
  });
  for (let i = 0; i < millivolts.length; i++) millivolts[i] += 0.2 * Math.sin(i / 900) + 0.005 * random.normal();
  return { name: "even", lead: "II", samplingRateHz: RATE, millivolts, annotations };
}

const largestStep = (millivolts: Float32Array): number =>
  millivolts.reduce((most, value, i) => (i === 0 ? 0 : Math.max(most, Math.abs(value - millivolts[i - 1]))), 0);

describe("a recording under other rhythms", () => {
  const lead = evenLead();
  const other = retime(lead, 1);

  it("is the same for the same seed, and another for another", () => {
    expect(retime(lead, 1)).toEqual(other);
    expect(retime(lead, 2).annotations).not.toEqual(other.annotations);
  });

  it("has beats of every origin where it had one, at the peaks of its own QRS", () => {
    const count = (wanted: string): number => other.annotations.filter(({ symbol }) => symbol === wanted).length;
    expect(count("A")).toBeGreaterThan(20);
    expect(count("V")).toBeGreaterThan(10);
    expect(count("N")).toBeGreaterThan(100);
    for (const { sample, symbol } of other.annotations) {
      if (sample < 10 || sample > other.millivolts.length - 10) continue;
      const near = other.millivolts.subarray(sample - 9, sample + 10);
      const height = symbol === "V" ? 1 : 0.5;
      expect(Math.max(...near) - Math.min(...other.millivolts.subarray(sample - 60, sample + 60))).toBeGreaterThan(
        height,
      );
    }
  });

  it("keeps the annotations in order, apart by a refractory period, and within the recording", () => {
    other.annotations.forEach(({ sample, symbol }, i) => {
      expect(beatClassOf(symbol)).not.toBeNull();
      expect(sample).toBeLessThan(other.millivolts.length);
      if (i > 0) expect(sample - other.annotations[i - 1].sample).toBeGreaterThanOrEqual(0.27 * RATE);
    });
  });

  it("joins its pieces without steps", () => {
    expect(other.millivolts.every(Number.isFinite)).toBe(true);
    expect(largestStep(other.millivolts)).toBeLessThan(1.2 * largestStep(lead.millivolts));
  });

  it("has early S beats in most rhythms, and none in fibrillation", () => {
    const random = createRandom(1, "rhythms");
    const seen = { S: 0, fibrillation: 0 };
    for (let draw = 0; draw < 200; draw++) {
      const { beats, fibrillation } = drawRhythm(random, false);
      const origins = Array.from({ length: 60 }, () => beats.next().value?.origin);
      expect(origins).not.toContain("V");
      if (fibrillation) {
        seen.fibrillation++;
        expect(origins).not.toContain("S");
      } else if (origins.includes("S")) seen.S++;
    }
    expect(seen.S).toBeGreaterThan(60);
    expect(seen.fibrillation).toBeGreaterThan(20);
  });

  it("is left as it is where there is nothing to rebuild it from", () => {
    const short: LeadRecording = { ...lead, annotations: lead.annotations.filter(({ symbol }) => symbol === "V") };
    expect(retime(short, 1).annotations.every(({ symbol }) => symbol === "V")).toBe(true);
  });
});
