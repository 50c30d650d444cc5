import { expect, test } from "vitest";
import { type Burst, BURSTS, burstSeconds, playBurst } from "./bursts.ts";

const RATE = 48_000;
const AT = 0.25;
/** Shorter than the shortest gap, longer than half a period of the lowest tone. */
const WINDOW = 0.004;

async function rendered(burst: Burst): Promise<Float32Array> {
  const context = new OfflineAudioContext(1, Math.ceil((AT + burstSeconds(burst) + 0.25) * RATE), RATE);
  playBurst(context, burst, AT);
  return (await context.startRendering()).getChannelData(0);
}

/** Begins and ends of what is louder than a tenth of the loudest, s. */
function pulsesIn(samples: Float32Array): { begin: number; end: number }[] {
  const step = WINDOW * RATE;
  const peaks = Array.from({ length: Math.floor(samples.length / step) }, (_, index) =>
    Math.max(...samples.subarray(index * step, (index + 1) * step).map(Math.abs)),
  );
  const limit = 0.1 * Math.max(...peaks);
  const pulses: { begin: number; end: number }[] = [];
  peaks.forEach((peak, index) => {
    const at = index * WINDOW;
    const last = pulses.at(-1);
    if (peak < limit) return;
    if (last && at - last.end < WINDOW / 2) last.end = at + WINDOW;
    else pulses.push({ begin: at, end: at + WINDOW });
  });
  return pulses;
}

const gapsOf = (pulses: { begin: number; end: number }[]): number[] =>
  pulses.slice(1).map(({ begin }, index) => begin - pulses[index].end);

const within = (value: number, [from, to]: readonly [number, number]): void => {
  expect(value).toBeGreaterThan(from - 0.012);
  expect(value).toBeLessThan(to + 0.012);
};

/** Of table 3: what lies between two pulses, s. */
const X = [0.05, 0.125] as const;
const Y = [0.125, 0.25] as const;
const MIDDLE = [0.35, 1.3] as const;
const holeOf = ({ pulse }: Burst) => [2 * X[0] + pulse, 2 * X[1] + pulse] as const;
const FIVE = [X, X, holeOf(BURSTS.high), X];

test.each([
  ["high", [...FIVE, MIDDLE, ...FIVE], [0.075, 0.2], [2.5, 15]],
  ["medium", [Y, Y], [0.125, 0.25], [2.5, 30]],
  ["low", [Y], [0.125, 0.25], [15, Infinity]],
] as const)("a burst of %s priority has its pulses and gaps", async (priority, gaps, duration, between) => {
  const burst = BURSTS[priority];
  const pulses = pulsesIn(await rendered(burst));
  expect(pulses).toHaveLength(gaps.length + 1);
  within(pulses[0].begin, [AT, AT + 0.02]);
  for (const { begin, end } of pulses) within(end - begin, duration);
  gapsOf(pulses).forEach((gap, index) => within(gap, gaps[index]));
  within(burst.between, between);
});

test.each(["high", "medium", "low"] as const)(
  "pulses of %s priority rise and fall, and do not clip",
  async (priority) => {
    const burst = BURSTS[priority];
    const samples = await rendered(burst);
    const peak = (from: number, to: number): number =>
      Math.max(...samples.subarray(Math.round((AT + from) * RATE), Math.round((AT + to) * RATE)).map(Math.abs));
    const loudest = peak(0, burst.pulse);
    expect(loudest).toBeGreaterThan(0.2);
    expect(loudest).toBeLessThan(1);
    expect(peak(0, 0.01 * burst.pulse)).toBeLessThan(0.1 * loudest);
    expect(peak(0.1 * burst.pulse, 0.4 * burst.pulse)).toBeGreaterThan(0.9 * loudest);
    expect(peak(0.99 * burst.pulse, burst.pulse)).toBeLessThan(0.1 * loudest);
  },
);

test("the tone has four harmonics between 300 and 4000 Hz within 15 dB of its fundamental, which lies in 150 to 1000 Hz", async () => {
  for (const burst of Object.values(BURSTS)) {
    const samples = (await rendered(burst)).subarray(Math.round((AT + 0.3 * burst.pulse) * RATE));
    const count = Math.round(0.4 * burst.pulse * RATE);
    const amplitude = (frequencyHz: number): number => {
      let [re, im] = [0, 0];
      for (let i = 0; i < count; i++) {
        const window = 1 - Math.cos((2 * Math.PI * i) / count);
        re += window * samples[i] * Math.cos((2 * Math.PI * frequencyHz * i) / RATE);
        im += window * samples[i] * Math.sin((2 * Math.PI * frequencyHz * i) / RATE);
      }
      return Math.hypot(re, im);
    };
    const { frequencyHz } = burst;
    expect(frequencyHz).toBeGreaterThan(150);
    expect(frequencyHz).toBeLessThan(1000);
    const near = [2, 3, 4, 5].filter((n) => {
      const decibels = 20 * Math.log10(amplitude(n * frequencyHz) / amplitude(frequencyHz));
      return n * frequencyHz >= 300 && n * frequencyHz <= 4000 && Math.abs(decibels) <= 15;
    });
    expect(near).toHaveLength(4);
  }
});

test("what is cut off is silent", async () => {
  const context = new OfflineAudioContext(1, RATE, RATE);
  playBurst(context, BURSTS.high, 0)();
  const samples = (await context.startRendering()).getChannelData(0);
  expect(samples.every((sample) => sample === 0)).toBe(true);
});
