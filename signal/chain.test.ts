import { describe, expect, test } from "vitest";
import { createSignalChain } from "./chain.ts";
import { type BeatEvent, WINDOW_LENGTH, WINDOW_R_INDEX } from "./events.ts";
import { FEATURE_NAMES, type FeatureName } from "./beat/features.ts";
import { bumpEcg, regularBeats, WIDE } from "../testing/signal/bump-ecg.ts";
import { listen, sorted } from "../testing/signal/listen.ts";

const SECONDS = 40;
const featureOf = (beat: BeatEvent, name: FeatureName): number => beat.features[FEATURE_NAMES.indexOf(name)];
const nearest = <T extends { readonly sample: number }>(events: readonly T[], sample: number): T =>
  events.reduce((best, event) => (Math.abs(event.sample - sample) < Math.abs(best.sample - sample) ? event : best));

describe.each([125, 250, 257.5, 360, 1000])("a regular rhythm at %d Hz", (rate) => {
  const truth = regularBeats(SECONDS, 0.8);
  const { qrs, beats, gaps, quality } = listen(bumpEcg(SECONDS, rate, truth), rate);
  const settled = truth.filter(({ atSeconds }) => atSeconds > 4);

  test("every R peak is found within 16 ms, and nothing else", () => {
    for (const { atSeconds } of settled) {
      expect(Math.abs(nearest(qrs, atSeconds * rate).sample / rate - atSeconds)).toBeLessThan(0.016);
    }
    expect(qrs.filter(({ sample }) => sample > 4 * rate)).toHaveLength(settled.length);
    expect(gaps).toEqual([]);
  });

  test("QRS come within 0.3 s, beats within 2 s, each beat once and in order", () => {
    for (const { sample, decidedAt } of qrs) expect((decidedAt - sample) / rate).toBeLessThanOrEqual(0.3);
    for (const { sample, decidedAt } of beats) expect((decidedAt - sample) / rate).toBeLessThanOrEqual(2);
    expect(beats.map(({ sample }) => sample)).toEqual(qrs.map(({ sample }) => sample));
  });

  test("RR and heart rate are those of the rhythm; the first RR is unknown", () => {
    expect(beats[0].rrMs).toBeNull();
    expect(beats[0].heartRateBpm).toBeNull();
    for (const { rrMs, heartRateBpm } of beats.slice(-20)) {
      expect(Math.abs((rrMs ?? 0) - 800)).toBeLessThan(20);
      expect(Math.abs((heartRateBpm ?? 0) - 75)).toBeLessThan(1);
    }
  });

  test("the window holds the beat with its R in place, scaled to a QRS of about 1", () => {
    for (const { window } of beats.slice(5, -2)) {
      expect(window).toHaveLength(WINDOW_LENGTH);
      const peak = window.indexOf(Math.max(...window.subarray(20, 160)));
      expect(Math.abs(peak - WINDOW_R_INDEX)).toBeLessThanOrEqual(1);
      expect(Math.max(...window) - Math.min(...window)).toBeGreaterThan(0.95);
      expect(Math.max(...window) - Math.min(...window)).toBeLessThan(1.1);
    }
  });

  test("quality is judged once a second and good", () => {
    expect(quality.length).toBeGreaterThanOrEqual(SECONDS - 1);
    for (const { state } of quality) expect(state).toBe("good");
  });
});

test("a wide premature beat differs from the bed's template in shape and time", () => {
  const beats = regularBeats(60, 0.8);
  const ectopic = { atSeconds: beats[60].atSeconds - 0.3, waves: WIDE };
  const rhythm = [...beats.slice(0, 60), ectopic, ...beats.slice(61)];
  const heard = listen(bumpEcg(60, 360, rhythm), 360);
  const wide = nearest(heard.beats, ectopic.atSeconds * 360);
  const normal = heard.beats[40];
  expect(featureOf(normal, "qrsLikeness")).toBeGreaterThan(0.98);
  expect(featureOf(wide, "qrsLikeness")).toBeLessThan(0.9);
  expect(featureOf(wide, "qrsSpreadRatio")).toBeGreaterThan(featureOf(normal, "qrsSpreadRatio") + 0.3);
  expect(featureOf(wide, "rr80")).toBeLessThan(-0.25);
  expect(featureOf(wide, "next80")).toBeGreaterThan(0.2);
  expect(featureOf(wide, "dominantCluster")).toBe(0);
  expect(featureOf(normal, "dominantCluster")).toBe(1);
});

test("a beat whose next one stays away is given out within 2 s, its next RR unknown", () => {
  const beats = [...regularBeats(12, 0.8), { atSeconds: 16 }];
  const heard = listen(bumpEcg(20, 360, beats), 360);
  const before = nearest(heard.beats, beats[beats.length - 2].atSeconds * 360);
  expect((before.decidedAt - before.sample) / 360).toBeGreaterThan(1.6);
  expect((before.decidedAt - before.sample) / 360).toBeLessThanOrEqual(2);
  expect(featureOf(before, "nextKnown")).toBe(0);
  expect(featureOf(before, "next80")).toBe(0);
  expect(featureOf(heard.beats[3], "nextKnown")).toBe(1);
});

test("at a gap what is pending is given out at once; behind it all starts afresh", () => {
  const samples = bumpEcg(30, 360, regularBeats(30, 0.8));
  const from = Math.round(12.9 * 360);
  const to = from + 3 * 360;
  samples.fill(Number.NaN, from, to);
  const { all, beats, gaps, qrs } = listen(samples, 360);
  expect(gaps).toEqual([{ type: "gap", from, to, decidedAt: to }]);
  const before = beats.filter(({ sample }) => sample < from);
  const behind = beats.filter(({ sample }) => sample >= to);
  const last = before[before.length - 1];
  expect(before.map(({ sample }) => sample)).toEqual(qrs.map(({ sample }) => sample).filter((sample) => sample < from));
  expect(last.sample / 360).toBeCloseTo(12.5, 1);
  expect(last.decidedAt).toBe(from + 36);
  expect(featureOf(last, "nextKnown")).toBe(0);
  expect(all.indexOf(last)).toBeLessThan(all.indexOf(gaps[0]));
  expect(behind[0].rrMs).toBeNull();
  expect(behind[0].heartRateBpm).toBeNull();
  expect(featureOf(behind[0], "rrKnown")).toBe(0);
  expect(featureOf(behind[0], "rr80")).toBe(0);
  expect(featureOf(behind[1], "previousKnown")).toBe(0);
  expect(featureOf(behind[2], "previousKnown")).toBe(1);
  expect(behind[1].rrMs).toBeGreaterThan(0);
});

test("up to 100 ms are bridged: no gap, and the same beats", () => {
  const samples = bumpEcg(30, 360, regularBeats(30, 0.8));
  const whole = listen(samples, 360).beats;
  samples.fill(Number.NaN, 12.2 * 360, 12.2 * 360 + 36);
  const bridged = listen(samples, 360);
  expect(bridged.gaps).toEqual([]);
  expect(bridged.beats.map(({ sample }) => sample)).toEqual(whole.map(({ sample }) => sample));
});

test("the end gives out the last beats and an open gap", () => {
  const chain = createSignalChain({ inputRateHz: 360 });
  const samples = bumpEcg(10, 360, [...regularBeats(9, 0.8), { atSeconds: 9.7 }]);
  const heard = sorted([]);
  chain.push(samples, samples.length, (event) => heard.all.push(event));
  const before = sorted(heard.all).beats.length;
  chain.end((event) => heard.all.push(event));
  const { beats, qrs } = sorted(heard.all);
  expect(before).toBeLessThan(beats.length);
  expect(beats).toHaveLength(qrs.length);
  expect(beats[beats.length - 1].sample / 360).toBeCloseTo(9.7, 1);

  const cut = listen(Float32Array.from([...samples, ...Array.from({ length: 100 }, () => Number.NaN)]), 360);
  expect(cut.gaps).toEqual([{ type: "gap", from: samples.length, to: samples.length + 100, decidedAt: 3699 }]);
});

test("a chain that is pushed to while another one gives out its events changes nothing in it", () => {
  const samples = bumpEcg(20, 360, regularBeats(20, 0.8));
  const [outer, inner] = [createSignalChain({ inputRateHz: 360 }), createSignalChain({ inputRateHz: 250 })];
  const heard = sorted([]);
  outer.push(samples, samples.length, (event) => {
    heard.all.push(event);
    inner.push(samples.subarray(1000), 300, () => {});
  });
  outer.end((event) => heard.all.push(event));
  expect(heard.all).toEqual(listen(samples, 360).all);
});

test("a snapshot of another rate, another version, cut off or too long is refused and changes nothing", () => {
  const samples = bumpEcg(10, 360, regularBeats(10, 0.8));
  const chain = createSignalChain({ inputRateHz: 360 });
  chain.push(samples, 2000, () => {});
  const bytes = chain.snapshot();
  const refused = expect.objectContaining({ code: "BAD_SNAPSHOT" });
  expect(() => createSignalChain({ inputRateHz: 250 }).restore(bytes)).toThrow(refused);
  expect(() => chain.restore(bytes.slice(0, -8))).toThrow(refused);
  expect(() => chain.restore(bytes.slice(0, -3))).toThrow(refused);
  expect(() => chain.restore(Uint8Array.from([...bytes, ...new Uint8Array(8)]))).toThrow(refused);
  const versioned = bytes.slice();
  const view = new DataView(versioned.buffer);
  // Behind the length of the first section.
  view.setFloat64(4, view.getFloat64(4, true) + 1, true);
  expect(() => chain.restore(versioned)).toThrow(refused);
  expect(chain.snapshot()).toEqual(bytes);
});

test.each([0, -360, Number.NaN, Number.POSITIVE_INFINITY])("an input rate of %d Hz is refused", (inputRateHz) => {
  expect(() => createSignalChain({ inputRateHz })).toThrow(expect.objectContaining({ code: "BAD_ARGUMENT" }));
});

test("a snapshot has the signal once: the beat before is told by its place while the signal has it", () => {
  const samples = bumpEcg(60, 360, regularBeats(60, 0.8), 0.02);
  const chain = createSignalChain({ inputRateHz: 360 });
  const restored = (): Uint8Array => {
    const copy = createSignalChain({ inputRateHz: 360 });
    copy.restore(chain.snapshot());
    return copy.snapshot();
  };
  chain.push(samples, samples.length, () => {});
  expect(chain.snapshot().length).toBeLessThan(15_000);
  expect(restored()).toEqual(chain.snapshot());
  // Behind a gap the signal does not have it any more.
  chain.skip(360, () => {});
  chain.push(samples, 360, () => {});
  expect(restored()).toEqual(chain.snapshot());
});
