import { type Beat, BEAT_CLASSES, type BeatClass, beatId } from "../../contracts/beat.ts";
import { fiducialOffset } from "../../signal/beat/fiducial.ts";
import { type Condition, conditionId } from "../../contracts/condition.ts";
import { rateLimitOf } from "../../contracts/heart-rate.ts";
import { QUALITY_POLICY } from "../../contracts/quality.ts";
import type { Qrs } from "../../contracts/qrs.ts";
import type { Rhythm } from "../../contracts/rhythm.ts";
import type { TopicEvent } from "../../contracts/topics.ts";
import type { Classifier } from "../../model/classifier.ts";
import type { RhythmChange } from "../../signal/rhythm/basic-rhythm.ts";
import type { ConditionChange, RhythmMonitor } from "../../signal/rhythm/monitor.ts";
import type { BedEpoch } from "./bed/epoch.ts";
import type { BeatToClassify, BedEvent, HeardWork } from "./work.ts";

/** What `interpret` needs of an epoch. */
export type InterpretedEpoch = Pick<
  BedEpoch,
  "bed" | "epoch" | "epochStartMs" | "samplingRateHz" | "leadNames" | "publishFrom" | "policy" | "monitor" | "withheld"
>;

/** What a work says, when its beats have their probabilities and all works of its bed before it are concluded. */
export function conclude(work: HeardWork, interpret: Interpret): TopicEvent[] {
  const said = interpret(work);
  work.bed.pending.shift();
  const conditions = said.flatMap(({ topic, data }) => (topic === "conditions" ? data : []));
  const alarms = work.bed.alarms.hear(work.epoch, conditions, heardTo(work), work.offset);
  return [...said, ...alarms.map((data) => ({ topic: "alarms", data }) as const)];
}

/** All that was decided before this sample has been heard. */
function heardTo({ events }: HeardWork): number {
  let sample = 0;
  for (const event of events) {
    if (event.type === "advance") sample = event.toSample;
    if (event.type === "end") sample = event.atSample;
  }
  return sample;
}

/** Turns what was heard and classified into beats and conditions, in order of decision, through the epoch's rhythm monitor. */
export type Interpret = (heard: {
  readonly epoch: InterpretedEpoch;
  readonly events: HeardWork["events"];
}) => TopicEvent[];

export function interpretWith(model: Pick<Classifier, "info" | "gate">): Interpret {
  // What is interpreted at the moment: so that nothing has to be made anew for each frame.
  let epoch: InterpretedEpoch;
  let said: TopicEvent[];
  const tell = (condition: Condition): void => void said.push({ topic: "conditions", data: condition });
  const emit = (change: ConditionChange): void => {
    const condition = toCondition(epoch, change);
    if (change.sample < epoch.publishFrom) {
      epoch.withheld.change(condition);
      return;
    }
    // Told again if another worker told it, else for the first time.
    epoch.withheld.tell(tell);
    tell(condition);
  };
  const take = (event: BedEvent): void => {
    const { monitor } = epoch;
    switch (event.type) {
      case "beat": {
        const beat = toBeat(epoch, event, model);
        const { sample, beatClass, rrMs, quality } = beat;
        const { decidedAt, pWave } = event.event;
        const heard = { sample, beatClass, rrMs, quality, ventricular: beat.probabilities.V, pWave, decidedAt };
        if (!event.isHeard) monitor.otherBeat(heard, emit);
        else {
          monitor.beat(heard, emit);
          if (sample >= epoch.publishFrom) said.push({ topic: "beats", data: inRhythm(beat, monitor) });
        }
        break;
      }
      case "qrs":
        monitor.qrs(event, emit);
        if (event.sample >= epoch.publishFrom) said.push({ topic: "qrs", data: toQrs(epoch, event.sample) });
        break;
      case "quality":
        monitor.quality(event, emit);
        break;
      case "waveform":
        monitor.waveform(event, emit);
        break;
      case "gap":
        monitor.gap(event, emit);
        break;
      case "other":
        monitor.other(event.event, emit);
        break;
      case "lead":
        monitor.lead(event, emit);
        break;
      case "advance":
        monitor.advance(event.toSample, emit);
        if (event.toSample >= epoch.publishFrom) epoch.withheld.tell(tell);
        break;
      case "end":
        monitor.end(event.atSample, emit);
    }
  };
  return (heard) => {
    epoch = heard.epoch;
    said = [];
    for (const event of heard.events) {
      take(event);
      for (const change of epoch.monitor.takeRhythms()) {
        if (change.sample >= epoch.publishFrom) said.push({ topic: "rhythms", data: toRhythm(epoch, change) });
      }
    }
    return said;
  };
}

function toBeat(
  epoch: InterpretedEpoch,
  { event, lead, probabilities: p }: BeatToClassify,
  { info, gate }: Pick<Classifier, "info" | "gate">,
): Beat {
  const { noise, features } = event;
  const gated = gate && p;
  const quality = gated ? gate.readingQuality({ noise, features, probabilities: p }) : event.signalQuality;
  const rejected = quality < (gated ? QUALITY_POLICY.gatedReading : QUALITY_POLICY.ungatedReading);
  const probabilities = { N: p?.[0] ?? 0, S: p?.[1] ?? 0, V: p?.[2] ?? 0, F: p?.[3] ?? 0 };
  return {
    id: beatId(epoch.bed, epoch.epoch, event.sample),
    bed: epoch.bed,
    epoch: epoch.epoch,
    sample: event.sample,
    fiducialSample: Math.max(0, event.sample + Math.round(fiducialOffset(event.window) * epoch.samplingRateHz)),
    samplingRateHz: epoch.samplingRateHz,
    timeMs: timeOf(epoch, event.sample),
    beatClass: rejected ? "Q" : mostProbable(probabilities),
    probabilities,
    rrMs: event.rrMs,
    heartRateBpm: event.heartRateBpm,
    quality,
    foundLate: event.foundLate,
    lead: epoch.leadNames[lead],
    model: info.hash,
  };
}

const toQrs = (epoch: InterpretedEpoch, sample: number): Qrs => ({
  id: beatId(epoch.bed, epoch.epoch, sample),
  bed: epoch.bed,
  epoch: epoch.epoch,
  sample,
  timeMs: timeOf(epoch, sample),
  samplingRateHz: epoch.samplingRateHz,
});

/** In atrial fibrillation no beat is early: what the model calls S there is N. */
const inRhythm = (beat: Beat, monitor: Pick<RhythmMonitor, "isOpen">): Beat =>
  beat.beatClass === "S" && monitor.isOpen("atrial-fibrillation") ? { ...beat, beatClass: "N" } : beat;

function toCondition(epoch: InterpretedEpoch, change: ConditionChange): Condition {
  return {
    id: conditionId(epoch.bed, epoch.epoch, change, change.beginSample),
    bed: epoch.bed,
    epoch: epoch.epoch,
    kind: change.kind,
    priority: epoch.policy.kinds[change.kind].priority,
    phase: change.phase,
    beginSample: change.beginSample,
    beginTimeMs: timeOf(epoch, change.beginSample),
    sample: change.sample,
    timeMs: timeOf(epoch, change.sample),
    samplingRateHz: epoch.samplingRateHz,
    beats: change.beatSamples.slice(-64).map((sample) => beatId(epoch.bed, epoch.epoch, sample)),
    heartRateBpm: change.heartRateBpm,
    limitBpm: rateLimitOf(change.kind, epoch.policy.limits),
    lead: change.lead,
    policy: epoch.policy.label,
  };
}

const toRhythm = (epoch: InterpretedEpoch, change: RhythmChange): Rhythm => ({
  bed: epoch.bed,
  epoch: epoch.epoch,
  timeMs: timeOf(epoch, change.sample),
  samplingRateHz: epoch.samplingRateHz,
  policy: epoch.policy.label,
  ...change,
});

function mostProbable(probabilities: Beat["probabilities"]): BeatClass {
  let best: keyof typeof probabilities = "N";
  for (const name of BEAT_CLASSES) if (name !== "Q" && probabilities[name] > probabilities[best]) best = name;
  return best;
}

const timeOf = (epoch: InterpretedEpoch, sample: number): number =>
  epoch.epochStartMs + (sample / epoch.samplingRateHz) * 1000;
