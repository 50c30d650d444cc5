import type { Random } from "../../../kit/random.ts";

/** When the next beat comes and what it is, for a heart whose usual interval is 1. */
export interface PlannedBeat {
  /** Interval before the beat, against the bed's usual one. */
  readonly ratio: number;
  /** A beat of the rhythm itself (N), a supraventricular (S) or a ventricular (V) ectopic one. */
  readonly origin: "N" | "S" | "V";
}

type Rhythm = (random: Random) => Generator<PlannedBeat, void>;

const between = (random: Random, low: number, high: number): number => low + random.uniform() * (high - low);

const n = (ratio: number): PlannedBeat => ({ ratio, origin: "N" });
const s = (ratio: number): PlannedBeat => ({ ratio, origin: "S" });

const v = (ratio: number): PlannedBeat => ({ ratio, origin: "V" });

/** A multiplicative jitter of intervals. */
const jitter = (random: Random, share: number): number => Math.exp(share * random.normal());

/** Sinus rhythm that waxes and wanes with breathing, with early atrial beats here and there. */
function* prematureBeats(random: Random): Generator<PlannedBeat, void> {
  const rate = between(random, 0.75, 1.2);
  const share = between(random, 0.02, 0.25);
  const coupling = between(random, 0.5, 0.85);
  const swing = between(random, 0, 0.12);
  const breath = between(random, 3, 7);
  for (let beat = 0; ; beat++) {
    const sinus = rate * (1 + swing * Math.sin((2 * Math.PI * beat) / breath)) * jitter(random, 0.02);
    if (random.uniform() >= share) yield n(sinus);
    else {
      yield s(rate * coupling * jitter(random, 0.05));
      yield n(rate * between(random, 0.95, 1.35));
    }
  }
}

/** Every second to fourth beat is an early atrial one. */
function* groupedBeats(random: Random): Generator<PlannedBeat, void> {
  const rate = between(random, 0.75, 1.2);
  const group = 1 + Math.floor(3 * random.uniform());
  const coupling = between(random, 0.5, 0.85);
  const pause = between(random, 1, 1.4);
  for (;;) {
    yield n(rate * pause * jitter(random, 0.03));
    for (let beat = 1; beat < group; beat++) yield n(rate * jitter(random, 0.03));
    yield s(rate * coupling * jitter(random, 0.04));
  }
}

/** Runs of atrial tachycardia, entered at once, between sinus beats. */
function* atrialRuns(random: Random): Generator<PlannedBeat, void> {
  const rate = between(random, 0.8, 1.2);
  const fast = between(random, 0.4, 0.7);
  for (;;) {
    for (let beat = 3 + Math.floor(20 * random.uniform()); beat > 0; beat--) yield n(rate * jitter(random, 0.03));
    for (let beat = 2 + Math.floor(14 * random.uniform()); beat > 0; beat--) yield s(fast * jitter(random, 0.04));
    yield n(rate * between(random, 1, 1.8));
  }
}

/** Brady-tachy syndrome: atrial beats are the rule, and slow escapes or sinus beats come after pauses. */
function* bradyTachy(random: Random): Generator<PlannedBeat, void> {
  const atrial = between(random, 0.55, 0.95);
  const pause = between(random, 1.15, 2.2);
  const goOn = between(random, 0.4, 0.9);
  for (;;) {
    yield n(pause * jitter(random, 0.08));
    do yield s(atrial * jitter(random, 0.06));
    while (random.uniform() < goOn);
  }
}

/** Atrial fibrillation: every interval for itself. */
function* fibrillation(random: Random): Generator<PlannedBeat, void> {
  const rate = between(random, 0.5, 1.1);
  const spread = between(random, 0.14, 0.3);
  for (;;) yield n(Math.max(0.35, rate * jitter(random, spread)));
}

/** The sinus node speeds up and slows down over tens of beats. */
function* sinusRamps(random: Random): Generator<PlannedBeat, void> {
  const low = between(random, 0.5, 0.8);
  const high = between(random, 1, 1.35);
  const turn = between(random, 30, 90);
  const swing = between(random, 0, 0.1);
  for (let beat = 0; ; beat++) {
    const slow = (low + high) / 2 + ((high - low) / 2) * Math.cos((2 * Math.PI * beat) / turn);
    yield n(slow * (1 + swing * Math.sin((2 * Math.PI * beat) / 4.5)) * jitter(random, 0.02));
  }
}

/** Sinus rhythm in which beats drop out (Wenckebach, sinus pauses), at times every second one. */
function* droppedBeats(random: Random): Generator<PlannedBeat, void> {
  const rate = between(random, 0.7, 1.1);
  const share = random.uniform() < 0.3 ? 0.5 : between(random, 0.05, 0.3);
  for (;;) yield n(rate * (random.uniform() < share ? between(random, 1.6, 2.1) : 1) * jitter(random, 0.03));
}

/** A rhythm, how often it is drawn, and whether it has P waves. */
interface RhythmKind {
  readonly rhythm: Rhythm;
  readonly weight: number;
  readonly fibrillation: boolean;
}

const KINDS: readonly RhythmKind[] = [
  { rhythm: prematureBeats, weight: 3, fibrillation: false },
  { rhythm: groupedBeats, weight: 1.5, fibrillation: false },
  { rhythm: atrialRuns, weight: 1, fibrillation: false },
  { rhythm: bradyTachy, weight: 2, fibrillation: false },
  { rhythm: fibrillation, weight: 4, fibrillation: true },
  { rhythm: sinusRamps, weight: 1, fibrillation: false },
  { rhythm: droppedBeats, weight: 1, fibrillation: false },
];

/** `rhythm` with ventricular ectopic beats in between, alone or in runs, most of them early. */
function* withVentricularBeats(random: Random, rhythm: Generator<PlannedBeat, void>): Generator<PlannedBeat, void> {
  const share = random.uniform() < 0.3 ? between(random, 0.15, 0.4) : between(random, 0.01, 0.1);
  const goOn = random.uniform() < 0.3 ? between(random, 0.3, 0.8) : 0.05;
  const coupling = between(random, 0.45, 0.95);
  const fast = between(random, 0.4, 0.8);
  for (const beat of rhythm) {
    yield beat;
    if (random.uniform() >= share) continue;
    yield v(coupling * jitter(random, 0.05));
    while (random.uniform() < goOn) yield v(fast * jitter(random, 0.05));
    // Compensated or not; now and then interpolated.
    yield n(random.uniform() < 0.1 ? between(random, 0.5, 0.7) : between(random, 0.95, 1.6));
  }
}

/** A rhythm drawn by weight, with ventricular ectopic beats where the recording `hasVentricular` ones to make them of. */
export function drawRhythm(
  random: Random,
  hasVentricular: boolean,
): { beats: Generator<PlannedBeat, void>; fibrillation: boolean } {
  let left = random.uniform() * KINDS.reduce((sum, { weight }) => sum + weight, 0);
  const { rhythm, fibrillation: flutters } = KINDS.find(({ weight }) => (left -= weight) < 0) ?? KINDS[0];
  const beats = rhythm(random);
  return { beats: hasVentricular ? withVentricularBeats(random, beats) : beats, fibrillation: flutters };
}
