import type { Beat } from "../../contracts/beat.ts";
import type { Condition } from "../../contracts/condition.ts";
import type { BedsideError } from "../../contracts/errors.ts";
import type { ClassifyObserver } from "./classify.ts";
import type { SignalObserver } from "./signal-stage.ts";

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
}
