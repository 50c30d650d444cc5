import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Bus, checkReadable, type ReceivedMessage } from "../../bus/bus.ts";
import { isCanary } from "../../contracts/canary.ts";
import { alarmCodec } from "../../contracts/codec.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { HEADERS, TOPICS } from "../../contracts/topics.ts";
import { openTopicTail, type TopicTail } from "../topic-tail.ts";
import { type AlarmState, restored } from "./state.ts";

/** How often it is looked whether all has been read. */
const LOOK_EVERY_MS = 20;
const ASK_EVERY_MS = 500;
/** Without a message more for so long, while the bus answers, it is gone on without. */
const NO_PROGRESS_MS = 10_000;

/** What the topic tells of a bed. */
export interface RememberedAlarms {
  readonly bed: string;
  readonly partition: number;
  readonly state: AlarmState;
  /** When the last of it was published, Unix ms. */
  readonly atMs: number;
}

/** The alarms of all beds as ecg.alarms tells them: what a worker goes on with that takes beds over. */
export class AlarmMemory {
  private readonly beds = new Map<string, RememberedAlarms>();
  /** Offset behind what was read, by partition. */
  private readonly next: number[];
  private readonly tail: Promise<TopicTail>;
  private read = 0;
  private isClosed = false;

  /** `onError`: the topic cannot be read for good. */
  constructor(
    private readonly bus: Bus,
    onError: (error: unknown) => void,
  ) {
    this.next = Array.from({ length: bus.partitions }, () => 0);
    this.tail = openTopicTail({
      bus,
      group: `bedside-alarms-${randomUUID()}`,
      topic: TOPICS.alarms,
      from: "earliest",
      onBegin: (partition, offset) => (this.next[partition] = offset),
      onMessage: (message) => this.take(message),
      onError,
    });
    this.tail.catch((error: unknown) => this.isClosed || onError(error));
  }

  of(bed: string): RememberedAlarms | undefined {
    return this.beds.get(bed);
  }

  /** The beds of these partitions with which time has something to do. */
  in(partitions: ReadonlySet<number>): RememberedAlarms[] {
    return [...this.beds.values()].filter(
      ({ partition, state: { alarms, silence, pause } }) =>
        partitions.has(partition) && (alarms.length > 0 || silence !== null || pause !== null),
    );
  }

  /**
   * Resolves when all has been read that stands in these partitions at this moment: true. False: when `isGivenUp` says that nobody
   * waits any more, or nothing comes though the bus answers; what was open is then raised by its conditions alone.
   */
  async upToNow(partitions: ReadonlySet<number>, isGivenUp: () => boolean): Promise<boolean> {
    const tail = await this.tail;
    let ends: readonly number[] | undefined;
    let before = this.read;
    let sinceMs = Date.now();
    for (let askedMs = 0; !this.isClosed && !isGivenUp();) {
      const nowMs = Date.now();
      if (nowMs - askedMs >= ASK_EVERY_MS || askedMs === 0) {
        askedMs = nowMs;
        ends ??= await this.bus.ends(TOPICS.alarms).catch(() => undefined);
        // A partition may end in what is no message.
        if (ends && (await tail.lag().catch(() => null)) === 0) return true;
      }
      if (ends && [...partitions].every((partition) => this.next[partition] >= (ends?.[partition] ?? 0))) return true;
      if (this.read !== before || this.bus.trouble !== null) {
        before = this.read;
        sinceMs = nowMs;
      }
      if (nowMs - sinceMs >= NO_PROGRESS_MS) return false;
      await sleep(LOOK_EVERY_MS);
    }
    return false;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.tail.then(
      (tail) => tail.close(),
      () => {},
    );
  }

  private take(message: ReceivedMessage): void {
    const { partition, offset, value, headers } = message;
    this.next[partition] = offset + 1;
    this.read++;
    // A worker that takes a canary over begins it anew: there is nothing in it that could be lost.
    if (isCanary(message.key)) return;
    try {
      checkReadable(message);
      const event = alarmCodec.decode(value);
      const state = restored(this.beds.get(event.bed)?.state ?? null, event);
      const atMs = Number(headers[HEADERS.publishedAt] ?? Date.now());
      this.beds.set(event.bed, { bed: event.bed, partition, state, atMs });
    } catch (error) {
      // Another version's, or nobody's: the events around it tell the rest.
      if (!(error instanceof BedsideError)) throw error;
    }
  }
}
