import type { Fifo } from "../../../kit/fifo.ts";
import type { StateReader, StateWriter } from "../../../signal/state.ts";
import type { BedAlarms } from "../../alarms/bed-alarms.ts";
import { type BedEvent, loadEvents, loadNullable, saveEvents, saveNullable } from "./bed-event.ts";
import type { CommitHold, Progress } from "./commit-hold.ts";
import type { BedEpoch } from "./epoch.ts";
import { loadProvenance, type Provenance, saveProvenance } from "./provenance.ts";

/** What a work's way through the stages changes of its bed. */
interface WorkedBed {
  readonly partition: number;
  readonly pending: Fifo<HeardWork>;
  readonly hold: CommitHold;
  readonly alarms: BedAlarms;
}

/** What one frame makes a bed say: its way through the stages begins here. */
export interface HeardWork {
  readonly type: "heard";
  readonly bed: WorkedBed;
  readonly epoch: BedEpoch;
  readonly events: readonly BedEvent[];
  readonly producedAtMs: number | null;
  /** Null where the wall or another epoch's frame made the epoch end. */
  readonly provenance: Provenance | null;
  /** Of the frame that it comes of; null where the wall made the epoch end. */
  readonly offset: number | null;
  /** Set on the last work of a frame. */
  readonly progress: Progress | null;
  /** Whether a message of the bus is through with it; never in a work that was loaded, or of a frame that was held. */
  readonly finishesMessage: boolean;
}

export function saveWork(
  { events, producedAtMs, provenance, offset, progress }: HeardWork,
  epoch: number,
  to: StateWriter,
): void {
  to.number(epoch);
  saveNullable(producedAtMs, to);
  to.flag(provenance !== null);
  if (provenance) saveProvenance(provenance, to);
  saveNullable(offset, to);
  to.flag(progress !== null);
  if (progress) {
    to.number(progress.firstSample);
    to.number(progress.endSample);
    to.flag(progress.ended);
  }
  saveEvents(events, to);
}

export const loadWork = (
  from: StateReader,
  partition: number,
): Pick<HeardWork, "producedAtMs" | "provenance" | "offset" | "progress" | "events"> => ({
  producedAtMs: loadNullable(from),
  provenance: from.flag() ? loadProvenance(from, partition) : null,
  offset: loadNullable(from),
  progress: from.flag() ? { firstSample: from.number(), endSample: from.number(), ended: from.flag() } : null,
  events: loadEvents(from),
});
