import type { Condition } from "../../../contracts/condition.ts";
import { BedsideError } from "../../../contracts/errors.ts";
import { type Frame, frameEnd } from "../../../contracts/frame.ts";
import { Fifo } from "../../../kit/fifo.ts";
import type { StateReader, Stateful, StateWriter } from "../../../signal/state.ts";
import { BedAlarms } from "../../alarms/bed-alarms.ts";
import { Admission, type Admitted, type Refusal } from "./admission.ts";
import type { BedEvent } from "./bed-event.ts";
import { ClockOffset } from "./clock-offset.ts";
import { CommitHold } from "./commit-hold.ts";
import { BedEpoch, type EpochSettings } from "./epoch.ts";
import { type HeardWork, loadWork, saveWork } from "./heard-work.ts";
import type { Provenance } from "./provenance.ts";
import { Silence, SILENT_AFTER_MS } from "./silence.ts";
import { Unheard } from "./unheard.ts";

/** Written into every snapshot; to be raised whenever what is saved, its order or how it is packed changes. */
export const SNAPSHOT_VERSION = 21;

/**
 * All that a worker knows of one bed. Frames go in at `push`; the works that come out are concluded in their order, when the
 * classifier has spoken; until then they are `pending`. A snapshot may be taken at any moment in between: the front of the
 * bed (admission, continuity, chain) stands at the last frame, its back (recurrent state, monitor) at the last work concluded,
 * and the pending works, which are saved too, are what lies between. Of a bed that was loaded they go through the stages first.
 * What was concluded is about to be published: a snapshot that is to outlive the worker is published behind it.
 */
export class Bed implements Stateful {
  readonly pending = new Fifo<HeardWork>();
  readonly silence = new Silence();
  readonly hold = new CommitHold();
  readonly unheard = new Unheard();
  readonly clock = new ClockOffset();
  readonly alarms: BedAlarms;
  private readonly admission: Admission;
  private lastOffset = -1;
  private lastDigest = 0;
  private current: BedEpoch | null = null;

  constructor(
    readonly name: string,
    readonly partition: number,
    private readonly settings: EpochSettings,
  ) {
    this.admission = new Admission(partition, settings);
    this.alarms = new BedAlarms(name);
  }

  /** The epoch under way; null where none is. */
  get epoch(): BedEpoch | null {
    return this.current;
  }

  /** Offset of the last frame that came, whatever became of it; −1 before the first. */
  get offset(): number {
    return this.lastOffset;
  }

  /** Of that frame's message, as Provenance has it. */
  get digest(): number {
    return this.lastDigest;
  }

  /**
   * A frame of this bed, in order of arrival. No work where it is held, or its samples are those of an epoch that is over; then, and
   * always, see `takeRefusals`. Throws BAD_FRAME when the frame contradicts its epoch, which is left as it was.
   */
  push(frame: Frame, provenance: Provenance): HeardWork[] {
    this.lastOffset = provenance.offset;
    this.hold.heard(provenance.offset);
    this.lastDigest = provenance.digest ?? 0;
    const verdict = this.admission.judge(frame, provenance, this.current);
    if (verdict.type !== "admitted") this.unheard.add(provenance.receivedAtMs);
    if (verdict.type === "refused") throw verdict.error;
    return verdict.type === "left" ? [] : this.admit(frame, provenance, verdict);
  }

  /** Frames that were held and are not believed, since this was called last. */
  takeRefusals(): readonly Refusal[] {
    return this.admission.takeRefusals();
  }

  /** Ends the epoch under way, if one is: what is held of it, or pending in its chain, is given out. */
  endEpoch(producedAtMs: number | null): HeardWork[] {
    return [...this.release(), ...this.end(producedAtMs, null)];
  }

  /** The frame that is held is given up or heard when nothing has come behind it for so long that the bed is silent. */
  checkHeld(nowMs: number): HeardWork[] {
    const { heldSinceMs } = this.admission;
    return heldSinceMs !== null && nowMs - heldSinceMs >= SILENT_AFTER_MS ? this.release() : [];
  }

  /** The condition that begins by the wall clock, if one does. */
  checkSilence(nowMs: number): Condition | null {
    return this.silence.check(nowMs, this.current, this.current?.position ?? 0);
  }

  /** Nothing is under way, and nothing on its way: the bed may be forgotten. */
  get isIdle(): boolean {
    return this.current === null && this.pending.length === 0 && !this.hold.isHolding && this.alarms.isQuiet;
  }

  /** The works that are pending, the oldest first. */
  get works(): HeardWork[] {
    return Array.from({ length: this.pending.length }, (_, i) => this.pending.at(i)).filter(
      (work) => work !== undefined,
    );
  }

  /** Those of the pending works and the one under way, each once. */
  get epochs(): BedEpoch[] {
    return [...new Set([...this.works.map(({ epoch }) => epoch), ...(this.current ? [this.current] : [])])];
  }

  save(to: StateWriter): void {
    to.number(SNAPSHOT_VERSION);
    to.number(this.lastOffset);
    to.number(this.lastDigest);
    const { works, epochs } = this;
    to.number(epochs.length);
    for (const epoch of epochs) to.part(epoch);
    to.number(this.current ? epochs.indexOf(this.current) : -1);
    to.number(works.length);
    for (const work of works) saveWork(work, epochs.indexOf(work.epoch), to);
    for (const part of this.parts) to.part(part);
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
    this.lastOffset = from.number();
    this.lastDigest = from.number();
    const epochs = Array.from({ length: from.number() }, () => BedEpoch.load(this.name, from, this.settings));
    const current = from.number();
    this.current = current === -1 ? null : epochAt(epochs, current);
    for (let left = from.number(); left > 0; left--) {
      const epoch = epochAt(epochs, from.number());
      this.queue({ type: "heard", bed: this, epoch, ...loadWork(from, this.partition), finishesMessage: false });
    }
    for (const part of this.parts) from.part(part);
  }

  /** Of a bed that was loaded: the wall's clock goes on from here. `noData`: where its signal is told to be missing; null where it is not. */
  resume(nowMs: number, noData: { readonly epoch: string; readonly beginSample: number } | null): void {
    // Its last frames were through, but for what a snapshot does not see.
    if (!this.current && this.pending.length === 0) this.hold.release();
    this.admission.resume(nowMs);
    this.silence.resume(nowMs, this.current, noData);
  }

  private get parts(): Stateful[] {
    return [this.admission, this.silence, this.hold, this.alarms];
  }

  private admit(frame: Frame, provenance: Provenance, { held, into }: Admitted): HeardWork[] {
    const { offset } = held?.provenance ?? provenance;
    const works = into === "epoch under way" ? [] : this.enter(held?.frame ?? frame, offset, into);
    if (held) works.push(...this.hear(held.frame, held.provenance, false));
    // What was held may have been an epoch's last frame.
    works.push(...(this.current ? this.hear(frame, provenance, true) : this.push(frame, provenance)));
    return works;
  }

  /** An epoch begins with `frame`; the one under way ends. */
  private enter(frame: Frame, offset: number, into: Exclude<Admitted["into"], "epoch under way">): HeardWork[] {
    const beginning = into === "epoch of the frame" ? null : into;
    const epoch = BedEpoch.begin(frame, this.settings, beginning);
    const works = this.end(frame.producedAtMs, offset);
    this.current = epoch;
    if (beginning) {
      const { name, reason } = beginning;
      this.settings.observer.mended?.({ bed: this.name, epoch: frame.epoch, heardAs: name, reason });
    }
    return works;
  }

  /** A frame of the epoch under way. */
  private hear(frame: Frame, provenance: Provenance, finishesMessage: boolean): HeardWork[] {
    const epoch = this.current;
    if (!epoch) return [];
    const events: BedEvent[] = [];
    const firstSample = epoch.position;
    epoch.push(frame, events);
    const endSample = epoch.position;
    if (endSample > firstSample) {
      this.admission.taken(frame);
      this.unheard.clear();
      this.clock.heard(epoch.epoch, provenance.receivedAtMs, frame.producedAtMs);
    } else {
      this.unheard.add(provenance.receivedAtMs);
    }
    const ended = frame.last && endSample >= frameEnd(frame);
    if (ended) this.leave(epoch, events);
    const progress = { firstSample, endSample, ended };
    const { producedAtMs } = frame;
    const { offset } = provenance;
    const heard = { type: "heard", bed: this, epoch, events, producedAtMs, provenance, offset } as const;
    return [this.queue({ ...heard, progress, finishesMessage })];
  }

  /** What is held is heard where it is of the epoch under way, else refused. */
  private release(): HeardWork[] {
    const held = this.admission.release(this.current);
    return held ? this.hear(held.frame, held.provenance, false) : [];
  }

  private end(producedAtMs: number | null, offset: number | null): HeardWork[] {
    const epoch = this.current;
    if (!epoch) return [];
    const events: BedEvent[] = [];
    this.leave(epoch, events);
    const ending = { type: "heard", bed: this, epoch, events, producedAtMs, offset } as const;
    return [this.queue({ ...ending, provenance: null, progress: null, finishesMessage: false })];
  }

  private queue(work: HeardWork): HeardWork {
    this.pending.push(work);
    return work;
  }

  private leave(epoch: BedEpoch, events: BedEvent[]): void {
    epoch.end(events);
    this.current = null;
    this.admission.ended({ ...epoch.recording, name: epoch.epoch, end: epoch.position });
  }
}

function epochAt(epochs: readonly BedEpoch[], index: number): BedEpoch {
  const epoch = epochs[index];
  if (!epoch) throw new BedsideError("BAD_SNAPSHOT", `the bed's snapshot has no epoch ${index} of ${epochs.length}`);
  return epoch;
}
