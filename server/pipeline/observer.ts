import type { PartitionRef } from "../../bus/bus.ts";
import type { Beat } from "../../contracts/beat.ts";
import type { Condition } from "../../contracts/condition.ts";
import type { BedsideError } from "../../contracts/errors.ts";
import type { ClassifyObserver } from "./classify-batch.ts";
import type { SignalObserver } from "./bed/epoch.ts";

/** What can be seen of a running pipeline; metrics and logs hang here. */
export interface PipelineObserver extends SignalObserver, ClassifyObserver {
  /** A frame has arrived, `seconds` after its producer sent it. */
  frame?(seconds: number): void;
  /** A message could not be read and went to the dead-letter topic. */
  deadLetter?(error: BedsideError, place: string): void;
  beat?(beat: Beat): void;
  condition?(condition: Condition): void;
  /** A message's outputs are acknowledged, `seconds` after it was received. */
  done?(seconds: number): void;
  inFlight?(messages: number): void;
  /** Partitions of frames have come to this worker, each with the offset it begins at. */
  assigned?(places: readonly (PartitionRef & { offset: number })[]): void;
  /** What was assigned is finished, as far as it could be, and given up. */
  revoked?(partitions: readonly PartitionRef[]): void;
  committing?(places: readonly (PartitionRef & { offset: number })[]): void;
}
