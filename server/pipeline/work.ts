import type { BusMessage } from "../../bus/bus.ts";
import type { Condition, ConditionKind } from "../../contracts/condition.ts";
import type { TopicName } from "../../contracts/topics.ts";
import type { BeatEvent, GapEvent, QrsEvent, QualityEvent, SignalChain } from "../../signal/events.ts";
import type { RhythmMonitor } from "../../signal/rhythm/monitor.ts";

/** Where a message came from and when: what outputs are traced back to, and what is committed. */
export interface Reference {
  readonly topic: TopicName;
  readonly partition: number;
  readonly offset: number;
  readonly receivedAtMs: number;
  /** Which of this worker's assignments of partitions it came with; what outlives its assignment is not committed. */
  readonly assignment?: number;
}

/** One epoch of one bed: everything the pipeline knows of it. Each part is mutated by its own stage alone. */
export interface EpochState {
  readonly bed: string;
  readonly epoch: string;
  readonly epochStartMs: number;
  readonly samplingRateHz: number;
  readonly leadNames: readonly string[];
  /** Index of the lead that is monitored. */
  readonly lead: number;
  /** Outputs before this sample are withheld: an earlier worker has published them (see commit-tracker.ts). */
  readonly publishFrom: number;
  /** The signal stage's. */
  readonly chain: SignalChain;
  /** The classifier's recurrent state over this bed's beats. */
  recurrent: Float32Array;
  /** The rhythm stage's. */
  readonly monitor: RhythmMonitor;
  /** The rhythm stage's: conditions that began before `publishFrom` and have not ended, by kind. */
  readonly withheld: Map<ConditionKind, Condition>;
}

/** What was heard in one frame, in order of decision; a beat's probabilities come with the classifier's turn. */
export type Step =
  | { readonly type: "beat"; readonly event: BeatEvent; probabilities: Float32Array | null }
  | { readonly type: "heard"; readonly event: QrsEvent | QualityEvent | GapEvent }
  | { readonly type: "advance"; readonly toSample: number }
  | { readonly type: "end"; readonly atSample: number };

/** The samples of one epoch that are through with this work: what the commit tracker needs to know. */
export interface Progress {
  readonly bed: string;
  readonly epoch: string;
  readonly samplingRateHz: number;
  readonly firstSample: number;
  readonly endSample: number;
  readonly ended: boolean;
}

/** One message's way through the pipeline after the signal stage. */
export interface Work {
  readonly epoch: EpochState | null;
  readonly steps: readonly Step[];
  /** Messages that need no classifier, e.g. a dead letter. */
  readonly outgoing: readonly BusMessage[];
  readonly producedAtMs: number | null;
  /** Set on the last work of a message: when it is through, the message is done. */
  readonly reference: Reference | null;
  readonly progress: Progress | null;
}

/** A work that carries ready-made messages alone. */
export const controlWork = (outgoing: readonly BusMessage[], reference: Reference | null = null): Work => ({
  epoch: null,
  steps: [],
  outgoing,
  producedAtMs: null,
  reference,
  progress: null,
});
