import type { BedsideError } from "../../../contracts/errors.ts";
import { type Frame, frameEnd, sampleCount } from "../../../contracts/frame.ts";
import { withoutEcg } from "../../../signal/leads.ts";
import type { StateReader, Stateful, StateWriter } from "../../../signal/state.ts";
import { MAX_WAITING_SECONDS } from "./continuity.ts";
import { ContraryRun } from "./contrary-run.ts";
import { type Beginning, type BedEpoch, type EpochSettings, joinedAt } from "./epoch.ts";
import { badFrame, isPlausible, tooFarAhead } from "./faults.ts";
import { areNeighbours, type HeldFrame, holdFrame, isSameFrame, loadHeld, saveHeld } from "./held-frame.ts";
import { type PastEpoch, PastEpochs } from "./past-epochs.ts";
import type { Provenance } from "./provenance.ts";

/** A frame is to be heard. */
export interface Admitted {
  readonly type: "admitted";
  /** A frame that was held, to be heard before it. */
  readonly held: HeldFrame | null;
  /** What they belong to: the epoch under way, one that begins as its first frame tells it, or one that begins otherwise. */
  readonly into: "epoch under way" | "epoch of the frame" | Beginning;
}

export type Verdict =
  | Admitted
  /** To the dead-letter topic. */
  | { readonly type: "refused"; readonly error: BedsideError }
  /** Held, or its samples were heard before. */
  | { readonly type: "left" };

/** A frame that was held, and why it is not believed. */
export interface Refusal extends HeldFrame {
  readonly error: BedsideError;
}

const OWN: Admitted = { type: "admitted", held: null, into: "epoch under way" };
const BEGINS: Admitted = { type: "admitted", held: null, into: "epoch of the frame" };
const LEFT: Verdict = { type: "left" };

/**
 * Which frames of a bed are heard, and as what; the order of the frames alone decides. One that does not fit what is under way
 * (another epoch's, or one far ahead) is held. The next one is the witness: where it continues the held one, both are heard; where it
 * continues what is under way, the held one was a stray, and is refused. What cannot be taken for two seconds on end, while nothing
 * can, is what the bed sends: an epoch of its own begins there.
 */
export class Admission implements Stateful {
  private held: HeldFrame | null = null;
  private readonly past = new PastEpochs();
  private readonly contrary = new ContraryRun();
  /** When the last frame that was taken was produced, and the one before it, Unix ms. */
  private producedMs = Number.NEGATIVE_INFINITY;
  private producedBeforeMs = Number.NEGATIVE_INFINITY;
  private refusals: Refusal[] = [];

  constructor(
    private readonly partition: number,
    private readonly settings: Pick<EpochSettings, "observer" | "chooseLeads">,
  ) {}

  /** Of the next frame; `epoch` is under way. */
  judge(frame: Frame, provenance: Provenance, epoch: BedEpoch | null): Verdict {
    if (epoch === null || !epoch.owns(frame)) return this.judgeOther(frame, provenance, epoch);
    const fault = epoch.fault(frame);
    if (fault !== null) return this.outOfStep(frame, epoch) ?? { type: "refused", error: badFrame(frame, fault) };
    if (epoch.secondsAhead(frame) > MAX_WAITING_SECONDS) return this.weigh(frame, provenance, epoch);
    if (frameEnd(frame) > epoch.position || sampleCount(frame) === 0) return OWN;
    return this.outOfStep(frame, epoch) ?? OWN;
  }

  /** The frame has brought samples: what was held is a stray. */
  taken({ producedAtMs }: Frame): void {
    this.producedBeforeMs = this.producedMs;
    this.producedMs = producedAtMs;
    this.contrary.clear();
    if (this.held) this.refuse(this.held, "the frames behind it do not continue it");
    this.held = null;
  }

  /** The frame that is held, where nothing speaks against it but that none has come behind it; another one is refused. */
  release(epoch: BedEpoch | null): HeldFrame | null {
    const { held } = this;
    this.held = null;
    if (!held || epoch?.owns(held.frame)) return held;
    this.refuse(held, "no frame has come behind it");
    return null;
  }

  /** When the frame that is held came, Unix ms; null where none is. */
  get heldSinceMs(): number | null {
    return this.held && this.held.provenance.receivedAtMs;
  }

  /** Of what was loaded: what is held came now, as far as the wall's clock is concerned. */
  resume(nowMs: number): void {
    const { held } = this;
    if (held) this.held = { ...held, provenance: { ...held.provenance, receivedAtMs: nowMs } };
  }

  /** An epoch is over. */
  ended(past: PastEpoch): void {
    this.past.add(past);
  }

  /** The frames that were refused since this was called last; not part of what is saved. */
  takeRefusals(): readonly Refusal[] {
    const { refusals } = this;
    if (refusals.length > 0) this.refusals = [];
    return refusals;
  }

  save(to: StateWriter): void {
    to.flag(this.held !== null);
    if (this.held) saveHeld(this.held, to);
    to.part(this.past);
    to.part(this.contrary);
    to.number(this.producedMs);
    to.number(this.producedBeforeMs);
  }

  load(from: StateReader): void {
    this.held = from.flag() ? loadHeld(from, this.partition) : null;
    from.part(this.past);
    from.part(this.contrary);
    this.producedMs = from.number();
    this.producedBeforeMs = from.number();
  }

  /** Of a frame that is not of the epoch under way, or comes while none is. */
  private judgeOther(frame: Frame, provenance: Provenance, epoch: BedEpoch | null): Verdict {
    if (!this.isMonitored(frame)) return { type: "refused", error: badFrame(frame, withoutEcg(frame.leads)) };
    const past = this.past.find(frame);
    if (!past) {
      if (epoch !== null || !isPlausible(frame)) return this.weigh(frame, provenance, epoch);
      return this.begins(frame, null, epoch);
    }
    if (frameEnd(frame) <= past.end) {
      const verdict = this.outOfStep(frame, epoch);
      if (!verdict) this.settings.observer.discarded?.("late");
      return verdict ?? LEFT;
    }
    const far = tooFarAhead(frame.firstSample, past.end, past.samplingRateHz);
    if (far !== null) return { type: "refused", error: badFrame(frame, far) };
    if (epoch !== null || frame.firstSample > past.end) return this.weigh(frame, provenance, epoch);
    return { type: "admitted", held: null, into: goesOn(past) };
  }

  /** A frame that needs another one to be believed. */
  private weigh(frame: Frame, provenance: Provenance, epoch: BedEpoch | null): Verdict {
    const { held } = this;
    if (held && isSameFrame(held.frame, frame)) {
      this.settings.observer.discarded?.("duplicate");
      return LEFT;
    }
    if (held && areNeighbours(held.frame, frame)) {
      this.held = null;
      return this.believe(held, epoch);
    }
    this.held = holdFrame(frame, provenance);
    if (held) this.refuse(held, "the frame behind it does not continue it");
    return LEFT;
  }

  private believe(held: HeldFrame, epoch: BedEpoch | null): Verdict {
    const { frame } = held;
    if (epoch?.owns(frame)) return { ...OWN, held };
    const past = this.past.find(frame);
    return past ? { type: "admitted", held, into: goesOn(past) } : this.begins(frame, held, epoch);
  }

  /** A recording that was not heard before: under its own name, where no other one of the bed has that. */
  private begins(frame: Frame, held: HeldFrame | null, epoch: BedEpoch | null): Verdict {
    const name = this.past.nameFor(frame, namesOf(epoch));
    if (name === frame.epoch) return { ...BEGINS, held };
    return { type: "admitted", held, into: { name, from: joinedAt(frame), reason: "name used twice" } };
  }

  /** A frame that cannot be taken: the epoch that begins with it, if enough of them have come; else null. */
  private outOfStep(frame: Frame, epoch: BedEpoch | null): Verdict | null {
    if (!this.contrary.add(frame, this.producedBeforeMs) || !this.isMonitored(frame)) return null;
    const name = this.past.derive(frame.epoch, this.contrary.producedAtMs, namesOf(epoch));
    this.producedMs = this.producedBeforeMs = Number.NEGATIVE_INFINITY;
    return { type: "admitted", held: null, into: { name, from: frame.firstSample, reason: "out of step" } };
  }

  /** An epoch that begins with the frame would have a lead to hear. */
  private isMonitored({ leads }: Frame): boolean {
    return this.settings.chooseLeads(leads).length > 0;
  }

  private refuse(held: HeldFrame, why: string): void {
    const seconds = (held.frame.firstSample / held.frame.samplingRateHz).toFixed(1);
    const what = `it belongs at ${seconds} s of an epoch of that name, where nothing else does: ${why}`;
    this.refusals.push({ ...held, error: badFrame(held.frame, what) });
  }
}

const goesOn = ({ name, end }: PastEpoch): Beginning => ({ name, from: end, reason: "last frame was not the last" });

const namesOf = (epoch: BedEpoch | null): string[] => (epoch ? [epoch.epoch] : []);
