import { floatsOf, openSession, rowsTensor } from "../../engines/session.ts";
import { ROW_LENGTH, type RowClassifier, type RowModelInfo } from "../classifier.ts";

/** The row classifier on onnxruntime with `threads` threads. Throws BAD_MODEL when the graph is none. */
export async function createOnnxRowClassifier(
  info: Omit<RowModelInfo, "engine">,
  graph: Uint8Array,
  threads: number,
): Promise<RowClassifier> {
  const session = await openSession("row", graph, threads);
  return {
    info: { ...info, engine: "onnx" },
    async classify(rows, count) {
      const { probabilities } = await session.run({ rows: rowsTensor(rows, count, ROW_LENGTH) });
      return floatsOf(probabilities);
    },
    close: () => session.release(),
  };
}
