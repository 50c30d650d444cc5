import { expect, test } from "vitest";
import { createRandom } from "../../../kit/random.ts";
import { spoiltLogit } from "../../gate/gate.ts";
import { GATE_INPUTS } from "../../gate/inputs.ts";
import { leftOutWithoutTensorflow } from "../../../testing/model/tensorflow.ts";
import { loadTensorflow } from "../../tensorflow/load.ts";
import { fitGate } from "./fit-gate.ts";
import type { Readings } from "./readings.ts";

const INPUTS = GATE_INPUTS.length;

/** Spoilt where two inputs have the same sign: no straight line tells them apart. Every tenth is of fate −1, and misleads. */
function readings(count: number, seed: number): Readings {
  const random = createRandom(seed, "gate test");
  const inputs = Float32Array.from({ length: count * INPUTS }, () => 3 + 2 * random.normal());
  const fates = Int8Array.from({ length: count }, (_, row) => {
    if (row % 10 === 0) return -1;
    return Number((inputs[row * INPUTS] - 3) * (inputs[row * INPUTS + 1] - 3) > 0);
  });
  return { count, inputs, fates, ventricular: new Uint8Array(count) };
}

test.skipIf(leftOutWithoutTensorflow("fitting of a gate"))("learns what no straight line tells", () => {
  const gate = fitGate(loadTensorflow(), [readings(20_000, 1), readings(20_000, 2)], 1);
  expect(fitGate(loadTensorflow(), [readings(20_000, 1), readings(20_000, 2)], 1)).toEqual(gate);
  const { inputs, fates } = readings(2000, 3);
  const logit = spoiltLogit(gate);
  const judged = [...fates].flatMap((fate, row) =>
    fate < 0 ? [] : [logit(inputs, row * INPUTS) > 0 === (fate === 1)],
  );
  expect(judged.filter(Boolean).length / judged.length).toBeGreaterThan(0.9);
});
