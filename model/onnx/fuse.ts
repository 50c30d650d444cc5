import onnxProto from "onnx-proto";

const { onnx } = onnxProto;

/**
 * Two graphs as one, as an ONNX file's bytes: what the first gives out and the second takes in by the same name goes from one
 * to the other and is neither input nor output any more. Their constants and nodes must differ by name.
 */
export function fuseGraphs(first: Uint8Array, second: Uint8Array): Uint8Array {
  const [model, other] = [first, second].map((bytes) => onnx.ModelProto.decode(bytes));
  const [a, b] = [model.graph, other.graph];
  if (!a || !b) throw new Error("an ONNX file without a graph");
  const given = new Set((a.output ?? []).map(({ name }) => name));
  const taken = new Set((b.input ?? []).map(({ name }) => name));
  model.graph = onnx.GraphProto.create({
    name: `${a.name} ${b.name}`,
    node: [...(a.node ?? []), ...(b.node ?? [])],
    initializer: [...(a.initializer ?? []), ...(b.initializer ?? [])],
    input: [...(a.input ?? []), ...(b.input ?? []).filter(({ name }) => !given.has(name))],
    output: [...(a.output ?? []).filter(({ name }) => !taken.has(name)), ...(b.output ?? [])],
  });
  return onnx.ModelProto.encode(model).finish();
}
