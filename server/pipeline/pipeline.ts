import { auditTime, concatMap, interval, lastValueFrom, map, merge, Subject, takeUntil, tap } from "rxjs";
import { type Bus, type BusMessage, type PartitionRef, type ReceivedMessage } from "../../bus/bus.ts";
import type { RhythmPolicy } from "../../contracts/rhythm-policy.ts";
import { TOPICS } from "../../contracts/topics.ts";
import type { Classifier } from "../../model/classifier.ts";
import type { Tracing } from "../../kit/tracing.ts";
import { within } from "../../kit/within.ts";
import { namedPolicy } from "../../signal/rhythm/policy/policy.ts";
import { busSource } from "../bus-source.ts";
import { AlarmDesk } from "./alarm-desk.ts";
import type { Bed } from "./bed/bed.ts";
import { Beds } from "./bed/beds.ts";
import type { ChooseLeads } from "./bed/epoch.ts";
import { makerOf } from "./checkpoints/checkpoint.ts";
import { Checkpointer } from "./checkpoints/checkpointer.ts";
import { TakeOver } from "./checkpoints/take-over.ts";
import { classifyStage } from "./classify-stage.ts";
import { CommitTracker } from "./commit-tracker.ts";
import { Hearing } from "./hearing.ts";
import { conclude, interpretWith } from "./interpret.ts";
import { eventMessages } from "./messages.ts";
import type { PipelineObserver } from "./observer.ts";
import { publishTo } from "./publish.ts";
import { ReadUpTo } from "./read-up-to.ts";
import type { HeardWork, Work } from "./work.ts";

const WATCH_EVERY_MS = 250;
const COMMIT_EVERY_MS = 1000;
const DRAIN_WITHIN_MS = 5000;
const FINISH_WITHIN_MS = 4000;

export interface PipelineOptions {
  readonly bus: Bus;
  readonly classifier: Classifier;
  /** Consumer group: workers of one group share the beds. */
  readonly group: string;
  /** This worker's name in it, which outlives the process. Default: none. */
  readonly memberName?: string;
  /** Frames taken from the bus and not finished, at the most. */
  readonly credits: number;
  readonly observer?: PipelineObserver;
  /** Default: the one that is read best. */
  readonly chooseLeads?: ChooseLeads;
  /** The alarm policy of a bed; default: the adult one. */
  readonly policyOf?: (bed: string) => RhythmPolicy;
  /** Whether where beds stand is written to ecg.checkpoints; default: yes. A bus that ends with this process needs none. */
  readonly writesCheckpoints?: boolean;
  /** Default: no spans are made. */
  readonly tracing?: Tracing | null;
}

export interface RunningPipeline {
  /** Resolves when the pipeline has been closed; rejects when it can't go on. */
  readonly done: Promise<void>;
  /** Whether this worker's partitions, if any, are its own by now. */
  readonly isReading: boolean;
  /** Up to when all that its partitions had has been heard, Unix ms; NaN while that is not known; null while it has no partition. */
  readonly readUpToMs: number | null;
  /** Messages behind the bus, those that wait until it is known where their beds stand among them; null while this worker has no partition. */
  lag(): Promise<number | null>;
  /**
   * Finishes what was received, commits, and leaves the group. Resolves with the number of frames that could not be finished in
   * time, because the bus is away: whoever reads next reads them again.
   */
  close(): Promise<number>;
}

/** ecg.frames → continuity, signal chain → classifier → beats, conditions; they and ecg.commands → alarms → their topics; then commit. */
export function runPipeline(options: PipelineOptions): RunningPipeline {
  const { bus, classifier, group, credits, observer = {}, chooseLeads, writesCheckpoints = true, tracing } = options;
  const { policyOf = (): RhythmPolicy => namedPolicy("adult") } = options;
  const beds = new Beds(classifier.info.stateSize, {
    observer,
    policyOf,
    ...(chooseLeads && { chooseLeads }),
  });
  const interpret = interpretWith(classifier);
  const tracker = new CommitTracker();
  const commands = new CommitTracker(TOPICS.commands);
  const stopped$ = new Subject<void>();
  const failed$ = new Subject<never>();
  const onError = (error: unknown): void => failed$.error(error);
  const desk = new AlarmDesk(bus, beds, onError);
  const madeBy = (bed: string): string => makerOf(classifier.info.hash, policyOf(bed).label);
  const checkpointer = new Checkpointer({
    bus,
    madeBy,
    ...(observer.checkpoint && { onWritten: observer.checkpoint }),
    ...(observer.uncheckpointed && { onError: observer.uncheckpointed }),
  });
  const restored$ = new Subject<readonly Work[]>();
  const takeOver = new TakeOver({
    bus,
    beds,
    desk,
    checkpointer,
    madeBy,
    onReady: (pending, waited) => restored$.next([...pending, ...waited.flatMap(receive)]),
    ...(observer.tookOver && { onTaken: observer.tookOver }),
    onError,
  });
  let unfinished = 0;
  let assignment = 0;

  const source = busSource(bus, {
    group,
    memberName: options.memberName,
    topics: [TOPICS.frames, TOPICS.commands],
    from: "latest",
    credits,
    onAssigned: (all) => {
      const places = all.filter(({ topic }) => topic === TOPICS.frames);
      read.assigned(places);
      takeOver.assigned(places);
      observer.assigned?.(places);
    },
    onRevoked: async (partitions) => {
      await drained(() => unfinished === 0);
      await commit();
      const numbers = new Set(partitions.map(({ partition }: PartitionRef) => partition));
      beds.drop(numbers);
      for (const one of [tracker, commands, checkpointer, read]) one.drop(numbers);
      letGo();
      assignment++;
      observer.revoked?.(partitions.filter(({ topic }) => topic === TOPICS.frames));
    },
  });

  /** What waits for its beds to be taken over is whoever's has these partitions next. */
  const letGo = (): void => {
    const waited = takeOver.revoked();
    if (waited > 0) void source.subscription.then((subscription) => subscription.release(waited));
  };

  const lag = async (): Promise<number | null> => {
    const left = await (await source.subscription).lag();
    return left === null ? null : left + takeOver.count;
  };
  const read = new ReadUpTo(bus, TOPICS.frames, lag);

  const hearing = new Hearing({ beds, desk, read, observer, tracing: tracing ?? null });

  const receive = (message: ReceivedMessage): readonly Work[] => {
    unfinished++;
    observer.inFlight?.(unfinished);
    return hearing.receive(message, assignment);
  };

  const receiveOrWait = (message: ReceivedMessage): readonly Work[] =>
    takeOver.holdsBack(message) ? NONE : receive(message);

  const watch = (): readonly Work[] => {
    const nowMs = Date.now();
    // Before anything is taken from the beds that has not entered the stages yet.
    if (writesCheckpoints) checkpointer.look(beds, nowMs);
    const works = hearing.watch(nowMs);
    read.look(nowMs);
    return works;
  };

  const concludeAll = (works: readonly Work[]): readonly Concluded[] => {
    const outgoing: BusMessage[] = [];
    for (const work of works) {
      if (work.type === "heard") outgoing.push(...say(work));
      else if (work.type === "alarms")
        outgoing.push(...eventMessages(desk.say(work), null, work.provenance?.traceparent));
      else outgoing.push(...work.outgoing);
    }
    if (writesCheckpoints) checkpointer.look(bedsOf(works), Date.now());
    return [{ works, outgoing }];
  };

  /** The beds of which the works tell something. */
  const bedsOf = (works: readonly Work[]): Set<Bed> => {
    const told = new Set<Bed>();
    for (const work of works) {
      const bed = work.type === "heard" ? beds.get(work.epoch.bed) : null;
      if (bed) told.add(bed);
    }
    return told;
  };

  const say = (work: HeardWork): readonly BusMessage[] => {
    desk.prepare(work);
    const events = conclude(work, interpret);
    const observer = hearing.observerOf(work.epoch.bed);
    for (const { topic, data } of events) {
      if (topic === "beats") observer.beat?.(data);
      else if (topic === "conditions") observer.condition?.(data);
    }
    return eventMessages(events, work);
  };

  const finishAll = async (concluded: readonly Concluded[]): Promise<void> => {
    const nowMs = Date.now();
    let messages = 0;
    for (const { works } of concluded) for (const work of works) if (finish(work, nowMs)) messages++;
    checkpointer.finish(concluded.reduce((sum, { works }) => sum + works.length, 0));
    unfinished -= messages;
    observer.inFlight?.(unfinished);
    (await source.subscription).release(messages);
  };

  /** The work's outputs are acknowledged. Returns whether a message is through with it. */
  const finish = (work: Work, nowMs: number): boolean => {
    const { provenance } = work;
    if (!provenance) return false;
    if (work.type === "heard") {
      const { bed, epoch, progress, finishesMessage } = work;
      if (progress) bed.hold.finish(provenance.offset, epoch.epoch, epoch.samplingRateHz, progress);
      if (!finishesMessage) return false;
    }
    const isCommand = work.type === "alarms" || (work.type === "ready" && work.topic === TOPICS.commands);
    if (provenance.assignment === assignment) (isCommand ? commands : tracker).finish(provenance);
    provenance.span?.end();
    observer.done?.((nowMs - provenance.receivedAtMs) / 1000);
    return true;
  };

  const commit = async (): Promise<void> => {
    const due = [...tracker.due(beds), ...commands.due([])];
    if (due.length === 0) return;
    observer.committing?.(due);
    try {
      await (await source.subscription).commit(due);
    } catch {
      // The bus is away, and says so itself: what is due stays due. Who takes over meanwhile reads a little more again.
      return;
    }
    for (const one of [tracker, commands]) one.settle(due);
  };

  const finished$ = merge(
    failed$.pipe(takeUntil(stopped$)),
    source.messages$.pipe(map(receiveOrWait)),
    restored$.pipe(takeUntil(stopped$)),
    interval(WATCH_EVERY_MS).pipe(takeUntil(stopped$), map(watch)),
  ).pipe(
    tap((works) => checkpointer.enter(works.length)),
    classifyStage(classifier, observer),
    map(concludeAll),
    publishTo<Concluded>(bus),
    concatMap(finishAll),
    auditTime(COMMIT_EVERY_MS),
    concatMap(commit),
  );

  const done = lastValueFrom(finished$, { defaultValue: undefined }).then(commit);
  done.catch(() => {});
  let isReading = false;
  void source.subscription.then(() => (isReading = true)).catch(() => {});
  return {
    done,
    get isReading() {
      return isReading;
    },
    get readUpToMs() {
      return read.oldest;
    },
    lag,
    close: async () => {
      source.stop();
      stopped$.next();
      letGo();
      const isFinished = await within(FINISH_WITHIN_MS, done);
      if (isReading) await (await source.subscription).close();
      await within(FINISH_WITHIN_MS, Promise.all([desk.close(), takeOver.close()]));
      if (isFinished) await done;
      return isFinished ? 0 : unfinished;
    },
  };

  async function drained(isIdle: () => boolean): Promise<void> {
    for (let waited = 0; !isIdle() && waited < DRAIN_WITHIN_MS; waited += 10) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

/** Works that are through with the stages, and the messages that come of them. */
interface Concluded {
  readonly works: readonly Work[];
  readonly outgoing: readonly BusMessage[];
}

const NONE: readonly Work[] = [];
