import type { Bus } from "../../../bus/bus.ts";
import { isCanary } from "../../../contracts/canary.ts";
import { TOPICS } from "../../../contracts/topics.ts";
import type { Bed } from "../bed/bed.ts";
import { capture, type Checkpoint, toMessage } from "./checkpoint.ts";

/** Event time from one checkpoint of a bed to the next; with what it takes to be written, 10 s at the most. */
const EVERY_SECONDS = 9;
/** Wall time after which one is due of a bed whose frames bring nothing, or whose epoch is not held any more. */
const EVERY_MS = 9000;

/** Beds that are captured in one go, so that many that are due together do not hold everything up. */
const MOST_A_LOOK = 20;

export interface CheckpointerOptions {
  readonly bus: Pick<Bus, "publish">;
  readonly madeBy: (bed: string) => string;
  /** A checkpoint is on the bus, of so many bytes. */
  readonly onWritten?: (bytes: number) => void;
  /** One could not be written for good. */
  readonly onError?: (error: unknown) => void;
}

/** What was captured of a bed last. */
interface Captured {
  readonly offset: number;
  readonly epoch: string | null;
  readonly position: number;
  readonly isHeld: boolean;
  readonly atMs: number;
}

interface Waiting {
  readonly bed: Bed;
  readonly checkpoint: Checkpoint;
  /** Works that had entered the stages when it was captured: what they say goes out before it. */
  readonly behind: number;
}

/**
 * Writes where beds stand, each a checkpoint in 9 s of its event time, and one when an epoch has ended or its partition is not held
 * for it any more. What was concluded when a bed was captured, and whatever else its frames have brought into the stages, is acknowledged
 * by the bus before its checkpoint goes out: who takes over from there tells the rest, and nothing is missing.
 */
export class Checkpointer {
  private readonly captured = new WeakMap<Bed, Captured>();
  private waiting: Waiting[] = [];
  /** Beds whose checkpoint is on its way. */
  private readonly onTheirWay = new Set<Bed>();
  private entered = 0;
  private finished = 0;

  constructor(private readonly options: CheckpointerOptions) {}

  /** So many works have entered the stages. */
  enter(works: number): void {
    this.entered += works;
  }

  /** So many works more are through: what they said is acknowledged. */
  finish(works: number): void {
    this.finished += works;
    let ready = 0;
    while (ready < this.waiting.length && this.waiting[ready].behind <= this.finished) ready++;
    if (ready > 0) void this.write(this.waiting.splice(0, ready));
  }

  /** Captures these beds, as far as it is time. */
  look(beds: Iterable<Bed>, nowMs: number): void {
    let left = MOST_A_LOOK;
    for (const bed of beds) {
      if (!this.isDue(bed, nowMs)) continue;
      this.capture(bed, nowMs);
      if (--left === 0) break;
    }
    // Where nothing is on its way, there is nothing to wait for.
    this.finish(0);
  }

  /** What is known of the bed is not to be gone on with. */
  remove(bed: string): void {
    const { bus, onError } = this.options;
    const tombstone = { topic: TOPICS.checkpoints, key: bed, value: new Uint8Array(0), isTombstone: true } as const;
    bus.publish([tombstone]).catch((error: unknown) => onError?.(error));
  }

  /** The bed stands where its checkpoint says. */
  restored(bed: Bed, { offset, isHeld }: Checkpoint, nowMs: number): void {
    this.captured.set(bed, standOf(bed, nowMs));
    bed.hold.checkpointed(offset, isHeld);
  }

  /** These partitions are another worker's. */
  drop(partitions: ReadonlySet<number>): void {
    const isDropped = (bed: Bed): boolean => partitions.has(bed.partition);
    this.waiting = this.waiting.filter(({ bed }) => !isDropped(bed));
    for (const bed of this.onTheirWay) if (isDropped(bed)) this.onTheirWay.delete(bed);
  }

  private isDue(bed: Bed, nowMs: number): boolean {
    if (isCanary(bed.name) || this.onTheirWay.has(bed)) return false;
    const before = this.captured.get(bed);
    if (!before) {
      bed.hold.awaitCheckpoint();
      // Due even where nothing more comes of it: its partition is held back until there is one.
      const position = (bed.epoch?.position ?? 0) - headStart(bed);
      this.captured.set(bed, { ...standOf(bed, nowMs), offset: -1, position });
      return false;
    }
    const { epoch } = bed;
    const isHeld = bed.hold.isHolding;
    if (bed.offset === before.offset && isHeld === before.isHeld) return false;
    if ((epoch?.epoch ?? null) !== before.epoch || isHeld !== before.isHeld) return true;
    const seconds = epoch ? (epoch.position - before.position) / epoch.samplingRateHz : 0;
    return seconds >= EVERY_SECONDS || nowMs - before.atMs >= EVERY_MS;
  }

  private capture(bed: Bed, nowMs: number): void {
    this.captured.set(bed, standOf(bed, nowMs));
    this.onTheirWay.add(bed);
    const checkpoint = capture(bed, this.options.madeBy(bed.name), nowMs);
    this.waiting.push({ bed, checkpoint, behind: this.entered });
  }

  private async write(ready: readonly Waiting[]): Promise<void> {
    await Promise.all(ready.map((one) => this.writeOne(one)));
  }

  private async writeOne({ bed, checkpoint }: Waiting): Promise<void> {
    const { bus, onWritten, onError } = this.options;
    const message = toMessage(checkpoint);
    try {
      await bus.publish([message]);
      bed.hold.checkpointed(checkpoint.offset, checkpoint.isHeld);
      onWritten?.(message.value.byteLength);
    } catch (error) {
      // The bed's next one may fit; who takes over before it hears the bed again from its frames.
      bed.hold.goWithoutCheckpoint();
      onError?.(error);
    }
    this.onTheirWay.delete(bed);
  }
}

function standOf(bed: Bed, nowMs: number): Captured {
  const { epoch, offset } = bed;
  const isHeld = bed.hold.isHolding;
  return { offset, epoch: epoch?.epoch ?? null, position: epoch?.position ?? 0, isHeld, atMs: nowMs };
}

/** So that beds that begin together are not all due together: samples, by the name. */
function headStart({ name, epoch }: Bed): number {
  let hash = 0;
  for (let i = 0; i < name.length; i++) hash = (31 * hash + name.charCodeAt(i)) % 997;
  return (hash / 997) * EVERY_SECONDS * (epoch?.samplingRateHz ?? 0);
}
