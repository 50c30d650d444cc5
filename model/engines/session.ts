import { InferenceSession, Tensor } from "onnxruntime-node";
import { BedsideError } from "../../contracts/errors.ts";

export type Session = InferenceSession;
export type Results = InferenceSession.OnnxValueMapType;

/**
 * A graph on onnxruntime with `threads` threads a call. Those that wait for the next call do not keep a core busy: a worker
 * scales by processes, and its beats come in small batches. Throws BAD_MODEL, naming `what`, when it is no graph.
 */
export async function openSession(what: string, graph: Uint8Array, threads = 1): Promise<Session> {
  try {
    return await InferenceSession.create(graph, {
      executionProviders: ["cpu"],
      executionMode: "sequential",
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
      extra: { session: { intra_op: { allow_spinning: "0" }, inter_op: { allow_spinning: "0" } } },
    });
  } catch (cause) {
    throw new BedsideError("BAD_MODEL", `onnxruntime does not take the ${what} graph: ${String(cause)}`, { cause });
  }
}

/** The first `count` rows of `width` values. */
export const rowsTensor = (data: Float32Array, count: number, width: number): Tensor =>
  new Tensor("float32", data.subarray(0, count * width), [count, width]);

export function floatsOf(tensor: Results[string]): Float32Array {
  if (tensor.type === "float32" && tensor.data instanceof Float32Array) return tensor.data;
  throw new BedsideError("BAD_MODEL", `a graph's output is ${tensor.type}, not float32`);
}
