import type { Classifier } from "../../model/classifier.ts";
import type { BeatToClassify } from "./bed/bed-event.ts";
import type { BedEpoch } from "./bed/epoch.ts";

export type EngineCall = "encode" | "step" | "beat";

export interface AwaitingBeat {
  readonly epoch: Pick<BedEpoch, "recurrent">;
  readonly beat: BeatToClassify;
}

interface CallObserver {
  call?(call: EngineCall, count: number, seconds: number): void;
}

const NOTHING = new Float32Array(0);

/** Gives each of the beats, in order of decision, its probabilities, and its epoch the state behind it. */
export async function classifyBatch(
  classifier: Classifier,
  beats: readonly AwaitingBeat[],
  observer: CallObserver,
): Promise<void> {
  const { windowLength, embeddingSize, featureCount, stateSize } = classifier.info;
  const timed = async <T>(call: EngineCall, count: number, work: Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work;
    observer.call?.(call, count, (performance.now() - start) / 1000);
    return result;
  };

  const windows = gather(beats, windowLength, ({ beat }) => beat.event.window);
  const turns = rounds(beats);
  const atOnce = turns.length === 1 ? classifier.beat : undefined;
  const embeddings = atOnce ? NOTHING : await timed("encode", beats.length, classifier.encode(windows, beats.length));
  const embeddingOf = (index: number): Float32Array =>
    embeddings.subarray(index * embeddingSize, (index + 1) * embeddingSize);

  for (const turn of turns) {
    const rows = turn.map((index) => beats[index]);
    const count = rows.length;
    const features = gather(rows, featureCount, ({ beat }) => beat.event.features);
    const state = gather(rows, stateSize, ({ epoch }) => epoch.recurrent);
    const result = await (atOnce
      ? timed("beat", count, atOnce(windows, features, state, count))
      : timed("step", count, classifier.step(gather(turn, embeddingSize, embeddingOf), features, state, count)));
    rows.forEach(({ epoch, beat }, row) => {
      beat.probabilities = result.probabilities.slice(row * 4, (row + 1) * 4);
      epoch.recurrent.set(result.state.subarray(row * stateSize, (row + 1) * stateSize));
    });
  }
}

/** Rows of `width` values, one an item. */
function gather<T>(items: readonly T[], width: number, valuesOf: (item: T) => Float32Array): Float32Array {
  const all = new Float32Array(items.length * width);
  items.forEach((item, row) => all.set(valuesOf(item), row * width));
  return all;
}

/** Splits the beats' indices into rounds that hold each epoch once, keeping an epoch's beats in order. */
function rounds(beats: readonly AwaitingBeat[]): number[][] {
  const result: number[][] = [];
  const taken = new Map<AwaitingBeat["epoch"], number>();
  beats.forEach(({ epoch }, index) => {
    const round = taken.get(epoch) ?? 0;
    taken.set(epoch, round + 1);
    (result[round] ??= []).push(index);
  });
  return result;
}
