import { expect, test } from "vitest";
import { type ConditionChange, createRhythmMonitor } from "../../signal/rhythm/monitor.ts";
import { createFakeClassifier } from "../../testing/model/fake-classifier.ts";
import { interpret, MIN_BEAT_QUALITY } from "./interpret.ts";
import type { EpochState, Step, Work } from "./work.ts";

const RATE = 100;
const model = createFakeClassifier(0);

const epochState = (publishFrom = 0): EpochState =>
  ({
    bed: "b1",
    epoch: "e",
    epochStartMs: 0,
    samplingRateHz: RATE,
    publishFrom,
    monitor: createRhythmMonitor({ samplingRateHz: RATE }),
    withheld: new Map(),
  }) as unknown as EpochState;

function beat(sample: number, probabilities: readonly number[], quality = 1): Step {
  const event = {
    type: "beat" as const,
    sample,
    decidedAt: sample + 150,
    rrMs: 800,
    heartRateBpm: 75,
    foundLate: false,
    quality,
    noise: new Float32Array(0),
    window: new Float32Array(0),
    features: new Float32Array(0),
  };
  return { type: "beat", event, probabilities: Float32Array.from(probabilities) };
}

const work = (epoch: EpochState, steps: Step[]): Work => ({
  epoch,
  steps,
  outgoing: [],
  producedAtMs: null,
  reference: null,
  progress: null,
});

const classes = (steps: Step[], epoch = epochState()): string[] =>
  interpret(work(epoch, steps), model).flatMap(({ topic, data }) => (topic === "beats" ? [data.beatClass] : []));

test("the most probable class is told, Q where the signal is too poor", () => {
  const steps = [
    beat(100, [0.7, 0.1, 0.1, 0.1]),
    beat(180, [0.1, 0.6, 0.2, 0.1]),
    beat(260, [0.1, 0.2, 0.4, 0.3]),
    beat(340, [0.1, 0.2, 0.3, 0.4]),
    beat(420, [0.1, 0.2, 0.6, 0.1], MIN_BEAT_QUALITY - 0.01),
  ];
  expect(classes(steps)).toEqual(["N", "S", "V", "F", "Q"]);
});

test("where the model has a gate, the gate alone judges", () => {
  const gate = { quality: ({ noise }: { noise: Float32Array }) => (noise.length > 0 ? 0.3 : 0.8) };
  const spoilt = beat(180, [1, 0, 0, 0]);
  if (spoilt.type === "beat") Object.assign(spoilt.event, { noise: Float32Array.of(1) });
  const findings = interpret(work(epochState(), [beat(100, [1, 0, 0, 0], 0), spoilt]), { ...model, gate });
  expect(findings).toMatchObject([
    { topic: "beats", data: { beatClass: "N", quality: 0.8 } },
    { topic: "beats", data: { beatClass: "Q", quality: 0.3, probabilities: { N: 1 } } },
  ]);
});

test("a worker that joined midway withholds its warm-up", () => {
  const steps = [beat(100, [1, 0, 0, 0]), beat(200, [1, 0, 0, 0]), beat(300, [1, 0, 0, 0])];
  expect(classes(steps, epochState(200))).toHaveLength(2);
});

test("ids and times depend on the sample alone", () => {
  const [finding] = interpret(work(epochState(), [beat(100, [1, 0, 0, 0])]), model);
  expect(finding).toMatchObject({ topic: "beats", data: { id: "b1/e/100", timeMs: 1000, model: "fake00000000" } });
});

test("a condition that began in the warm-up and goes on is told behind it; one that ended is not", () => {
  const changes: ConditionChange[][] = [
    [change("asystole", "begin", 100), change("lead-off", "begin", 110), change("lead-off", "end", 150)],
    [],
    [change("asystole", "end", 400)],
  ];
  const epoch = epochState(200);
  epoch.monitor.advance = (_, emit) => changes.shift()?.forEach((one) => emit(one));
  const told = [150, 250, 450].map((toSample) =>
    interpret(work(epoch, [{ type: "advance", toSample }]), model).map(({ topic, data }) =>
      topic === "conditions" ? `${data.kind} ${data.phase}` : topic,
    ),
  );
  expect(told).toEqual([[], ["asystole begin"], ["asystole end"]]);
});

function change(kind: ConditionChange["kind"], phase: ConditionChange["phase"], sample: number): ConditionChange {
  return { kind, phase, beginSample: 100, sample, beatSamples: [], heartRateBpm: null };
}
