import { type Beat, beatId } from "../../contracts/beat.ts";
import { type Condition, CONDITION_KINDS, type ConditionKind, conditionId } from "../../contracts/condition.ts";
import type { Frame } from "../../contracts/frame.ts";
import type { Bed, Snapshot, Unmonitored } from "../../contracts/socket.ts";

const RATE_HZ = 250;

const timeMs = (sample: number): number => (sample / RATE_HZ) * 1000;

/** A frame of 50 zeros (0.2 s). */
export function frameOf(firstSample: number, change: Partial<Frame> = {}): Frame {
  return {
    bed: "b1",
    epoch: "e1",
    epochStartMs: 0,
    sequence: firstSample / 50,
    firstSample,
    producedAtMs: timeMs(firstSample + 50),
    samplingRateHz: RATE_HZ,
    leads: [{ name: "II", gainAduPerMv: 200, baselineAdu: 0, unit: "mV", samples: new Int16Array(50) }],
    last: false,
    source: "test",
    ...change,
  };
}

export function beatOf(sample: number, change: Partial<Beat> = {}): Beat {
  return {
    id: beatId("b1", "e1", sample),
    bed: "b1",
    epoch: "e1",
    sample,
    samplingRateHz: RATE_HZ,
    timeMs: timeMs(sample),
    beatClass: "N",
    probabilities: { N: 1, S: 0, V: 0, F: 0 },
    rrMs: 800,
    heartRateBpm: 75,
    quality: 1,
    foundLate: false,
    lead: "II",
    model: "0123456789ab",
    ...change,
  };
}

export function conditionOf(kind: ConditionKind, beginSample: number, change: Partial<Condition> = {}): Condition {
  return {
    id: conditionId("b1", "e1", { kind, lead: change.lead ?? "" }, beginSample),
    bed: "b1",
    epoch: "e1",
    kind,
    priority: CONDITION_KINDS[kind].priority,
    phase: "begin",
    beginSample,
    beginTimeMs: timeMs(beginSample),
    sample: beginSample,
    timeMs: timeMs(beginSample),
    samplingRateHz: RATE_HZ,
    beats: [],
    heartRateBpm: null,
    limitBpm: null,
    lead: "",
    policy: "1",
    ...change,
  };
}

/** A bed of which nothing is known but its signal. */
export function bedOf(bed: string, change: Partial<Bed> = {}): Bed {
  const unknown = { heartRate: null, quality: null, rhythm: null, unmonitored: null };
  return {
    bed,
    epoch: "e1",
    samplingRateHz: RATE_HZ,
    source: "test",
    leads: ["II"],
    lastFrameMs: 0,
    ...unknown,
    ...change,
  };
}

export function snapshotOf(change: Partial<Snapshot> = {}): Snapshot {
  return {
    type: "snapshot",
    serverTimeMs: 0,
    cursor: "c0",
    beds: [],
    conditions: [],
    alarms: [],
    admissions: [],
    beats: [],
    ...change,
  };
}

/** A bed is not monitored since 0. */
export function unmonitoredFor(reason: string, change: Partial<Unmonitored> = {}): Unmonitored {
  const isRefused = reason === "refused";
  const message = isRefused ? "firstSample is 4e15" : "so it is";
  return { reason, sinceMs: 0, message, code: isRefused ? "BAD_FRAME" : null, count: isRefused ? 50 : 0, ...change };
}
