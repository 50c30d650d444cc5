import { Type, type Static } from "typebox";
import { Compile } from "typebox/compile";
import { BedsideError } from "../../contracts/errors.ts";

const numbers = Type.Array(Type.Number());

/** A gate's file, gate.json: one hidden layer over standardised inputs. */
export const GateWeightsSchema = Type.Object({
  version: Type.Literal(1),
  inputs: Type.Array(Type.String(), { description: "names, as GATE_INPUTS" }),
  mean: numbers,
  deviation: Type.Array(Type.Number({ exclusiveMinimum: 0 })),
  hidden: Type.Object({ weights: Type.Array(numbers, { description: "a row a unit" }), bias: numbers }),
  output: Type.Object({ weights: numbers, bias: Type.Number() }),
});
export type GateWeights = Static<typeof GateWeightsSchema>;

const validator = Compile(GateWeightsSchema);
const REMEDY = "restore the folder from version control or run npm run train";

/** Reads gate.json. Throws BAD_MODEL naming `file` and the remedy when it is not a gate's, or its numbers don't fit together. */
export function parseGate(bytes: Uint8Array, file: string): GateWeights {
  const refuse = (what: string): never => {
    throw new BedsideError("BAD_MODEL", `${file} ${what}: ${REMEDY}`);
  };
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return refuse("is not JSON");
  }
  if (!validator.Check(value)) {
    const [first] = validator.Errors(value);
    return refuse(`${first.instancePath} ${first.message}`);
  }
  const { inputs, mean, deviation, hidden, output } = value;
  const fits =
    mean.length === inputs.length &&
    deviation.length === inputs.length &&
    hidden.weights.every((row) => row.length === inputs.length) &&
    hidden.bias.length === hidden.weights.length &&
    output.weights.length === hidden.weights.length;
  return fits ? value : refuse("has layers that do not fit together");
}
