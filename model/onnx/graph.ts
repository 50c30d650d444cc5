import onnxProto from "onnx-proto";
import type { WeightArray } from "../network/weights.ts";

const { onnx } = onnxProto;
type NodeProto = InstanceType<typeof onnx.NodeProto>;
type TensorProto = InstanceType<typeof onnx.TensorProto>;

/** The operator set the graphs are written for, and the file format's version that goes with it. */
const OPERATOR_SET = 13;
const IR_VERSION = 7;

/** Whole numbers: no operator used here needs others. */
type Attribute = number | readonly number[];

/** Collects the nodes and constants of one ONNX graph and writes its Protobuf bytes. */
export class GraphBuilder {
  private readonly nodes: NodeProto[] = [];
  private readonly constants: TensorProto[] = [];

  /** Adds a node; returns the names of its outputs, made from `name`. */
  node(name: string, operator: string, inputs: readonly string[], options: NodeOptions = {}): string[] {
    const { attributes = {}, outputs = [name] } = options;
    this.nodes.push(
      onnx.NodeProto.create({
        name,
        opType: operator,
        input: [...inputs],
        output: [...outputs],
        attribute: Object.entries(attributes).map(([key, value]) => attributeOf(key, value)),
      }),
    );
    return [...outputs];
  }

  /** inputs × kernel + bias, its constants named after `layer`; returns the output's name. */
  dense(
    name: string,
    input: string,
    { kernel, bias }: { readonly kernel: WeightArray; readonly bias: WeightArray },
    layer = name,
  ): string[] {
    const constants = [
      this.floats(`${layer}/kernel`, kernel.shape, kernel.data),
      this.floats(`${layer}/bias`, bias.shape, bias.data),
    ];
    return this.node(name, "Gemm", [input, ...constants]);
  }

  /** A float constant of the graph; returns its name. */
  floats(name: string, dims: readonly number[], data: Float32Array): string {
    this.constants.push(
      onnx.TensorProto.create({
        name,
        dims: [...dims],
        dataType: onnx.TensorProto.DataType.FLOAT,
        rawData: new Uint8Array(data.slice().buffer),
      }),
    );
    return name;
  }

  /** An Int64 constant of the graph, one-dimensional; returns its name. */
  integers(name: string, values: readonly number[]): string {
    this.constants.push(
      onnx.TensorProto.create({
        name,
        dims: [values.length],
        dataType: onnx.TensorProto.DataType.INT64,
        rawData: new Uint8Array(BigInt64Array.from(values, BigInt).buffer),
      }),
    );
    return name;
  }

  /** The model's bytes; `inputs` and `outputs` map names to the width of their rows, of which there may be any number. */
  bytes(name: string, inputs: Readonly<Record<string, number>>, outputs: Readonly<Record<string, number>>): Uint8Array {
    const model = onnx.ModelProto.create({
      irVersion: IR_VERSION,
      producerName: "bedside",
      opsetImport: [{ domain: "", version: OPERATOR_SET }],
      graph: {
        name,
        node: this.nodes,
        initializer: this.constants,
        input: Object.entries(inputs).map(([key, width]) => rowsOf(key, width)),
        output: Object.entries(outputs).map(([key, width]) => rowsOf(key, width)),
      },
    });
    return onnx.ModelProto.encode(model).finish();
  }
}

interface NodeOptions {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly outputs?: readonly string[];
}

function attributeOf(name: string, value: Attribute): InstanceType<typeof onnx.AttributeProto> {
  const { AttributeType } = onnx.AttributeProto;
  return typeof value === "number"
    ? onnx.AttributeProto.create({ name, type: AttributeType.INT, i: value })
    : onnx.AttributeProto.create({ name, type: AttributeType.INTS, ints: [...value] });
}

function rowsOf(name: string, width: number): InstanceType<typeof onnx.ValueInfoProto> {
  return onnx.ValueInfoProto.create({
    name,
    type: {
      tensorType: {
        elemType: onnx.TensorProto.DataType.FLOAT,
        shape: { dim: [{ dimParam: "count" }, { dimValue: width }] },
      },
    },
  });
}

/** tfjs keeps a convolution's kernel as [width, in, out], ONNX as [out, in, width]. */
export function kernelForOnnx({ shape: [width, inputs, outputs], data }: WeightArray): WeightArray {
  const turned = new Float32Array(data.length);
  for (let k = 0; k < width; k++) {
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) turned[(o * inputs + i) * width + k] = data[(k * inputs + i) * outputs + o];
    }
  }
  return { shape: [outputs, inputs, width], data: turned };
}
