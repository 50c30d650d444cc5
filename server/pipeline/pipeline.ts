import { auditTime, concatMap, EMPTY, interval, lastValueFrom, map, merge, Subject, takeUntil } from "rxjs";
import type { Bus, BusMessage, PartitionRef, ReceivedMessage } from "../../bus/bus.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { decodeFrame } from "../../contracts/frame.ts";
import { TOPICS } from "../../contracts/topics.ts";
import type { Classifier } from "../../model/classifier.ts";
import { busSource } from "../bus-source.ts";
import { classify } from "./classify.ts";
import { CommitTracker } from "./commit-tracker.ts";
import { interpret } from "./interpret.ts";
import { asBedsideError, deadLetter, eventMessage } from "./messages.ts";
import type { PipelineObserver } from "./observer.ts";
import { publishTo } from "./publish.ts";
import { SignalStage } from "./signal-stage.ts";
import { SilenceWatch } from "./silence-watch.ts";
import { controlWork, type Progress, type Reference, type Work } from "./work.ts";

const WATCH_EVERY_MS = 500;
const COMMIT_EVERY_MS = 1000;
const DRAIN_WITHIN_MS = 5000;

export interface PipelineOptions {
  readonly bus: Bus;
  readonly classifier: Classifier;
  /** Consumer group: workers of one group share the beds. */
  readonly group: string;
  /** Frames taken from the bus and not finished, at the most. */
  readonly credits: number;
  readonly observer?: PipelineObserver;
}

export interface RunningPipeline {
  /** Resolves when the pipeline has been closed; rejects when it can't go on. */
  readonly done: Promise<void>;
  /** Messages behind the bus; null while this worker has no partition. */
  lag(): Promise<number | null>;
  /** Finishes what was received, commits, and leaves the group. */
  close(): Promise<void>;
}

/** ecg.frames → continuity, signal chain → classifier → beats, conditions → their topics; then commit. */
export function runPipeline({ bus, classifier, group, credits, observer = {} }: PipelineOptions): RunningPipeline {
  const stage = new SignalStage(classifier.info.stateSize, { observer });
  const watch = new SilenceWatch();
  const tracker = new CommitTracker();
  const stopped$ = new Subject<void>();
  let pending = 0;
  let assignment = 0;

  const source = busSource(bus, {
    group,
    topics: [TOPICS.frames],
    from: "latest",
    credits,
    onAssigned: (places) => observer.assigned?.(places),
    onRevoked: async (partitions) => {
      await drained(() => pending === 0);
      await commit();
      const numbers = new Set(partitions.map(({ partition }: PartitionRef) => partition));
      watch.forget(stage.drop(numbers));
      tracker.drop(numbers);
      assignment++;
      observer.revoked?.(partitions);
    },
  });

  const receive = (message: ReceivedMessage): Work[] => {
    const nowMs = Date.now();
    const reference: Reference = { ...place(message), receivedAtMs: nowMs, assignment };
    observer.inFlight?.(++pending);
    try {
      const frame = decodeFrame(message.value);
      checkKey(frame.bed, message.key);
      observer.frame?.((nowMs - frame.producedAtMs) / 1000);
      const works = stage.push(frame, reference);
      // A source that sends the same frame again and again gives no data.
      if (!works.some(({ progress }) => bringsNews(progress))) return works;
      const heard = watch.heard(frame.bed, nowMs, stage.standing(frame.bed)?.epoch ?? null, frame.firstSample);
      if (!heard) return works;
      observer.condition?.(heard);
      return [controlWork([eventMessage({ topic: "conditions", data: heard }, null)]), ...works];
    } catch (cause) {
      const error = asBedsideError(cause);
      observer.deadLetter?.(error, `${message.topic}/${message.partition}/${message.offset}`);
      return [controlWork([deadLetter(message, error)], reference)];
    }
  };

  const watchSilence = (): Work[] => {
    const nowMs = Date.now();
    for (const bed of watch.releasable(nowMs)) tracker.release(bed);
    const begun = watch.check(nowMs, (bed) => stage.standing(bed));
    for (const condition of begun) observer.condition?.(condition);
    return begun.map((condition) => controlWork([eventMessage({ topic: "conditions", data: condition }, null)]));
  };

  const conclude = (work: Work): { work: Work; outgoing: readonly BusMessage[] } => {
    const events = interpret(work, classifier);
    for (const { topic, data } of events) {
      if (topic === "beats") observer.beat?.(data);
      else observer.condition?.(data);
    }
    return { work, outgoing: [...work.outgoing, ...events.map((event) => eventMessage(event, work))] };
  };

  const finish = (subscription: { release(count: number): void }, { reference, progress }: Work): void => {
    if (!reference) return;
    if (reference.assignment === assignment) tracker.finish(reference, progress);
    observer.inFlight?.(--pending);
    observer.done?.((Date.now() - reference.receivedAtMs) / 1000);
    subscription.release(1);
  };

  const commit = async (): Promise<void> => {
    const due = tracker.due();
    if (due.length === 0) return;
    observer.committing?.(due);
    await (await source.subscription).commit(due);
  };

  const finished$ = merge(
    source.messages$.pipe(map(receive)),
    interval(WATCH_EVERY_MS).pipe(takeUntil(stopped$), map(watchSilence)),
  ).pipe(
    concatMap((works) => (works.length > 0 ? works : EMPTY)),
    classify(classifier, observer),
    map(conclude),
    publishTo(bus, ({ outgoing }) => outgoing),
    concatMap(async ({ work }) => finish(await source.subscription, work)),
    auditTime(COMMIT_EVERY_MS),
    concatMap(commit),
  );

  const done = lastValueFrom(finished$, { defaultValue: undefined }).then(commit);
  done.catch(() => {});
  return {
    done,
    lag: async () => (await source.subscription).lag(),
    close: async () => {
      const subscription = await source.subscription;
      source.stop();
      stopped$.next();
      await done.finally(() => subscription.close());
    },
  };

  async function drained(isIdle: () => boolean): Promise<void> {
    for (let waited = 0; !isIdle() && waited < DRAIN_WITHIN_MS; waited += 10) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

const bringsNews = (progress: Progress | null): boolean =>
  progress !== null && (progress.ended || progress.endSample > progress.firstSample);

/** A bed on a partition that is not its own would have two workers. */
function checkKey(bed: string, key: string): void {
  if (bed === key) return;
  const what = `frame of bed ${bed} was sent under the key ${JSON.stringify(key.slice(0, 64))}: the key must be the bed`;
  throw new BedsideError("BAD_FRAME", what);
}

const place = ({ topic, partition, offset }: ReceivedMessage): Omit<Reference, "receivedAtMs" | "assignment"> => ({
  topic,
  partition,
  offset,
});
