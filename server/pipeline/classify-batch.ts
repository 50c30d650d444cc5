import type { Classifier, StepResult } from "../../model/classifier.ts";
import type { BeatToClassify } from "./bed/bed-event.ts";

/** Beats of one call at the most: no frame of a live bed has so many, and a call's memory grows with them. */
const MOST_BEATS = 256;

export type EngineCall = "encode" | "step" | "beat";

export interface AwaitingBeat {
  /** The classifier's, over the beats of one lead of one bed. */
  readonly recurrent: Float32Array;
  readonly beat: BeatToClassify;
}

export interface ClassifyObserver {
  call?(call: EngineCall, count: number, seconds: number): void;
  depth?(works: number): void;
}

/** Gives each of the beats, in order of decision, its probabilities, and its lead the state behind it. One call at a time. */
export type ClassifyBatch = (beats: readonly AwaitingBeat[]) => Promise<void>;

export function batchClassifier(classifier: Classifier, observer: ClassifyObserver = {}): ClassifyBatch {
  const { windowLength, embeddingSize, featureCount, stateSize } = classifier.info;
  // What goes into a call lies in the same memory at every call.
  const windows = new Rows(windowLength);
  const embeddings = new Rows(embeddingSize);
  const features = new Rows(featureCount);
  const states = new Rows(stateSize);

  const timed = async <T>(call: EngineCall, count: number, work: Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work;
    observer.call?.(call, count, (performance.now() - start) / 1000);
    return result;
  };

  const takeIn = (beats: readonly AwaitingBeat[]): void => {
    features.clear(beats.length);
    states.clear(beats.length);
    for (const { recurrent, beat } of beats) {
      features.add(beat.event.features);
      states.add(recurrent);
    }
  };

  const giveOut = (beats: readonly AwaitingBeat[], { probabilities, state }: StepResult): void => {
    for (let row = 0; row < beats.length; row++) {
      const { recurrent, beat } = beats[row];
      beat.probabilities = probabilities.slice(row * 4, (row + 1) * 4);
      for (let i = 0, from = row * stateSize; i < stateSize; i++) recurrent[i] = state[from + i];
    }
  };

  const classify = async (beats: readonly AwaitingBeat[]): Promise<void> => {
    const count = beats.length;
    windows.clear(count);
    for (const { beat } of beats) windows.add(beat.event.window);
    const turns = rounds(beats);
    if (turns.length === 1 && classifier.beat) {
      takeIn(beats);
      const call = classifier.beat(windows.values, features.values, states.values, count);
      giveOut(beats, await timed("beat", count, call));
      return;
    }
    const encoded = await timed("encode", count, classifier.encode(windows.values, count));
    for (const turn of turns) {
      const taken = turn.map((index) => beats[index]);
      embeddings.clear(taken.length);
      for (const index of turn) {
        embeddings.add(encoded.subarray(index * embeddingSize, (index + 1) * embeddingSize));
      }
      takeIn(taken);
      const call = classifier.step(embeddings.values, features.values, states.values, taken.length);
      giveOut(taken, await timed("step", taken.length, call));
    }
  };

  return async (beats) => {
    for (let at = 0; at < beats.length; at += MOST_BEATS) await classify(beats.slice(at, at + MOST_BEATS));
  };
}

/** Rows of one width, end to end; the memory is kept from one batch to the next. */
class Rows {
  private memory = new Float32Array(0);
  private length = 0;

  constructor(private readonly width: number) {}

  /** The rows there are. */
  get values(): Float32Array {
    return this.memory.subarray(0, this.length);
  }

  clear(rows: number): void {
    if (this.memory.length < rows * this.width) this.memory = new Float32Array(rows * this.width);
    this.length = 0;
  }

  add(row: Float32Array): void {
    this.memory.set(row, this.length);
    this.length += this.width;
  }
}

/** Splits the beats' indices into rounds that hold each recurrent state once, keeping its beats in order. */
function rounds(beats: readonly AwaitingBeat[]): number[][] {
  const result: number[][] = [];
  const taken = new Map<AwaitingBeat["recurrent"], number>();
  for (let index = 0; index < beats.length; index++) {
    const { recurrent } = beats[index];
    const round = taken.get(recurrent) ?? 0;
    taken.set(recurrent, round + 1);
    (result[round] ??= []).push(index);
  }
  return result;
}
