/** Millivolts in one unit of each multiple of the volt, by its prefix in lower case. */
const MILLIVOLTS_IN = new Map([
  ["k", 1e6],
  ["kilo", 1e6],
  ["", 1000],
  ["m", 1],
  ["milli", 1],
  ["μ", 1e-3],
  ["u", 1e-3],
  ["mc", 1e-3],
  ["micro", 1e-3],
  ["n", 1e-6],
  ["nano", 1e-6],
  ["p", 1e-9],
  ["pico", 1e-9],
]);

const VOLTAGE = /^(\p{L}*?)[ _-]?(?:v|volts?)$/u;

/**
 * Millivolts in one `unit`, null where it is no voltage (mmHg, NU, Ohm, …). Units are spelt in many ways: v, mV, MV, uV, µV with
 * the micro sign or the Greek letter, microvolt. A missing unit is mV, as in WFDB header(5).
 */
export function millivoltsIn(unit: string): number | null {
  if (unit === "mV") return 1;
  // NFKC makes the micro sign U+00B5 the Greek letter U+03BC.
  const spelt = unit.normalize("NFKC").trim().toLowerCase();
  if (spelt === "") return 1;
  const match = VOLTAGE.exec(spelt);
  return match ? (MILLIVOLTS_IN.get(match[1]) ?? null) : null;
}
