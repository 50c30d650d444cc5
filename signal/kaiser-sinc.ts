/** Zero crossings of the kernel on either side of its centre. */
export const ZERO_CROSSINGS = 5;
/** Table entries between two zero crossings; linear interpolation between them errs by less than 1e-6. */
export const TABLE_STEPS = 1024;
/** 65 dB in the stop band, over a transition of 0.4 of the slower rate (Kaiser 1974: β = 0.1102 (A − 8.7)). */
const BETA = 6.2;

/** Half of a Kaiser-windowed sinc, from its centre (entry 0, value 1) to its end, and one entry of 0 to interpolate to. */
export const kaiserSinc: Float64Array = tabulate();

function tabulate(): Float64Array {
  const steps = ZERO_CROSSINGS * TABLE_STEPS;
  const table = new Float64Array(steps + 2);
  table[0] = 1;
  for (let i = 1; i <= steps; i++) {
    const x = (Math.PI * i) / TABLE_STEPS;
    const window = besselI0(BETA * Math.sqrt(1 - (i / steps) ** 2)) / besselI0(BETA);
    table[i] = (Math.sin(x) / x) * window;
  }
  return table;
}

/** Modified Bessel function of the first kind, order 0, by its power series (Abramowitz & Stegun 9.6.12). */
function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > 1e-16 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
