import type { OperatorFunction } from "rxjs";
import type { Classifier } from "../../model/classifier.ts";
import { inTurns } from "./in-turns.ts";
import type { EpochState, Step, Work } from "./work.ts";

/** Beats of one engine call at the most. */
export const MAX_BATCH = 64;

export interface ClassifyObserver {
  call?(call: EngineCall, count: number, seconds: number): void;
  depth?(works: number): void;
}

export type EngineCall = "encode" | "step" | "beat";

const NOTHING = new Float32Array(0);

type BeatStep = Extract<Step, { type: "beat" }>;

/**
 * Gives every beat its probabilities: while one engine call runs, works queue; the next call takes up to MAX_BATCH
 * beats of all beds. Works leave in the order they came, so a bed's events stay in order of decision.
 */
export function classify(classifier: Classifier, observer: ClassifyObserver = {}): OperatorFunction<Work, Work> {
  return inTurns(async (queue) => {
    const { works, beats } = takeBatch(queue);
    if (beats.length > 0) await classifyBatch(classifier, beats, observer);
    observer.depth?.(queue.length);
    return works;
  });
}

interface PendingBeat {
  readonly epoch: EpochState;
  readonly step: BeatStep;
}

/** The works at the head of the queue that have MAX_BATCH beats together at the most (one work at least). */
function takeBatch(queue: Work[]): { works: Work[]; beats: PendingBeat[] } {
  const beats: PendingBeat[] = [];
  let count = 0;
  for (; count < queue.length; count++) {
    const { epoch, steps } = queue[count];
    const own = steps.filter((step) => step.type === "beat");
    if (count > 0 && beats.length + own.length > MAX_BATCH) break;
    if (epoch) for (const step of own) beats.push({ epoch, step });
  }
  return { works: queue.splice(0, count), beats };
}

async function classifyBatch(classifier: Classifier, beats: PendingBeat[], observer: ClassifyObserver): Promise<void> {
  const { windowLength, embeddingSize, featureCount, stateSize } = classifier.info;
  const timed = async <T>(call: EngineCall, count: number, work: Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work;
    observer.call?.(call, count, (performance.now() - start) / 1000);
    return result;
  };

  const windows = gather(beats, windowLength, ({ step }) => step.event.window);
  const turns = rounds(beats);
  const atOnce = turns.length === 1 ? classifier.beat : undefined;
  const embeddings = atOnce ? NOTHING : await timed("encode", beats.length, classifier.encode(windows, beats.length));
  const embeddingOf = (index: number): Float32Array =>
    embeddings.subarray(index * embeddingSize, (index + 1) * embeddingSize);

  for (const turn of turns) {
    const rows = turn.map((index) => beats[index]);
    const count = rows.length;
    const features = gather(rows, featureCount, ({ step }) => step.event.features);
    const state = gather(rows, stateSize, ({ epoch }) => epoch.recurrent);
    const result = await (atOnce
      ? timed("beat", count, atOnce(windows, features, state, count))
      : timed("step", count, classifier.step(gather(turn, embeddingSize, embeddingOf), features, state, count)));
    rows.forEach(({ epoch, step }, row) => {
      step.probabilities = result.probabilities.slice(row * 4, (row + 1) * 4);
      epoch.recurrent = result.state.slice(row * stateSize, (row + 1) * stateSize);
    });
  }
}

/** Rows of `width` values, one an item. */
function gather<T>(items: readonly T[], width: number, valuesOf: (item: T) => Float32Array): Float32Array {
  const all = new Float32Array(items.length * width);
  items.forEach((item, row) => all.set(valuesOf(item), row * width));
  return all;
}

/** Splits the beats' indices into rounds that hold each bed once, keeping a bed's beats in order. */
function rounds(beats: readonly PendingBeat[]): number[][] {
  const result: number[][] = [];
  const taken = new Map<EpochState, number>();
  beats.forEach(({ epoch }, index) => {
    const round = taken.get(epoch) ?? 0;
    taken.set(epoch, round + 1);
    (result[round] ??= []).push(index);
  });
  return result;
}
