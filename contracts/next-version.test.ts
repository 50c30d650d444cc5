import { expect, test } from "vitest";
import { alarmEventAt, commandAt } from "../testing/gateway/alarms.ts";
import { beatAt, conditionAt, frameAt } from "../testing/gateway/messages.ts";
import {
  admissionCodec,
  alarmCodec,
  annotationCodec,
  beatCodec,
  commandCodec,
  conditionCodec,
  proofCodec,
  rhythmCodec,
  simulationCodec,
  codecOf,
} from "./codec.ts";
import { conditionKind } from "./condition.ts";
import { decodeFrame, encodeFrame } from "./frame.ts";
import { TOPIC_TABLE } from "./topics.ts";

/** Fields that no version knows yet. */
const MORE = { signedBy: "x", trust: { drift: 0.2 } };

const beat = beatAt("b1", 250);
const condition = conditionAt("b1", "asystole", "begin", 500);
const annotation = {
  bed: "b1",
  epoch: "e1",
  sample: 5,
  samplingRateHz: 250,
  timeMs: 20,
  symbol: "V",
  aux: "(VT",
};

const proof = { gateway: "a1b2", leaving: false, canaries: [{ partition: 0, ageMs: null }], screens: [] };

/** The frame's bytes, and a field of number 500 that holds a text. */
const withField = (bytes: Uint8Array): Uint8Array => Uint8Array.from([...bytes, 0xa2, 0x1f, 3, 97, 98, 99]);

const command = commandAt("b1", "silence");
const alarm = alarmEventAt("b1", "asystole", 500);

const qrs = { id: "b1/e1/250", bed: "b1", epoch: "e1", sample: 250, timeMs: 1e12, samplingRateHz: 250 };
const rhythm = {
  bed: "b1",
  epoch: "e1",
  sample: 5,
  timeMs: 20,
  samplingRateHz: 250,
  rhythm: "sinus-rhythm",
  reason: null,
  heartRateBpm: 72,
  atrialFibrillationBurden: 0.1,
  policy: "adult-1:0",
};

const admission = {
  bed: "b1",
  version: 3,
  change: "named",
  patient: { name: "Ada L.", sinceMs: 1000 },
  command: "admission-1",
  by: "Nurse A",
  atMs: 2000,
};

const simulation = {
  bed: "b1",
  id: "start",
  atMs: 1000,
  phase: "played",
  record: "mitdb/208",
  drift: "em:6dB",
  speed: 1,
  reason: null,
  records: ["mitdb/208"],
  noise: ["em"],
};

interface NextVersion {
  /** Reads what the next version may write. */
  readonly read: () => unknown;
  /** What this version reads. */
  readonly as: unknown;
}

const decode = (codec: { decode(bytes: Uint8Array): unknown }, value: object) => () =>
  codec.decode(new TextEncoder().encode(JSON.stringify(value)));

const without = <T extends object>(value: T, ...names: (keyof T)[]): object =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name as keyof T)));

/** A message of each topic from the next version: the compiler demands one of a topic that is added. */
const MESSAGES: Record<keyof typeof TOPIC_TABLE, readonly NextVersion[]> = {
  frames: [{ read: () => decodeFrame(withField(encodeFrame(frameAt("b1", 3)))).sequence, as: 3 }],
  annotations: [
    { read: decode(annotationCodec, { ...annotation, ...MORE }), as: { ...annotation, ...MORE } },
    { read: decode(annotationCodec, without(annotation, "aux")), as: { ...annotation, aux: "" } },
  ],
  beats: [
    { read: decode(beatCodec, { ...beat, ...MORE }), as: { ...beat, ...MORE } },
    {
      read: decode(beatCodec, { ...beat, probabilities: { ...beat.probabilities, P: 0.1 } }),
      as: { ...beat, probabilities: { ...beat.probabilities, P: 0.1 } },
    },
    {
      read: decode(beatCodec, without(beat, "rrMs", "heartRateBpm", "foundLate", "lead")),
      as: { ...beat, rrMs: null, heartRateBpm: null, foundLate: false, lead: "" },
    },
    { read: decode(beatCodec, { ...beat, beatClass: "P" }), as: { ...beat, beatClass: "Q" } },
  ],
  conditions: [
    { read: decode(conditionCodec, { ...condition, ...MORE }), as: { ...condition, ...MORE } },
    {
      read: decode(conditionCodec, { ...condition, kind: "torsade-de-pointes" }),
      as: { ...condition, kind: "torsade-de-pointes" },
    },
    {
      read: decode(conditionCodec, { ...condition, priority: "utmost", phase: "escalate" }),
      as: { ...condition, priority: "high", phase: "update" },
    },
    {
      read: decode(conditionCodec, without(condition, "beats", "heartRateBpm", "limitBpm", "lead")),
      as: { ...condition, beats: [], heartRateBpm: null, limitBpm: null, lead: "" },
    },
  ],
  qrs: [{ read: decode(codecOf(TOPIC_TABLE.qrs), { ...qrs, ...MORE }), as: { ...qrs, ...MORE } }],
  rhythms: [
    { read: decode(rhythmCodec, { ...rhythm, ...MORE }), as: { ...rhythm, ...MORE } },
    { read: decode(rhythmCodec, { ...rhythm, rhythm: "paced" }), as: { ...rhythm, rhythm: "unknown" } },
    {
      read: decode(rhythmCodec, without(rhythm, "reason", "heartRateBpm", "atrialFibrillationBurden")),
      as: { ...rhythm, heartRateBpm: null, atrialFibrillationBurden: null },
    },
  ],
  commands: [
    { read: decode(commandCodec, { ...command, ...MORE }), as: { ...command, ...MORE } },
    { read: decode(commandCodec, { ...command, action: "transfer" }), as: { ...command, action: "transfer" } },
    { read: decode(commandCodec, without(command, "reason")), as: command },
  ],
  alarms: [
    { read: decode(alarmCodec, { ...alarm, ...MORE }), as: { ...alarm, ...MORE } },
    { read: decode(alarmCodec, { ...alarm, step: "transferred" }), as: { ...alarm, step: "reminded" } },
    { read: decode(alarmCodec, without(alarm, "silence", "pause", "command", "by", "reason")), as: alarm },
    {
      read: decode(alarmCodec, { ...alarm, alarm: { ...alarm.alarm, state: "parked", priority: "utmost" } }),
      as: { ...alarm, alarm: { ...alarm.alarm, state: "active", priority: "high" } },
    },
  ],
  admissions: [
    { read: decode(admissionCodec, { ...admission, ...MORE }), as: { ...admission, ...MORE } },
    { read: decode(admissionCodec, { ...admission, change: "isolated" }), as: { ...admission, change: "isolated" } },
    { read: decode(admissionCodec, without(admission, "patient")), as: { ...admission, patient: null } },
  ],
  simulation: [
    { read: decode(simulationCodec, { ...simulation, ...MORE }), as: { ...simulation, ...MORE } },
    { read: decode(simulationCodec, { ...simulation, phase: "paused" }), as: { ...simulation, phase: "paused" } },
    {
      read: decode(simulationCodec, without(simulation, "speed", "reason", "records", "noise")),
      as: { ...simulation, speed: null, records: [], noise: [] },
    },
  ],
  // Another version's are refused by what made them: server/pipeline/checkpoints.
  checkpoints: [],
  proofs: [
    { read: decode(proofCodec, { ...proof, ...MORE }), as: { ...proof, ...MORE } },
    {
      read: decode(proofCodec, {
        ...without(proof, "leaving"),
        screens: [{ name: "417", state: "tilted", sound: "loud" }],
      }),
      as: { ...proof, screens: [{ name: "417", state: "tilted", sound: "none", ageMs: null }] },
    },
  ],
  // Whatever it is, it is kept as it came.
  deadLetter: [],
};

const cases = Object.entries(MESSAGES).flatMap(([topic, messages]) =>
  messages.map((message, n) => ({ topic, n, ...message })),
);

test.each(cases)("$topic of the next version are read, $n", ({ read, as }) => {
  expect(read()).toEqual(as);
});

test("what is written fits to the letter", () => {
  const more = { ...beat, ...MORE };
  expect(() => beatCodec.encode(more)).toThrow(expect.objectContaining({ code: "BAD_MESSAGE" }));
  const unknown = { ...condition, kind: "torsade-de-pointes" };
  expect(() => conditionCodec.encode(unknown)).toThrow(/condition\/kind/);
  const { foundLate: _, ...less } = beat;
  expect(() => beatCodec.encode(less as typeof beat)).toThrow(/foundLate/);
});

test.each([
  ["beat", beatCodec, without(beat, "beatClass")],
  ["beat/probabilities", beatCodec, { ...beat, probabilities: { N: 1 } }],
  ["condition", conditionCodec, without(condition, "kind")],
  ["condition/kind", conditionCodec, { ...condition, kind: 7 }],
  ["annotation", annotationCodec, without(annotation, "sample")],
])("what a reader can't do without is missed in one clear line: %s", (place, codec, value) => {
  expect(decode(codec, value)).toThrow(
    expect.objectContaining({ code: "BAD_MESSAGE", message: expect.stringMatching(new RegExp(`^${place}: .+`)) }),
  );
});

test("a byte order mark is no JSON: readers pass bytes on into the middle of a text", () => {
  const text = `\uFEFF${JSON.stringify(beat)}`;
  expect(() => beatCodec.decode(new TextEncoder().encode(text))).toThrow(/not JSON/);
});

test("a kind that is not known is told by its name", () => {
  expect(conditionKind("torsade-de-pointes").label).toBe("Torsade de pointes");
  expect(conditionKind("toString").label).toBe("ToString");
  expect(conditionKind("asystole")).toMatchObject({ label: "Asystole", priority: "high" });
});
