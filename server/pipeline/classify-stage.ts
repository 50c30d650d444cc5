import type { OperatorFunction } from "rxjs";
import type { Classifier } from "../../model/classifier.ts";
import { type AwaitingBeat, type EngineCall, classifyBatch } from "./classify-batch.ts";
import { inTurns } from "./in-turns.ts";
import type { Work } from "./work.ts";

/** Beats of one engine call at the most. */
export const MAX_BATCH = 64;

export interface ClassifyObserver {
  call?(call: EngineCall, count: number, seconds: number): void;
  depth?(works: number): void;
}

/**
 * Gives every beat its probabilities: while one engine call runs, works queue; the next call takes up to MAX_BATCH
 * beats of all beds. Works leave in the order they came, so a bed's events stay in order of decision.
 */
export function classifyStage(
  classifier: Classifier,
  observer: ClassifyObserver = {},
): OperatorFunction<readonly Work[], readonly Work[]> {
  return inTurns(async (queue) => {
    const { works, beats } = takeBatch(queue);
    if (beats.length > 0) await classifyBatch(classifier, beats, observer);
    observer.depth?.(queue.length);
    return works;
  });
}

/** The works at the head of the queue that have MAX_BATCH beats together at the most (one work at least). */
function takeBatch(queue: Work[]): { works: Work[]; beats: AwaitingBeat[] } {
  const beats: AwaitingBeat[] = [];
  let count = 0;
  for (; count < queue.length; count++) {
    const before = beats.length;
    collectBeats(queue[count], beats);
    if (count > 0 && beats.length > MAX_BATCH) {
      beats.length = before;
      break;
    }
  }
  return { works: queue.splice(0, count), beats };
}

/** The beats of a work that have no probabilities yet. */
function collectBeats(work: Work, beats: AwaitingBeat[]): void {
  if (work.type !== "heard") return;
  for (const event of work.events) {
    if (event.type === "beat" && event.probabilities === null) beats.push({ epoch: work.epoch, beat: event });
  }
}
