import { BedsideError } from "../../contracts/errors.ts";
import { GATE_INPUTS, gateInputs, type Reading } from "./inputs.ts";
import type { GateWeights } from "./weights.ts";

/** Judges whether a beat's reading can be relied on. */
export interface Gate {
  /**
   * 0 to 1: how far noise has left the reading alone. Below QUALITY_POLICY.gatedReading the beat is rejected (class Q). No chance in the
   * strict sense: errors with V weigh more.
   */
  readingQuality(reading: Reading): number;
}

/**
 * A reject option beside the classifier (C. K. Chow, "On optimum recognition error and reject tradeoff", IEEE Trans. Inf.
 * Theory 16(1), 1970), learned from noisy copies of recordings: of a beat that is read right in the clean recording and wrong
 * in the copy, noise has spoilt the reading. Signal quality alone can't say that: much of the noise that spoils a P wave
 * leaves the QRS as it is. Throws BAD_MODEL when the weights are for other inputs.
 */
export function createGate(weights: GateWeights, file: string): Gate {
  if (weights.inputs.join() !== GATE_INPUTS.join()) {
    throw new BedsideError(
      "BAD_MODEL",
      `${file} was made for another signal chain: restore it from version control or run npm run train`,
    );
  }
  const spoilt = spoiltLogit(weights);
  const values = new Float64Array(GATE_INPUTS.length);
  return {
    readingQuality(reading) {
      gateInputs(reading, values);
      return 1 / (1 + Math.exp(spoilt(values, 0)));
    },
  };
}

/** The network: of GATE_INPUTS from an index on, the logit of the reading's being spoilt, 0 at the threshold. */
export function spoiltLogit({
  mean,
  deviation,
  hidden,
  output,
}: GateWeights): (inputs: ArrayLike<number>, at: number) => number {
  const count = mean.length;
  const kernel = Float64Array.from(hidden.weights.flat());
  const standard = new Float64Array(count);
  return (inputs, at) => {
    for (let i = 0; i < count; i++) standard[i] = (inputs[at + i] - mean[i]) / deviation[i];
    let logit = output.bias;
    for (let unit = 0; unit < hidden.bias.length; unit++) {
      let sum = hidden.bias[unit];
      for (let i = 0; i < count; i++) sum += kernel[unit * count + i] * standard[i];
      if (sum > 0) logit += output.weights[unit] * sum;
    }
    return logit;
  };
}
