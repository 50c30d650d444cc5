import type { PartitionRef } from "../../bus/bus.ts";
import type { Beat } from "../../contracts/beat.ts";
import type { Condition } from "../../contracts/condition.ts";
import type { BedsideError } from "../../contracts/errors.ts";
import type { ClassifyObserver } from "./classify-batch.ts";
import type { TakenOver } from "./checkpoints/take-over.ts";
import type { OffClock } from "./bed/clock-offset.ts";
import type { SignalObserver } from "./bed/epoch.ts";

/** Beds of which something is wrong at this moment. */
export interface BedsTold {
  readonly unheard: number;
  /** Whose source has a clock that is off, by where it is. */
  readonly clocks: Readonly<Record<OffClock, number>>;
}

/** What can be seen of a running pipeline; metrics and logs hang here. */
export interface PipelineObserver extends SignalObserver, ClassifyObserver {
  /** A frame has arrived, `seconds` after its producer sent it. */
  frame?(seconds: number): void;
  /** A message could not be read, or not be believed, and goes to the dead-letter topic. `key`: the bed, if it is right. */
  deadLetter?(error: BedsideError, place: string, key: string): void;
  /** A bed sends frames, `count` since the last one that could be taken, and has done so for seconds. */
  unheard?(bed: string, count: number): void;
  /** The clock of the bed's source is minutes off; said once an epoch. `offsetMs`: from when its frames say they were sent to when they came. */
  clockOff?(bed: string, epoch: string, offsetMs: number): void;
  /** Some of the wall's time has passed; called twice a second or so. */
  turn?(beds: BedsTold): void;
  beat?(beat: Beat): void;
  condition?(condition: Condition): void;
  /** A message's outputs are acknowledged, `seconds` after it was received. */
  done?(seconds: number): void;
  inFlight?(messages: number): void;
  /** Partitions of frames have come to this worker, each with the offset it begins at. */
  assigned?(places: readonly (PartitionRef & { offset: number })[]): void;
  /** What was assigned is finished, as far as it could be, and given up. */
  revoked?(partitions: readonly PartitionRef[]): void;
  /** Beds have come with their partitions, and where they stand was found. */
  tookOver?(taken: TakenOver): void;
  /** The bed's checkpoint is of another log than that which is read, where another frame lies at `place`: the bed begins anew. */
  otherLog?(bed: string, place: string): void;
  /** Where a bed stands has been written, so many bytes. */
  checkpoint?(bytes: number): void;
  /** Where beds stand could not be written. */
  uncheckpointed?(error: unknown): void;
  committing?(places: readonly (PartitionRef & { offset: number })[]): void;
}
