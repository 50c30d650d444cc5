import { InferenceSession, Tensor } from "onnxruntime-node";
import { BedsideError } from "../../contracts/errors.ts";
import type { Classifier, ModelInfo, StepResult } from "../classifier.ts";
import { fuseGraphs } from "../onnx/fuse.ts";

/** The two graphs as the bytes of their ONNX files. */
export interface OnnxGraphs {
  readonly encode: Uint8Array;
  readonly step: Uint8Array;
}

/** One thread, no spinning: a worker scales by processes, and its beats come in small batches. */
const OPTIONS: InferenceSession.SessionOptions = {
  executionProviders: ["cpu"],
  executionMode: "sequential",
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
  extra: { session: { intra_op: { allow_spinning: "0" }, inter_op: { allow_spinning: "0" } } },
};

/** The classifier on onnxruntime. Throws BAD_MODEL when the graphs are none. */
export async function createOnnxClassifier(info: Omit<ModelInfo, "engine">, graphs: OnnxGraphs): Promise<Classifier> {
  const [encode, step] = await Promise.all([openSession("encode", graphs.encode), openSession("step", graphs.step)]);
  const beat = await openSession("beat", fuseGraphs(graphs.encode, graphs.step));
  const rows = (data: Float32Array, count: number, width: number): Tensor =>
    new Tensor("float32", data.subarray(0, count * width), [count, width]);

  return {
    info: { ...info, engine: "onnx" },
    async encode(windows: Float32Array, count: number): Promise<Float32Array> {
      const { embeddings } = await encode.run({ windows: rows(windows, count, info.windowLength) });
      return floatsOf(embeddings);
    },
    async step(embeddings, features, state, count): Promise<StepResult> {
      const result = await step.run({
        embeddings: rows(embeddings, count, info.embeddingSize),
        features: rows(features, count, info.featureCount),
        state: rows(state, count, info.stateSize),
      });
      return stepResult(result);
    },
    async beat(windows, features, state, count): Promise<StepResult> {
      const result = await beat.run({
        windows: rows(windows, count, info.windowLength),
        features: rows(features, count, info.featureCount),
        state: rows(state, count, info.stateSize),
      });
      return stepResult(result);
    },
    async close(): Promise<void> {
      await Promise.all([encode.release(), step.release(), beat.release()]);
    },
  };
}

async function openSession(name: string, bytes: Uint8Array): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(bytes, OPTIONS);
  } catch (cause) {
    throw new BedsideError("BAD_MODEL", `onnxruntime does not take the ${name} graph: ${String(cause)}`, { cause });
  }
}

const stepResult = ({ probabilities, nextState }: InferenceSession.OnnxValueMapType): StepResult => ({
  probabilities: floatsOf(probabilities),
  state: floatsOf(nextState),
});

function floatsOf(tensor: InferenceSession.OnnxValueMapType[string]): Float32Array {
  if (tensor.type === "float32" && tensor.data instanceof Float32Array) return tensor.data;
  throw new BedsideError("BAD_MODEL", `a graph's output is ${tensor.type}, not float32`);
}
