import { describe, expect, it } from "vitest";
import { createRandom } from "../../kit/random.ts";
import { bumpEcg, regularBeats, WIDE } from "../../testing/signal/bump-ecg.ts";
import { createSignalChain } from "../chain.ts";

const RATE = 250;
const SECONDS = 30;

/** What the chain says of each second. */
function heard(millivolts: Float32Array): number[] {
  const said: number[] = [];
  const chain = createSignalChain({ inputRateHz: RATE });
  chain.push(millivolts, millivolts.length, (event) => {
    if (event.type === "waveform") said.push(event.fibrillation);
  });
  return said;
}

/** An oscillation whose frequency and amplitude wander: coarse fibrillation. */
function fibrillation(hz: number, amplitudeMv: number, seed: number): Float32Array {
  const random = createRandom(seed, "fibrillation");
  let phase = 0;
  let detuned = 0;
  let swell = 0;
  return Float32Array.from({ length: SECONDS * RATE }, () => {
    detuned += -0.01 * detuned + 0.05 * random.normal();
    swell += -0.01 * swell + 0.04 * random.normal();
    phase += (2 * Math.PI * (hz + detuned)) / RATE;
    return amplitudeMv * (1 + Math.max(-0.6, Math.min(0.6, swell))) * Math.sin(phase) + 0.01 * random.normal();
  });
}

describe("what looks like ventricular fibrillation", () => {
  it.each([
    [4, 0.4, 1],
    [5, 0.3, 2],
    [6, 0.6, 3],
  ])("an irregular oscillation at %i Hz of %f mV does, within 8 s", (hz, amplitudeMv, seed) => {
    const said = heard(fibrillation(hz, amplitudeMv, seed));
    expect(said.slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect(Math.min(...said.slice(7))).toBeGreaterThan(0.8);
  });

  it("the same does at any gain", () => {
    expect(Math.min(...heard(fibrillation(5, 0.15, 2)).slice(7))).toBeGreaterThan(0.8);
    expect(Math.min(...heard(fibrillation(5, 3, 2)).slice(7))).toBeGreaterThan(0.8);
  });

  it("the same does not where it hardly moves: that is asystole", () => {
    expect(Math.max(...heard(fibrillation(5, 0.03, 2)))).toBe(0);
  });

  it.each([
    ["sinus rhythm", regularBeats(SECONDS, 0.8)],
    ["sinus tachycardia of 180", regularBeats(SECONDS, 1 / 3)],
    ["bigeminy", regularBeats(SECONDS, 0.7).map((beat, i) => (i % 2 ? { ...beat, waves: WIDE } : beat))],
  ])("%s does not", (_, beats) => {
    expect(Math.max(...heard(bumpEcg(SECONDS, RATE, beats, 0.02)))).toBeLessThan(0.3);
  });

  it("noise does not enough for an alarm", () => {
    const random = createRandom(4, "noise");
    expect(Math.max(...heard(Float32Array.from({ length: SECONDS * RATE }, () => 0.3 * random.normal())))).toBeLessThan(
      0.8,
    );
  });
});
