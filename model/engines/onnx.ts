import type { Classifier, ModelInfo, StepResult } from "../classifier.ts";
import { fuseGraphs } from "../onnx/fuse.ts";
import { floatsOf, openSession, type Results, rowsTensor } from "./session.ts";

/** The two graphs as the bytes of their ONNX files. */
export interface OnnxGraphs {
  readonly encode: Uint8Array;
  readonly step: Uint8Array;
}

/** The classifier on onnxruntime. Throws BAD_MODEL when the graphs are none. */
export async function createOnnxClassifier(info: Omit<ModelInfo, "engine">, graphs: OnnxGraphs): Promise<Classifier> {
  const [encode, step] = await Promise.all([openSession("encode", graphs.encode), openSession("step", graphs.step)]);
  const beat = await openSession("beat", fuseGraphs(graphs.encode, graphs.step));

  return {
    info: { ...info, engine: "onnx" },
    async encode(windows: Float32Array, count: number): Promise<Float32Array> {
      const { embeddings } = await encode.run({ windows: rowsTensor(windows, count, info.windowLength) });
      return floatsOf(embeddings);
    },
    async step(embeddings, features, state, count): Promise<StepResult> {
      const result = await step.run({
        embeddings: rowsTensor(embeddings, count, info.embeddingSize),
        features: rowsTensor(features, count, info.featureCount),
        state: rowsTensor(state, count, info.stateSize),
      });
      return stepResult(result);
    },
    async beat(windows, features, state, count): Promise<StepResult> {
      const result = await beat.run({
        windows: rowsTensor(windows, count, info.windowLength),
        features: rowsTensor(features, count, info.featureCount),
        state: rowsTensor(state, count, info.stateSize),
      });
      return stepResult(result);
    },
    async close(): Promise<void> {
      await Promise.all([encode.release(), step.release(), beat.release()]);
    },
  };
}

const stepResult = ({ probabilities, nextState }: Results): StepResult => ({
  probabilities: floatsOf(probabilities),
  state: floatsOf(nextState),
});
