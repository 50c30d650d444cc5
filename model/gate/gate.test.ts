import { expect, test } from "vitest";
import { FEATURE_NAMES } from "../../signal/beat/features.ts";
import { NOISE_MEASURES } from "../../signal/quality/measures.ts";
import { createGate, spoiltLogit } from "./gate.ts";
import { GATE_INPUTS } from "./inputs.ts";
import { type GateWeights, parseGate } from "./weights.ts";

/** Two units that look at one input each, by name. */
function gateOf(first: string, second: string): GateWeights {
  const row = (name: string): number[] => GATE_INPUTS.map((input) => Number(input === name));
  return {
    version: 1,
    inputs: [...GATE_INPUTS],
    mean: GATE_INPUTS.map(() => 1),
    deviation: GATE_INPUTS.map(() => 2),
    hidden: { weights: [row(first), row(second)], bias: [0, -1] },
    output: { weights: [3, -2], bias: 0.5 },
  };
}

test("standardises, rectifies, sums", () => {
  const gate = gateOf(GATE_INPUTS[0], GATE_INPUTS[1]);
  const inputs = GATE_INPUTS.map((_, i) => [5, 7][i] ?? 100);
  // Units: (5 − 1) / 2 = 2 and (7 − 1) / 2 − 1 = 2.
  expect(spoiltLogit(gate)([-1, ...inputs], 1)).toBeCloseTo(0.5 + 3 * 2 - 2 * 2, 12);
  inputs[0] = -5;
  expect(spoiltLogit(gate)(inputs, 0)).toBeCloseTo(0.5 - 2 * 2, 12);
});

test("every kind of input comes from its place", () => {
  const noise = new Float32Array(NOISE_MEASURES.length).fill(1);
  const features = new Float32Array(FEATURE_NAMES.length).fill(1);
  const reading = { noise, features, probabilities: Float32Array.of(0.25, 0.25, 0.25, 0.25) };
  const quality = (name: string): number => createGate(gateOf(name, name), "gate.json").readingQuality(reading);
  const rest = quality("qrsLikeness");
  expect(rest).toBeCloseTo(1 / (1 + Math.exp(0.5)), 12);
  features[FEATURE_NAMES.indexOf("qrsLikeness")] = 3;
  expect(quality("qrsLikeness")).toBeCloseTo(1 / (1 + Math.exp(0.5 + 3)), 12);
  noise[noise.length - 1] = 3;
  expect(quality("range, window")).toBeCloseTo(1 / (1 + Math.exp(0.5 + 3)), 12);
  const low = (name: string): GateWeights => ({ ...gateOf(name, name), mean: GATE_INPUTS.map(() => -20) });
  reading.probabilities[2] = 1;
  const [likely, unlikely] = ["V", "N"].map((name) =>
    createGate(low(`log probability of ${name}`), "").readingQuality(reading),
  );
  expect(likely).toBeLessThan(unlikely);
});

test("refuses what is no gate, with file and remedy", () => {
  const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  const good = gateOf("qrsLikeness", "qrsLikeness");
  expect(parseGate(bytes(good), "gate.json")).toEqual(good);
  const cases: [Uint8Array, RegExp][] = [
    [new TextEncoder().encode("{"), /is not JSON/],
    [bytes({ ...good, deviation: good.deviation.map(() => 0) }), /\/deviation\/0/],
    [bytes({ ...good, mean: good.mean.slice(1) }), /do not fit together/],
    [bytes({ ...good, hidden: { ...good.hidden, bias: [0] } }), /do not fit together/],
  ];
  for (const [file, what] of cases) expect(() => parseGate(file, "m/gate.json")).toThrow(what);
  for (const [file] of cases) expect(() => parseGate(file, "m/gate.json")).toThrow(/m\/gate\.json .*npm run train/);
  expect(() => createGate({ ...good, inputs: good.inputs.toReversed() }, "m/gate.json")).toThrow(
    /m\/gate\.json was made for another signal chain/,
  );
});
