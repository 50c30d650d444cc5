import type { Gate } from "./gate/gate.ts";

export type EngineName = "onnx" | "tfjs-node" | "tfjs-wasm";

/** How a model is named, whatever its kind. */
export interface ModelName {
  readonly name: string;
  /** First 12 hex digits of the SHA-256 of the files that answer, a gate's among them. */
  readonly hash: string;
  readonly engine: EngineName | "fake";
}

/** What the live model is, as `/api/model` and each beat's `model` field name it. */
export interface ModelInfo extends ModelName {
  /** Order of the probabilities. */
  readonly classes: readonly ["N", "S", "V", "F"];
  /** Samples of a window, at 125 Hz. */
  readonly windowLength: number;
  /** Values of a beat's feature vector (signal/beat/features.ts). */
  readonly featureCount: number;
  readonly embeddingSize: number;
  /** Values of a bed's recurrent state; all zeros at a bed's first beat. */
  readonly stateSize: number;
}

/** A step's results, row by row in the order given. */
export interface StepResult {
  /** [count × 4], rows sum to 1. */
  readonly probabilities: Float32Array;
  /** [count × stateSize]. */
  readonly state: Float32Array;
}

/** The model behind one engine. No engine hides state: what a bed's history is, the caller keeps. */
export interface Classifier {
  readonly info: ModelInfo;
  /** Judges what is read; without, signal quality alone does. */
  readonly gate?: Gate;
  /** windows [count × windowLength] → embeddings [count × embeddingSize]. Free of order: batch at will. */
  encode(windows: Float32Array, count: number): Promise<Float32Array>;
  /** One beat each of `count` different beds: embeddings, features [count × featureCount], state [count × stateSize]. */
  step(embeddings: Float32Array, features: Float32Array, state: Float32Array, count: number): Promise<StepResult>;
  /**
   * Both at once, for one beat each of `count` different beds, with the same results to the bit. Engines whose calls cost
   * more than a beat's computing have it.
   */
  beat?(windows: Float32Array, features: Float32Array, state: Float32Array, count: number): Promise<StepResult>;
  close(): Promise<void>;
}
