import { rPolarity, wavesAt } from "./morphology.ts";
import { RR_SPECTRUM } from "./rr-process.ts";
import type { ScheduledBeat } from "./schedule.ts";

/** The clean signal of both projections, mV, and the sample of each beat's extremum in the limb lead. */
export interface DynamicsResult {
  readonly limb: Float32Array;
  readonly chest: Float32Array;
  readonly peaks: Int32Array;
}

/** Steps of the integration per second, at least. */
const LEAST_STEP_RATE_HZ = 250;
/**
 * A Gaussian event is left out further than this many standard deviations from its centre (below 4e-6 of its height).
 */
const REACH = 5;
/** The extremum is looked for this far from the R event. */
const PEAK_SEARCH_S = 0.05;

/**
 * The dynamical model of McSharry et al. 2003, eq. 1, with one z for each of two leads (as Sameni et al. 2007 project a
 * dipole):
 *
 *   ẋ = αx − ωy, ẏ = αy + ωx, α = 1 − √(x² + y²)
 *   ż = −Σ Aᵢ (ω / bᵢ²) Δθᵢ exp(−Δθᵢ² / 2bᵢ²) − (z − z₀(t)), z₀ = A sin(2π f₂ t)
 *
 * With the factor ω/bᵢ², Aᵢ is the event's height in mV whatever the rate. ω = 2π / RR is constant from one R peak to
 * the next, and R peaks fall on integration steps, so that θ does not drift away from the beats. An event keeps its
 * time and duration when a single interval is short or long: its angle and width are ω times those (a pause does not
 * stretch the T wave before it). Integrated by the classical Runge-Kutta method of fourth order.
 */
export function integrate(
  beats: readonly ScheduledBeat[],
  length: number,
  samplingRateHz: number,
  wanderMv: number,
): DynamicsResult {
  const stepsPerSample = Math.ceil(LEAST_STEP_RATE_HZ / samplingRateHz);
  const h = 1 / (samplingRateHz * stepsPerSample);
  const limb = new Float32Array(length);
  const chest = new Float32Array(length);
  const steps = length * stepsPerSample;

  const turns = turnsOf(beats, steps, h);
  const state = new Float64Array(4);
  state[0] = Math.cos(-turns[0] * h * omegaOf(turns, 0, h));
  state[1] = Math.sin(-turns[0] * h * omegaOf(turns, 0, h));

  let step = 0;
  for (let turn = 0; turn + 1 < turns.length; turn++) {
    const field = createField(beats, turn, turns[turn] * h, omegaOf(turns, turn, h), wanderMv);
    for (const until = Math.min(turns[turn + 1], steps); step < until; step++) {
      if (step % stepsPerSample === 0) {
        limb[step / stepsPerSample] = state[2];
        chest[step / stepsPerSample] = state[3];
      }
      rungeKutta(field, state, step * h, h);
    }
  }
  return { limb, chest, peaks: findPeaks(beats, limb, samplingRateHz) };
}

/** Steps at which θ passes 0: turn k lies between beats k − 1 and k; one turn more at either end of the record. */
function turnsOf(beats: readonly ScheduledBeat[], steps: number, h: number): number[] {
  const rSteps = beats.map(({ timeS }) => Math.round(timeS / h));
  const second = Math.round(1 / h);
  return [Math.min(0, (rSteps[0] ?? 0) - second), ...rSteps, Math.max(steps, rSteps.at(-1) ?? 0) + second];
}

const omegaOf = (turns: readonly number[], turn: number, h: number): number =>
  (2 * Math.PI) / ((turns[turn + 1] - turns[turn]) * h);

/** Time derivative of (x, y, z limb, z chest) at `time` s, written to `out`. */
type Field = (state: Float64Array, time: number, out: Float64Array) => void;

/** The model's equations within one turn, which began at `from` s. */
function createField(
  beats: readonly ScheduledBeat[],
  turn: number,
  from: number,
  omega: number,
  wanderMv: number,
): Field {
  const events = beats.slice(Math.max(0, turn - 2), turn + 2).flatMap(({ timeS, form, bpm, amplitude }) =>
    wavesAt(form, bpm).map(({ shiftS, widthS, limbMv, chestMv }) => {
      const width = omega * widthS;
      const scale = (amplitude * omega) / width ** 2;
      return { angle: omega * (timeS - from + shiftS), width, limb: scale * limbMv, chest: scale * chestMv };
    }),
  );
  const breathing = 2 * Math.PI * RR_SPECTRUM.high.centreHz;

  return (state, time, out) => {
    const x = state[0];
    const y = state[1];
    const alpha = 1 - Math.sqrt(x * x + y * y);
    const expected = omega * (time - from);
    const principal = Math.atan2(y, x);
    const theta = principal + 2 * Math.PI * Math.round((expected - principal) / (2 * Math.PI));
    const baseline = wanderMv * Math.sin(breathing * time);
    let limbSlope = baseline - state[2];
    let chestSlope = baseline - state[3];
    for (const event of events) {
      const delta = theta - event.angle;
      if (Math.abs(delta) > REACH * event.width) continue;
      const gaussian = delta * Math.exp(-(delta * delta) / (2 * event.width * event.width));
      limbSlope -= event.limb * gaussian;
      chestSlope -= event.chest * gaussian;
    }
    out[0] = alpha * x - omega * y;
    out[1] = alpha * y + omega * x;
    out[2] = limbSlope;
    out[3] = chestSlope;
  };
}

/** Scratch of a step. */
const SLOPES = Array.from({ length: 4 }, () => new Float64Array(4));
const MIDWAY = new Float64Array(4);

/** One step of length `h` s, in place. */
function rungeKutta(field: Field, state: Float64Array, time: number, h: number): void {
  const [k1, k2, k3, k4] = SLOPES;
  field(state, time, k1);
  for (let i = 0; i < 4; i++) MIDWAY[i] = state[i] + (h / 2) * k1[i];
  field(MIDWAY, time + h / 2, k2);
  for (let i = 0; i < 4; i++) MIDWAY[i] = state[i] + (h / 2) * k2[i];
  field(MIDWAY, time + h / 2, k3);
  for (let i = 0; i < 4; i++) MIDWAY[i] = state[i] + h * k3[i];
  field(MIDWAY, time + h, k4);
  for (let i = 0; i < 4; i++) state[i] += (h / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
}

function findPeaks(beats: readonly ScheduledBeat[], limb: Float32Array, samplingRateHz: number): Int32Array {
  const reach = Math.round(PEAK_SEARCH_S * samplingRateHz);
  return Int32Array.from(beats, ({ timeS, form }) => {
    const polarity = rPolarity(form);
    const centre = Math.round(timeS * samplingRateHz);
    let best = Math.min(centre, limb.length - 1);
    for (let at = Math.max(0, centre - reach); at <= Math.min(limb.length - 1, centre + reach); at++) {
      if (polarity * limb[at] > polarity * limb[best]) best = at;
    }
    return best;
  });
}
