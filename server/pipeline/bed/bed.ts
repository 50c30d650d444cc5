import { BedsideError } from "../../../contracts/errors.ts";
import type { Condition } from "../../../contracts/condition.ts";
import { type Frame, sampleCount } from "../../../contracts/frame.ts";
import { Fifo } from "../../../kit/fifo.ts";
import type { StateReader, Stateful, StateWriter } from "../../../signal/state.ts";
import { type BedEvent, loadEvents, loadNullable, saveEvents, saveNullable } from "./bed-event.ts";
import { CommitHold, type Progress } from "./commit-hold.ts";
import { BedEpoch, type EpochSettings } from "./epoch.ts";
import { Silence } from "./silence.ts";

const REMEMBERED_EPOCHS = 8;
/** Written into every snapshot; to be raised whenever what is saved, or its order, changes. */
const SNAPSHOT_VERSION = 2;

/** Where a frame lay on the bus and when it came: what outputs are traced back to, and what is committed. */
export interface Provenance {
  readonly partition: number;
  readonly offset: number;
  readonly receivedAtMs: number;
  /** Which of this worker's assignments of partitions it came with; what outlives its assignment is not committed. */
  readonly assignment: number;
}

/** What one frame makes a bed say: its way through the stages begins here. */
export interface HeardWork {
  readonly type: "heard";
  readonly bed: Bed;
  readonly epoch: BedEpoch;
  readonly events: readonly BedEvent[];
  readonly producedAtMs: number | null;
  /** Null where the wall or another epoch's frame made the epoch end. */
  readonly provenance: Provenance | null;
  /** Set on the last work of a frame. */
  readonly progress: Progress | null;
  /** Whether a message of the bus is through with it; never in a work that was loaded. */
  readonly finishesMessage: boolean;
}

/**
 * All that a worker knows of one bed. Frames go in at `push`; the works that come out are concluded in their order, when the
 * classifier has spoken; until then they are `pending`. A snapshot may be taken at any moment in between: the front of the
 * bed (continuity, chain) stands at the last frame, its back (recurrent state, monitor) at the last work concluded, and
 * the pending works, which are saved too, are what lies between. Of a bed that was loaded they go through the stages first.
 * What was concluded is about to be published: a snapshot that is to outlive the worker is published behind it.
 */
export class Bed implements Stateful {
  readonly pending = new Fifo<HeardWork>();
  readonly silence = new Silence();
  readonly hold = new CommitHold();
  private current: BedEpoch | null = null;
  private readonly pastEpochs: string[] = [];

  constructor(
    readonly name: string,
    readonly partition: number,
    private readonly settings: EpochSettings,
  ) {}

  /** The epoch under way; null where none is. */
  get epoch(): BedEpoch | null {
    return this.current;
  }

  /**
   * A frame of this bed, in order of arrival; a frame of another epoch ends the one under way. No work where its epoch is
   * over. Throws BAD_FRAME when the frame contradicts its epoch; the epoch is left as it was.
   */
  push(frame: Frame, provenance: Provenance): HeardWork[] {
    const works: HeardWork[] = [];
    let epoch = this.current;
    if (epoch?.epoch !== frame.epoch) {
      if (this.pastEpochs.includes(frame.epoch)) {
        this.settings.observer.discarded?.("late");
        return works;
      }
      epoch = BedEpoch.begin(frame, this.settings);
      works.push(...this.endEpoch(frame.producedAtMs));
      this.current = epoch;
    }
    const events: BedEvent[] = [];
    const firstSample = epoch.position;
    epoch.push(frame, events);
    const endSample = epoch.position;
    const ended = frame.last && endSample >= frame.firstSample + sampleCount(frame);
    if (ended) this.leave(epoch, events);
    works.push(
      this.queue({
        type: "heard",
        bed: this,
        epoch,
        events,
        producedAtMs: frame.producedAtMs,
        provenance,
        progress: { firstSample, endSample, ended },
        finishesMessage: true,
      }),
    );
    return works;
  }

  /** Ends the epoch under way, if one is: what is pending in its chain is given out. */
  endEpoch(producedAtMs: number | null): HeardWork[] {
    const epoch = this.current;
    if (!epoch) return [];
    const events: BedEvent[] = [];
    this.leave(epoch, events);
    const ending = { type: "heard", bed: this, epoch, events, producedAtMs } as const;
    return [this.queue({ ...ending, provenance: null, progress: null, finishesMessage: false })];
  }

  /** The condition that begins by the wall clock, if one does. */
  checkSilence(nowMs: number): Condition | null {
    return this.silence.check(nowMs, this.current, this.current?.position ?? 0);
  }

  /** Nothing is under way, and nothing on its way: the bed may be forgotten. */
  get isIdle(): boolean {
    return this.current === null && this.pending.length === 0 && this.hold.offset === null;
  }

  save(to: StateWriter): void {
    to.number(SNAPSHOT_VERSION);
    to.number(this.pastEpochs.length);
    for (const epoch of this.pastEpochs) to.text(epoch);
    const works = Array.from({ length: this.pending.length }, (_, i) => this.pending.at(i)).filter((work) => !!work);
    const epochs = [...new Set([...works.map(({ epoch }) => epoch), ...(this.current ? [this.current] : [])])];
    to.number(epochs.length);
    for (const epoch of epochs) to.part(epoch);
    to.number(this.current ? epochs.indexOf(this.current) : -1);
    to.number(works.length);
    for (const work of works) saveWork(work, epochs.indexOf(work.epoch), to);
    to.part(this.silence);
    to.part(this.hold);
  }

  /** Into a bed that has heard nothing. Throws BAD_SNAPSHOT. */
  load(from: StateReader): void {
    const version = from.number();
    if (version !== SNAPSHOT_VERSION) {
      throw new BedsideError(
        "BAD_SNAPSHOT",
        `the bed's snapshot is of version ${version}, this is ${SNAPSHOT_VERSION}`,
      );
    }
    for (let left = from.number(); left > 0; left--) this.pastEpochs.push(from.text());
    const epochs = Array.from({ length: from.number() }, () => BedEpoch.load(this.name, from, this.settings));
    this.current = epochs[from.number()] ?? null;
    for (let left = from.number(); left > 0; left--) {
      const epoch = epochs[from.number()];
      this.queue({ type: "heard", bed: this, epoch, ...loadWork(from, this.partition), finishesMessage: false });
    }
    from.part(this.silence);
    from.part(this.hold);
  }

  private queue(work: HeardWork): HeardWork {
    this.pending.push(work);
    return work;
  }

  private leave(epoch: BedEpoch, events: BedEvent[]): void {
    epoch.end(events);
    this.current = null;
    this.pastEpochs.push(epoch.epoch);
    if (this.pastEpochs.length > REMEMBERED_EPOCHS) this.pastEpochs.shift();
  }
}

function saveWork({ events, producedAtMs, provenance, progress }: HeardWork, epoch: number, to: StateWriter): void {
  to.number(epoch);
  saveNullable(producedAtMs, to);
  to.flag(provenance !== null);
  if (provenance) {
    to.number(provenance.offset);
    to.number(provenance.receivedAtMs);
    to.number(provenance.assignment);
  }
  to.flag(progress !== null);
  if (progress) {
    to.number(progress.firstSample);
    to.number(progress.endSample);
    to.flag(progress.ended);
  }
  saveEvents(events, to);
}

const loadWork = (
  from: StateReader,
  partition: number,
): Pick<HeardWork, "producedAtMs" | "provenance" | "progress" | "events"> => ({
  producedAtMs: loadNullable(from),
  provenance: from.flag()
    ? { partition, offset: from.number(), receivedAtMs: from.number(), assignment: from.number() }
    : null,
  progress: from.flag() ? { firstSample: from.number(), endSample: from.number(), ended: from.flag() } : null,
  events: loadEvents(from),
});
