import fc from "fast-check";
import { expect, test } from "vitest";
import { createSignalChain } from "./chain.ts";
import type { ChainEvent, SignalChain } from "./events.ts";
import { bumpEcg, whiteNoise, WIDE } from "../testing/signal/bump-ecg.ts";
import { listen } from "../testing/signal/listen.ts";

const SECONDS = 16;

/** An irregular rhythm with wide beats and bursts of noise, from `seed`, with runs of missing samples. */
const signal = fc
  .record({
    rate: fc.constantFrom(128, 200, 257.5, 360),
    seed: fc.integer({ min: 1, max: 1000 }),
    holes: fc.array(fc.record({ at: fc.nat(SECONDS * 1000), ms: fc.oneof(fc.nat(140), fc.nat(3000)) }), {
      maxLength: 4,
    }),
  })
  .map(({ rate, seed, holes }) => {
    const random = whiteNoise(seed);
    const beats = [];
    for (let at = 0.4; at < SECONDS; at += Math.max(0.35, 0.8 + 0.2 * random())) {
      beats.push(random() > 1 ? { atSeconds: at, waves: WIDE } : { atSeconds: at });
    }
    const samples = bumpEcg(SECONDS, rate, beats, 0.02);
    for (let i = Math.round(8 * rate); i < 9 * rate; i++) samples[i] += 0.4 * random();
    for (const { at, ms } of holes) {
      samples.fill(Number.NaN, Math.round((at / 1000) * rate), Math.round(((at + ms) / 1000) * rate));
    }
    return { rate, samples };
  });

const RUNS = { numRuns: 40 };

test("cut into any chunks, the events are the same", () => {
  fc.assert(
    fc.property(signal, fc.array(fc.nat(700), { minLength: 1, maxLength: 20 }), ({ rate, samples }, sizes) => {
      const chain = createSignalChain({ inputRateHz: rate });
      const heard: ChainEvent[] = [];
      const emit = (event: ChainEvent): void => void heard.push(event);
      for (let at = 0, i = 0; at < samples.length; i++) {
        const count = Math.min(samples.length - at, sizes[i % sizes.length] + (i % 2));
        chain.push(samples.subarray(at), count, emit);
        at += count;
      }
      chain.end(emit);
      expect(heard).toEqual(listen(samples, rate).all);
    }),
    RUNS,
  );
});

test("restored from a snapshot at any sample, a chain goes on identically", () => {
  fc.assert(
    fc.property(signal, fc.double({ min: 0, max: 1, noNaN: true }), ({ rate, samples }, share) => {
      const cut = Math.floor(share * samples.length);
      const first = createSignalChain({ inputRateHz: rate });
      first.push(samples, cut, () => {});
      const bytes = first.snapshot();
      const second = createSignalChain({ inputRateHz: rate });
      second.push(samples.subarray(100), 1000, () => {});
      second.restore(bytes);
      expect(Buffer.compare(second.snapshot(), bytes)).toBe(0);
      expect(rest(second, samples.subarray(cut))).toEqual(rest(first, samples.subarray(cut)));
    }),
    RUNS,
  );
});

test("samples skipped are samples of NaN", () => {
  fc.assert(
    fc.property(signal, ({ rate, samples }) => {
      const chain = createSignalChain({ inputRateHz: rate });
      const heard: ChainEvent[] = [];
      const emit = (event: ChainEvent): void => void heard.push(event);
      for (let at = 0; at < samples.length;) {
        let end = at;
        while (end < samples.length && Number.isNaN(samples[end]) === Number.isNaN(samples[at])) end++;
        if (Number.isNaN(samples[at])) chain.skip(end - at, emit);
        else chain.push(samples.subarray(at, end), end - at, emit);
        at = end;
      }
      chain.end(emit);
      expect(heard).toEqual(listen(samples, rate).all);
    }),
    RUNS,
  );
});

test("events come in order of decision, each RR joins two R peaks, nothing is NaN", () => {
  fc.assert(
    fc.property(signal, ({ rate, samples }) => {
      const { all, qrs, beats } = listen(samples, rate);
      for (let i = 1; i < all.length; i++) expect(all[i].decidedAt).toBeGreaterThanOrEqual(all[i - 1].decidedAt);
      expect(beats.map(({ sample, rrMs }) => [sample, rrMs])).toEqual(qrs.map(({ sample, rrMs }) => [sample, rrMs]));
      qrs.forEach(({ sample, rrMs }, i) => {
        if (rrMs !== null) expect(rrMs).toBeCloseTo(((sample - qrs[i - 1].sample) / rate) * 1000, 6);
      });
      for (const { window, features, signalQuality } of beats) {
        expect([...window, ...features].every(Number.isFinite)).toBe(true);
        expect(features.every((value) => Math.abs(value) <= 3)).toBe(true);
        expect(signalQuality).toBeGreaterThanOrEqual(0);
        expect(signalQuality).toBeLessThanOrEqual(1);
      }
    }),
    RUNS,
  );
});

function rest(chain: SignalChain, samples: Float32Array): ChainEvent[] {
  const heard: ChainEvent[] = [];
  chain.push(samples, samples.length, (event) => heard.push(event));
  chain.end((event) => heard.push(event));
  return heard;
}
