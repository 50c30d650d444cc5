import { expect, test } from "vitest";
import { QUALITY_POLICY } from "../../contracts/quality.ts";
import { type ConditionChange, createRhythmMonitor } from "../../signal/rhythm/monitor.ts";
import { namedPolicy } from "../../signal/rhythm/policy/policy.ts";
import { createFakeClassifier } from "../../testing/model/fake-classifier.ts";
import { heardBeat } from "../../testing/pipeline/heard.ts";
import { Withheld } from "./bed/withheld.ts";
import { interpretWith, type InterpretedEpoch } from "./interpret.ts";
import type { BedEvent } from "./work.ts";

const RATE = 100;
const model = createFakeClassifier(0);

const epochFrom = (publishFrom = 0): InterpretedEpoch => ({
  bed: "b1",
  epoch: "e",
  epochStartMs: 0,
  samplingRateHz: RATE,
  leadNames: ["II"],
  publishFrom,
  policy: namedPolicy("adult"),
  monitor: createRhythmMonitor({ samplingRateHz: RATE }),
  withheld: new Withheld(),
});

function beat(
  sample: number,
  probabilities: readonly number[],
  signalQuality = 1,
  noise: readonly number[] = [],
): BedEvent {
  const event = heardBeat(sample, { signalQuality, noise: Float32Array.from(noise) });
  return { ...event, probabilities: Float32Array.from(probabilities) };
}

const classes = (events: BedEvent[], epoch = epochFrom()): string[] =>
  interpretWith(model)({ epoch, events }).flatMap(({ topic, data }) => (topic === "beats" ? [data.beatClass] : []));

test("the most probable class is told, Q where the signal is too poor", () => {
  const events = [
    beat(100, [0.7, 0.1, 0.1, 0.1]),
    beat(180, [0.1, 0.6, 0.2, 0.1]),
    beat(260, [0.1, 0.2, 0.4, 0.3]),
    beat(340, [0.1, 0.2, 0.3, 0.4]),
    beat(420, [0.1, 0.2, 0.6, 0.1], QUALITY_POLICY.ungatedReading - 0.01),
  ];
  expect(classes(events)).toEqual(["N", "S", "V", "F", "Q"]);
});

test("a QRS is told at once with the id that its beat will have, but for those that are withheld", () => {
  const qrs = (sample: number): BedEvent => ({
    type: "qrs",
    sample,
    decidedAt: sample + 20,
    rrMs: null,
    foundLate: false,
  });
  const events = [qrs(100), qrs(180), beat(100, [1, 0, 0, 0]), beat(180, [1, 0, 0, 0])];
  const said = interpretWith(model)({ epoch: epochFrom(150), events });
  expect(said.flatMap(({ topic, data }) => ("id" in data ? [`${topic} ${data.id}`] : []))).toEqual([
    "qrs b1/e/180",
    "beats b1/e/180",
  ]);
});

test("where the model has a gate, the gate alone judges", () => {
  const gate = { readingQuality: ({ noise }: { noise: Float32Array }) => (noise.length > 0 ? 0.3 : 0.8) };
  const events = [beat(100, [1, 0, 0, 0], 0), beat(180, [1, 0, 0, 0], 1, [1])];
  const findings = interpretWith({ ...model, gate })({ epoch: epochFrom(), events });
  expect(findings.filter(({ topic }) => topic === "beats")).toMatchObject([
    { topic: "beats", data: { beatClass: "N", quality: 0.8 } },
    { topic: "beats", data: { beatClass: "Q", quality: 0.3, probabilities: { N: 1 } } },
  ]);
});

test("what the model calls S in atrial fibrillation is N; its probabilities stay, and nothing else changes", () => {
  const events = [beat(100, [0.1, 0.9, 0, 0]), beat(200, [0.1, 0.1, 0.8, 0])];
  const epoch = epochFrom();
  epoch.monitor.isOpen = (kind) => kind === "atrial-fibrillation";
  expect(interpretWith(model)({ epoch, events }).filter(({ topic }) => topic === "beats")).toMatchObject([
    { data: { beatClass: "N", probabilities: { S: Math.fround(0.9) } } },
    { data: { beatClass: "V" } },
  ]);
  epoch.monitor.isOpen = (kind) => kind === "irregular-rhythm";
  expect(classes([beat(300, [0.1, 0.9, 0, 0])], epoch)).toEqual(["S"]);
});

test("a worker that joined midway withholds its warm-up", () => {
  const events = [beat(100, [1, 0, 0, 0]), beat(200, [1, 0, 0, 0]), beat(300, [1, 0, 0, 0])];
  expect(classes(events, epochFrom(200))).toHaveLength(2);
});

test("ids and times depend on the sample alone", () => {
  const [finding] = interpretWith(model)({ epoch: epochFrom(), events: [beat(100, [1, 0, 0, 0])] });
  expect(finding).toMatchObject({ topic: "beats", data: { id: "b1/e/100", timeMs: 1000, model: "fake00000000" } });
});

test("a condition that began in the warm-up and goes on is told behind it; one that ended is not", () => {
  const changes: ConditionChange[][] = [
    [change("asystole", "begin", 100), change("lead-off", "begin", 110), change("lead-off", "end", 150)],
    [],
    [change("asystole", "end", 400)],
  ];
  const epoch = epochFrom(200);
  epoch.monitor.advance = (_, emit) => changes.shift()?.forEach((one) => emit(one));
  const told = [150, 250, 450].map((toSample) =>
    interpretWith(model)({ epoch, events: [{ type: "advance", toSample }] }).map(({ topic, data }) =>
      topic === "conditions" ? `${data.kind} ${data.phase}` : topic,
    ),
  );
  expect(told).toEqual([[], ["asystole begin"], ["asystole end"]]);
});

test("a condition that a rate decides tells its policy's limit, another none", () => {
  const epoch = epochFrom();
  const { bradycardiaBpm, extremeTachycardiaBpm } = epoch.policy.limits;
  const kinds = ["bradycardia", "extreme-tachycardia", "asystole", "couplet"] as const;
  epoch.monitor.advance = (_, emit) => kinds.forEach((kind) => emit(change(kind, "begin", 100)));
  const said = interpretWith(model)({ epoch, events: [{ type: "advance", toSample: 200 }] });
  expect(said.flatMap(({ topic, data }) => (topic === "conditions" ? [data.limitBpm] : []))).toEqual([
    bradycardiaBpm,
    extremeTachycardiaBpm,
    null,
    null,
  ]);
});

function change(kind: ConditionChange["kind"], phase: ConditionChange["phase"], sample: number): ConditionChange {
  return { kind, phase, beginSample: 100, sample, beatSamples: [], heartRateBpm: null, lead: "" };
}
