import type { Priority } from "../../contracts/condition.ts";

/** A burst of one priority. Times in seconds, frequency in Hz. */
export interface Burst {
  readonly frequencyHz: number;
  /** Effective pulse duration, t_d. */
  readonly pulse: number;
  /** From a pulse's end to the next one's begin, t_s, one fewer than there are pulses. */
  readonly gaps: readonly number[];
  /** From a burst's end to the next one's begin, t_b. */
  readonly between: number;
}

const HIGH = { pulse: 0.15, x: 0.1, middle: 0.6 };
const MEDIUM = { pulse: 0.2, y: 0.2 };
/** Where a fourth pulse of the same rhythm would stand, the high burst has a hole: 2x + t_d. */
const HOLE = 2 * HIGH.x + HIGH.pulse;
const FIVE = [HIGH.x, HIGH.x, HOLE, HIGH.x];

/**
 * After IEC 60601-1-8:2006, table 3 (bursts: 10, 3 and 1 or 2 pulses; x 50 to 125 ms, y 125 to 250 ms, 0.35 to 1.3 s between the fifth and sixth pulse,
 * t_b 2.5 to 15 s, 2.5 to 30 s and more than 15 s) and table 4 (pulses: 150 to 1000 Hz, t_d 75 to 200 ms of high and 125 to 250 ms of the others).
 * The most urgent is the highest and the densest.
 */
export const BURSTS: Readonly<Record<Priority, Burst>> = {
  high: { frequencyHz: 523, pulse: HIGH.pulse, gaps: [...FIVE, HIGH.middle, ...FIVE], between: 5 },
  medium: { frequencyHz: 440, pulse: MEDIUM.pulse, gaps: [MEDIUM.y, MEDIUM.y], between: 12 },
  low: { frequencyHz: 349, pulse: MEDIUM.pulse, gaps: [MEDIUM.y], between: 20 },
};

/** Of the pulse's duration, table 4: 10 to 40 %. */
const RISE = 0.2;
const FALL = 0.2;
/** Amplitudes of the fundamental and its harmonics: four of them lie in 300 to 4000 Hz, within 15 dB of it (table 4). */
const HARMONICS = [0, 1, 0.7, 0.5, 0.4, 0.3];
/** Five partials in phase stay below full scale. */
const LOUDNESS = 0.3;

export const burstSeconds = ({ pulse, gaps }: Burst): number => gaps.reduce((sum, gap) => sum + gap + pulse, pulse);

/** Begins of a burst's pulses, seconds from its own. */
function pulseBegins({ pulse, gaps }: Burst): number[] {
  const begins = [0];
  for (const gap of gaps) begins.push(begins[begins.length - 1] + pulse + gap);
  return begins;
}

/** Lays a burst into a context's time, from `at` seconds on. Returns how to cut it off. */
export function playBurst(context: BaseAudioContext, burst: Burst, at: number): () => void {
  const imaginary = Float32Array.from(HARMONICS);
  const oscillator = context.createOscillator();
  oscillator.setPeriodicWave(context.createPeriodicWave(new Float32Array(imaginary.length), imaginary));
  oscillator.frequency.value = burst.frequencyHz;
  const envelope = context.createGain();
  envelope.gain.setValueAtTime(0, at);
  for (const begin of pulseBegins(burst)) {
    const from = at + begin;
    const to = from + burst.pulse;
    envelope.gain.setValueAtTime(0, from);
    envelope.gain.linearRampToValueAtTime(LOUDNESS, from + RISE * burst.pulse);
    envelope.gain.setValueAtTime(LOUDNESS, to - FALL * burst.pulse);
    envelope.gain.linearRampToValueAtTime(0, to);
  }
  oscillator.connect(envelope).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + burstSeconds(burst));
  return () => oscillator.disconnect();
}
