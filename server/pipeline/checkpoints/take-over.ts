import type { AssignedPartition, Bus, ReceivedMessage } from "../../../bus/bus.ts";
import { BedsideError } from "../../../contracts/errors.ts";
import { TOPIC_TABLE, TOPICS } from "../../../contracts/topics.ts";
import type { AlarmDesk } from "../alarm-desk.ts";
import type { Bed } from "../bed/bed.ts";
import type { Beds } from "../bed/beds.ts";
import type { Work } from "../work.ts";
import { type Checkpoint, restore } from "./checkpoint.ts";
import { CheckpointMemory } from "./checkpoint-memory.ts";
import type { Checkpointer } from "./checkpointer.ts";

/** Where it is not known by then what the topics tell, it is gone on without: no bed may wait for ever. */
const WAIT_MS = 60_000;
const FRAMES_ARE_KEPT_MS = TOPIC_TABLE.frames.cleanup.retentionMs;
/** Beds after which the rest of the process has its turn: a heartbeat, say. */
const BEDS_A_TURN = 20;

/** What a worker found of the beds that came to it. */
export interface TakenOver {
  /** Beds that go on where their checkpoints stand. */
  readonly beds: number;
  /** Beds whose checkpoint is not to be used: they are heard again from their frames. By reason. */
  readonly refused: ReadonlyMap<string, number>;
  readonly seconds: number;
}

export interface TakeOverOptions {
  readonly bus: Bus;
  readonly beds: Beds;
  readonly desk: AlarmDesk;
  readonly checkpointer: Checkpointer;
  readonly madeBy: (bed: string) => string;
  /** Works that beds had pending come first, then the messages that have waited. */
  readonly onReady: (pending: readonly Work[], waited: readonly ReceivedMessage[]) => void;
  readonly onTaken?: (taken: TakenOver) => void;
  /** A topic that must be read cannot be. */
  readonly onError: (error: unknown) => void;
}

/**
 * What happens when partitions come to a worker: their messages wait until it is known what ecg.checkpoints and ecg.alarms tell of
 * their beds, which then go on where they stand.
 */
export class TakeOver {
  private readonly memory: CheckpointMemory;
  /** Null where nothing is waited for. */
  private waiting: ReceivedMessage[] | null = null;
  private assignments = 0;

  constructor(private readonly options: TakeOverOptions) {
    this.memory = new CheckpointMemory(options.bus, options.onError);
  }

  /** Messages that wait. */
  get count(): number {
    return this.waiting?.length ?? 0;
  }

  /** Keeps the message back where it is not known yet where its bed stands, and says whether. */
  holdsBack(message: ReceivedMessage): boolean {
    this.waiting?.push(message);
    return this.waiting !== null;
  }

  /** These partitions of frames are this worker's own. */
  assigned(places: readonly AssignedPartition[]): void {
    const assignment = ++this.assignments;
    this.waiting ??= [];
    this.take(places, () => this.assignments !== assignment).catch(this.options.onError);
  }

  /** Whoever has these beds next waits likewise. Returns the number of messages that are not waited with any more. */
  revoked(): number {
    this.assignments++;
    const { count } = this;
    this.waiting = null;
    return count;
  }

  close(): Promise<void> {
    this.revoked();
    return this.memory.close();
  }

  private async take(places: readonly AssignedPartition[], isGivenUp: () => boolean): Promise<void> {
    const { bus, beds, desk, onReady, onTaken } = this.options;
    const sinceMs = Date.now();
    const partitions = new Set(places.map(({ partition }) => partition));
    const isOver = (): boolean => isGivenUp() || Date.now() - sinceMs > WAIT_MS;
    const [, isKnown] = await Promise.all([desk.upToNow(partitions, isOver), this.memory.upToNow(partitions, isOver)]);
    const known = await bus.ends(TOPICS.frames).catch(() => []);
    const ends = new Map(places.map(({ partition, end }) => [partition, Math.max(end, known[partition] ?? 0)]));
    const refused = new Map<string, number>();
    const restored: Bed[] = [];
    const found = places.flatMap((place) => this.memory.in(place.partition).map((one) => [place, one] as const));
    for (const [i, [place, checkpoint]] of found.entries()) {
      if (i % BEDS_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
      if (isGivenUp()) break;
      const end = ends.get(place.partition) ?? place.end;
      const reason = isKnown
        ? (this.fault(checkpoint, { ...place, end }) ?? this.restore(checkpoint, { ...place, end }, restored))
        : "ecg.checkpoints could not be read to its end";
      if (reason !== null) refused.set(reason, (refused.get(reason) ?? 0) + 1);
    }
    if (isGivenUp()) {
      // Whoever is assigned next begins with what it finds then.
      for (const bed of restored) beds.forget(bed);
      return;
    }
    desk.assigned(ends);
    const waited = this.waiting ?? [];
    this.waiting = null;
    onTaken?.({ beds: restored.length, refused, seconds: (Date.now() - sinceMs) / 1000 });
    onReady(
      restored.flatMap(({ works }) => works),
      waited,
    );
  }

  /** Why the bed cannot go on from its checkpoint; null where it can. */
  private fault({ bed, madeBy, offset, isHeld, atMs }: Checkpoint, place: AssignedPartition): string | null {
    const own = this.options.madeBy(bed);
    if (madeBy !== own) return `made by ${madeBy.slice(0, 200)}; this is ${own}`;
    if (offset >= place.end) return "of another log of frames, which was longer";
    if (Date.now() - atMs > FRAMES_ARE_KEPT_MS) {
      this.options.checkpointer.remove(bed);
      return "older than frames are kept";
    }
    if (isHeld && place.offset > offset + 1) return "frames behind it were committed, or are gone";
    return null;
  }

  /** Why it could not be; null where it was. */
  private restore(checkpoint: Checkpoint, { partition, end }: AssignedPartition, restored: Bed[]): string | null {
    const { beds, desk, checkpointer } = this.options;
    const nowMs = Date.now();
    try {
      const bed = beds.loaded(checkpoint.bed, partition, (empty) => restore(checkpoint, empty));
      desk.resume(bed, nowMs, end);
      checkpointer.restored(bed, checkpoint, nowMs);
      restored.push(bed);
      return null;
    } catch (error) {
      beds.forget({ name: checkpoint.bed });
      // Bytes that nobody wrote may say anything.
      return error instanceof BedsideError && error.code === "BAD_FRAME" ? "one bed too many" : "damaged";
    }
  }
}
