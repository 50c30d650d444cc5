import { type Beat, BEAT_CLASSES, type BeatClass, beatId } from "../../contracts/beat.ts";
import { type Condition, CONDITION_KINDS, conditionId } from "../../contracts/condition.ts";
import type { TopicEvent } from "../../contracts/topics.ts";
import type { Classifier } from "../../model/classifier.ts";
import { LEAST_QUALITY } from "../../model/gate/gate.ts";
import type { BeatEvent } from "../../signal/events.ts";
import { type ConditionChange, POLICY_VERSION } from "../../signal/rhythm/monitor.ts";
import type { EpochState, Work } from "./work.ts";

/** With a model that has no gate: a beat whose window has less signal quality than this is rejected (class Q). */
export const MIN_BEAT_QUALITY = 0.1;

/**
 * Turns what was heard and classified into beats and conditions, in order of decision, through the epoch's rhythm monitor.
 */
export function interpret(work: Work, model: Pick<Classifier, "info" | "gate">): TopicEvent[] {
  const { epoch } = work;
  if (!epoch) return [];
  const events: TopicEvent[] = [];
  const emit = (change: ConditionChange): void => {
    const condition = toCondition(epoch, change);
    if (change.sample < epoch.publishFrom) {
      if (change.phase === "end") epoch.withheld.delete(change.kind);
      else if (change.phase === "begin") epoch.withheld.set(change.kind, condition);
      return;
    }
    tellWithheld(epoch, events);
    events.push({ topic: "conditions", data: condition });
  };
  for (const step of work.steps) {
    switch (step.type) {
      case "beat": {
        const beat = toBeat(epoch, step.event, step.probabilities, model);
        epoch.monitor.beat({ ...beat, decidedAt: step.event.decidedAt }, emit);
        if (beat.sample >= epoch.publishFrom) events.push({ topic: "beats", data: beat });
        break;
      }
      case "heard":
        if (step.event.type === "qrs") epoch.monitor.qrs(step.event, emit);
        else if (step.event.type === "quality") epoch.monitor.quality(step.event, emit);
        else epoch.monitor.gap(step.event, emit);
        break;
      case "advance":
        epoch.monitor.advance(step.toSample, emit);
        if (step.toSample >= epoch.publishFrom) tellWithheld(epoch, events);
        break;
      case "end":
        epoch.monitor.end(step.atSample, emit);
    }
  }
  return events;
}

/** What began in the warm-up and goes on behind it: told again if another worker told it, else for the first time. */
function tellWithheld({ withheld }: EpochState, events: TopicEvent[]): void {
  for (const condition of withheld.values()) events.push({ topic: "conditions", data: condition });
  withheld.clear();
}

function toBeat(
  epoch: EpochState,
  event: BeatEvent,
  p: Float32Array | null,
  { info, gate }: Pick<Classifier, "info" | "gate">,
): Beat {
  const { noise, features } = event;
  const gated = gate && p;
  const quality = gated ? gate.quality({ noise, features, probabilities: p }) : event.quality;
  const rejected = quality < (gated ? LEAST_QUALITY : MIN_BEAT_QUALITY);
  const probabilities = { N: p?.[0] ?? 0, S: p?.[1] ?? 0, V: p?.[2] ?? 0, F: p?.[3] ?? 0 };
  return {
    id: beatId(epoch.bed, epoch.epoch, event.sample),
    bed: epoch.bed,
    epoch: epoch.epoch,
    sample: event.sample,
    samplingRateHz: epoch.samplingRateHz,
    timeMs: timeOf(epoch, event.sample),
    beatClass: rejected ? "Q" : mostProbable(probabilities),
    probabilities,
    rrMs: event.rrMs,
    heartRateBpm: event.heartRateBpm,
    quality,
    foundLate: event.foundLate,
    model: info.hash,
  };
}

function toCondition(epoch: EpochState, change: ConditionChange): Condition {
  return {
    id: conditionId(epoch.bed, epoch.epoch, change.kind, change.beginSample),
    bed: epoch.bed,
    epoch: epoch.epoch,
    kind: change.kind,
    priority: CONDITION_KINDS[change.kind].priority,
    phase: change.phase,
    beginSample: change.beginSample,
    beginTimeMs: timeOf(epoch, change.beginSample),
    sample: change.sample,
    timeMs: timeOf(epoch, change.sample),
    samplingRateHz: epoch.samplingRateHz,
    beats: change.beatSamples.slice(-64).map((sample) => beatId(epoch.bed, epoch.epoch, sample)),
    heartRateBpm: change.heartRateBpm,
    policy: POLICY_VERSION,
  };
}

function mostProbable(probabilities: Beat["probabilities"]): BeatClass {
  let best: keyof typeof probabilities = "N";
  for (const name of BEAT_CLASSES) if (name !== "Q" && probabilities[name] > probabilities[best]) best = name;
  return best;
}

const timeOf = (epoch: EpochState, sample: number): number =>
  epoch.epochStartMs + (sample / epoch.samplingRateHz) * 1000;
