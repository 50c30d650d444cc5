import { type Bus, checkReadable, type ReceivedMessage } from "../../bus/bus.ts";
import type { AlarmEvent } from "../../contracts/alarm.ts";
import { isCanary } from "../../contracts/canary.ts";
import { alarmCodec } from "../../contracts/codec.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { HEADERS, TOPICS } from "../../contracts/topics.ts";
import { TopicFollower } from "../topic-follower.ts";
import { type AlarmState, restored } from "./state.ts";

/** What the topic tells of a bed. */
export interface RememberedAlarms {
  readonly bed: string;
  readonly partition: number;
  readonly state: AlarmState;
  /** When the last of it was published, Unix ms. */
  readonly atMs: number;
  /** Offset of the last frame of which something was told; −1: none. All that frames up to it had to say stands in `state`. */
  readonly saidUpTo: number;
}

/** The alarms of all beds as ecg.alarms tells them: what a worker goes on with that takes beds over. */
export class AlarmMemory {
  private readonly beds = new Map<string, RememberedAlarms>();
  private readonly follower: TopicFollower;

  /** `onError`: the topic cannot be read for good. */
  constructor(bus: Bus, onError: (error: unknown) => void) {
    const onMessage = (message: ReceivedMessage): void => this.take(message);
    this.follower = new TopicFollower(bus, { topic: TOPICS.alarms, name: "bedside-alarms", onMessage, onError });
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

  /** As TopicFollower; where false, what was open is raised by its conditions alone. */
  upToNow(partitions: ReadonlySet<number>, isGivenUp: () => boolean): Promise<boolean> {
    return this.follower.upToNow(partitions, isGivenUp);
  }

  close(): Promise<void> {
    return this.follower.close();
  }

  private take(message: ReceivedMessage): void {
    const { partition, value, headers } = message;
    // A worker that takes a canary over begins it anew: there is nothing in it that could be lost.
    if (isCanary(message.key)) return;
    try {
      checkReadable(message);
      const event = alarmCodec.decode(value);
      const before = this.beds.get(event.bed);
      if (before && isToldAgain(event, before.state)) return;
      const state = restored(before?.state ?? null, event);
      const atMs = Number(headers[HEADERS.publishedAt] ?? Date.now());
      const offset = frameOffset(headers[HEADERS.source]);
      const isWhole = headers[HEADERS.moreToCome] === undefined;
      const saidUpTo = offset === null ? (before?.saidUpTo ?? -1) : isWhole ? offset : offset - 1;
      this.beds.set(event.bed, { bed: event.bed, partition, state, atMs, saidUpTo });
    } catch (error) {
      // Another version's, or nobody's: the events around it tell the rest.
      if (!(error instanceof BedsideError)) throw error;
    }
  }
}

/** Told by a worker that did not know yet that the bed is another's, or that took it over. */
const isToldAgain = ({ sequence, clockMs }: AlarmEvent, state: AlarmState): boolean =>
  sequence <= state.sequence && clockMs <= (state.clock?.ms ?? Number.NEGATIVE_INFINITY);

/** The offset in "topic/partition/offset"; null where no frame is named. */
function frameOffset(source: string | undefined): number | null {
  const [topic, , offset] = source?.split("/") ?? [];
  return topic === TOPICS.frames && /^\d{1,15}$/.test(offset ?? "") ? Number(offset) : null;
}
