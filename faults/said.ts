import { setTimeout as sleep } from "node:timers/promises";
import type { Bus, PartitionRef, ReceivedMessage, Subscription } from "../bus/bus.ts";
import { isCanary } from "../contracts/canary.ts";
import { type TopicName, TOPICS } from "../contracts/topics.ts";

/** The topics whose messages must be the same, whatever happens. */
const TOLD: readonly TopicName[] = [TOPICS.beats, TOPICS.qrs, TOPICS.conditions, TOPICS.rhythms, TOPICS.alarms];

const decoder = new TextDecoder();

/** What was read is committed so often, ms: a subscriber whose session a broker's death has ended goes on there. */
const COMMIT_EVERY_MS = 1000;

/** All that workers say, as a subscriber of the topics hears it. */
export class Said {
  /** What was told first under each id, "topic id". */
  readonly first = new Map<string, string>();
  /** Ids under which something else was told later. */
  readonly different = new Set<string>();
  /** Messages that were there already, to the byte. */
  repeated = 0;
  /** Beats that came behind a later one of their bed's epoch, told for the first time: by id, whether found late. */
  readonly reordered = new Map<string, boolean>();
  letters = 0;
  /** When the last message came that was new, by performance.now(). */
  newAtMs = performance.now();
  /** Called with each beat that is told for the first time, but for those that nobody could have told at once. */
  onBeat: (bed: string, sample: number, samplingRateHz: number) => void = () => {};
  private readonly furthest = new Map<string, number>();
  private isClosed = false;
  /** Where each partition has been read up to: what lies before is read again, not told again. */
  private readonly read = new Map<string, PartitionRef & { offset: number }>();

  /** `ends`: when each bed's signals end, Unix ms by its own clock; what becomes of alarms behind that is the wall clock's, or a command's. */
  constructor(readonly ends: ReadonlyMap<string, number>) {}

  /** Whether what was said at `timeMs` follows from the bed's signals, as far as these are known. */
  isOfSignals({ bed, timeMs }: { readonly bed: string; readonly timeMs: number }): boolean {
    return timeMs <= (this.ends.get(bed) ?? Number.POSITIVE_INFINITY);
  }

  /** Hears all that is told on the bus from now on. Returns what tells how many messages are still to come. */
  async listen(bus: Bus, group: string): Promise<() => Promise<number | null>> {
    const subscription = await bus.subscribe({
      group,
      topics: [...TOLD, TOPICS.deadLetter],
      from: "latest",
      credits: 10_000,
      onMessage: (message) => {
        this.take(message);
        queueMicrotask(() => subscription.release(1));
      },
      onError: (error) => {
        throw error;
      },
    });
    void this.keepCommitting(subscription);
    return () => subscription.lag();
  }

  close(): void {
    this.isClosed = true;
  }

  /** What was told on a topic, in the order in which it was told first. */
  of<T>(topic: TopicName): T[] {
    return [...this.first].filter(([id]) => id.startsWith(`${topic} `)).map(([, text]) => JSON.parse(text) as T);
  }

  private async keepCommitting(subscription: Subscription): Promise<void> {
    while (!this.isClosed) {
      // Where the broker is away, the next one tells it more.
      await subscription.commit([...this.read.values()]).catch(() => {});
      await sleep(COMMIT_EVERY_MS, undefined, { ref: false });
    }
  }

  private take({ topic, partition, offset, key, value }: ReceivedMessage): void {
    const place = `${topic}/${partition}`;
    const isReadAgain = offset < (this.read.get(place)?.offset ?? 0);
    if (!isReadAgain) this.read.set(place, { topic, partition, offset: offset + 1 });
    if (isCanary(key)) return;
    if (topic === TOPICS.deadLetter) {
      if (!isReadAgain) this.letters++;
      return;
    }
    const text = decoder.decode(value);
    const event = JSON.parse(text) as Event;
    if (topic === TOPICS.alarms && !this.isOfSignals(event) && event.command === null) return;
    const id = `${topic} ${idOf(topic, event)}`;
    const before = this.first.get(id);
    if (before === text) {
      if (!isReadAgain) this.repeated++;
    } else if (before !== undefined) this.different.add(id);
    else {
      this.first.set(id, text);
      this.newAtMs = performance.now();
      if (topic === TOPICS.beats) this.takeBeat(id, event);
    }
  }

  private takeBeat(id: string, { bed, epoch, sample, samplingRateHz, foundLate }: Event): void {
    const key = `${bed} ${epoch}`;
    const furthest = this.furthest.get(key) ?? 0;
    if (sample < furthest) this.reordered.set(id, foundLate);
    this.furthest.set(key, Math.max(furthest, sample));
    if (!foundLate) this.onBeat(bed, sample, samplingRateHz);
  }
}

interface Event {
  readonly id: string;
  readonly bed: string;
  readonly epoch: string;
  readonly sample: number;
  readonly samplingRateHz: number;
  readonly foundLate: boolean;
  readonly phase: string;
  readonly sequence: number;
  readonly timeMs: number;
  readonly command: string | null;
}

/** What makes a message one of its own among those of its topic. */
function idOf(topic: TopicName, { id, bed, sample, phase, sequence, timeMs }: Event): string {
  if (topic === TOPICS.alarms) return `${bed} ${sequence}`;
  if (topic === TOPICS.rhythms) return `${bed} ${timeMs}`;
  return topic === TOPICS.conditions ? `${id} ${phase} ${sample}` : id;
}

/** Of a topic, and the text of what was told on it. */
export type IsApart = (topic: string, text: string) => boolean;

/** What differs from what an undisturbed worker says. */
export interface Verdict {
  readonly told: number;
  readonly lost: readonly string[];
  /** Told otherwise, at first or again. */
  readonly different: readonly string[];
  /** Told, though an undisturbed worker would not. */
  readonly extra: readonly string[];
  /** Beats behind a later one of their bed, but for those found late that an undisturbed worker tells late, too. */
  readonly reordered: readonly string[];
  readonly repeated: number;
}

/** `isApart`: what is not held against an undisturbed worker's, but for being told otherwise when it is told again. */
export function compare(said: Said, undisturbed: Said, isApart: IsApart = () => false): Verdict {
  const [told, right] = [said, undisturbed].map(({ first }) => {
    const held = [...first].filter(([id, text]) => !isApart(id.slice(0, id.indexOf(" ")), text));
    return new Map(held);
  });
  const lost = [...right.keys()].filter((id) => !told.has(id));
  const extra = [...told.keys()].filter((id) => !right.has(id));
  const otherwise = [...right].filter(([id, text]) => told.has(id) && told.get(id) !== text);
  const different = [...new Set([...otherwise.map(([id]) => id), ...said.different])];
  return {
    told: right.size,
    lost,
    different,
    extra,
    reordered: [...said.reordered.keys()].filter((id) => undisturbed.reordered.get(id) !== true),
    repeated: said.repeated,
  };
}
