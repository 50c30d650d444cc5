import { InferenceSession, Tensor } from "onnxruntime-node";
import { BedsideError } from "../../../contracts/errors.ts";
import { ROW_LENGTH, type RowClassifier, type RowModelInfo } from "../classifier.ts";

/** The row classifier on onnxruntime with `threads` threads. Throws BAD_MODEL when the graph is none. */
export async function createOnnxRowClassifier(
  info: Omit<RowModelInfo, "engine">,
  graph: Uint8Array,
  threads: number,
): Promise<RowClassifier> {
  const session = await openSession(graph, threads);
  return {
    info: { ...info, engine: "onnx" },
    async classify(rows, count) {
      const input = new Tensor("float32", rows.subarray(0, count * ROW_LENGTH), [count, ROW_LENGTH]);
      const { probabilities } = await session.run({ rows: input });
      if (probabilities.type === "float32" && probabilities.data instanceof Float32Array) return probabilities.data;
      throw new BedsideError("BAD_MODEL", `the row graph's output is ${probabilities.type}, not float32`);
    },
    close: () => session.release(),
  };
}

async function openSession(graph: Uint8Array, threads: number): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(graph, {
      executionProviders: ["cpu"],
      executionMode: "sequential",
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
      // Threads that wait for the next file do not keep a core busy.
      extra: { session: { intra_op: { allow_spinning: "0" }, inter_op: { allow_spinning: "0" } } },
    });
  } catch (cause) {
    throw new BedsideError("BAD_MODEL", `onnxruntime does not take the row graph: ${String(cause)}`, { cause });
  }
}
