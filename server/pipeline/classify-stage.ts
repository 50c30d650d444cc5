import type { OperatorFunction } from "rxjs";
import type { Classifier } from "../../model/classifier.ts";
import { type AwaitingBeat, batchClassifier, type ClassifyObserver } from "./classify-batch.ts";
import { inTurns } from "./in-turns.ts";
import type { Work } from "./work.ts";

/** Beats of one engine call at the most. */
export const MAX_BATCH = 64;

/**
 * Gives every beat its probabilities. Works queue while an engine call runs, and as long as each turn of the event loop
 * brings more of them: a call takes up to MAX_BATCH beats of all beds. Works leave in the order they came, so a bed's
 * events stay in order of decision.
 */
export function classifyStage(
  classifier: Classifier,
  observer: ClassifyObserver = {},
): OperatorFunction<readonly Work[], readonly Work[]> {
  const classify = batchClassifier(classifier, observer);
  return inTurns(async (queue) => {
    let batch = nextBatch(queue);
    for (let before = 0; !batch.isFull && batch.beats.length > 0 && queue.length > before;) {
      before = queue.length;
      await nextTurn();
      if (queue.length > before) batch = nextBatch(queue);
    }
    const { beats, count } = batch;
    const works = queue.splice(0, count);
    if (beats.length > 0) await classify(beats);
    observer.depth?.(queue.length);
    return works;
  });
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Batch {
  /** Works at the head of the queue, and their beats that have no probabilities yet. */
  readonly count: number;
  readonly beats: AwaitingBeat[];
  readonly isFull: boolean;
}

/** The works at the head of the queue that have MAX_BATCH beats together at the most (one work at least). */
function nextBatch(queue: readonly Work[]): Batch {
  const beats: AwaitingBeat[] = [];
  for (let count = 0; count < queue.length; count++) {
    const before = beats.length;
    collectBeats(queue[count], beats);
    if (count > 0 && beats.length > MAX_BATCH) {
      beats.length = before;
      return { count, beats, isFull: true };
    }
  }
  return { count: queue.length, beats, isFull: beats.length >= MAX_BATCH };
}

function collectBeats(work: Work, beats: AwaitingBeat[]): void {
  if (work.type !== "heard") return;
  for (const event of work.events) {
    if (event.type === "beat" && event.probabilities === null) {
      beats.push({ recurrent: work.epoch.recurrent[event.lead], beat: event });
    }
  }
}
