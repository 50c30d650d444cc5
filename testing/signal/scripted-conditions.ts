import { CONDITION_KINDS, type ConditionKind } from "../../contracts/condition.ts";
import type { RhythmLimits, RhythmPolicy } from "../../contracts/rhythm-policy.ts";
import { type ConditionChange, createRhythmMonitor } from "../../signal/rhythm/monitor.ts";
import { changedPolicy, namedPolicy } from "../../signal/rhythm/policy/policy.ts";
import { play, scriptedEvents, type Stretch } from "./scripted-events.ts";

/** For tests: a condition as it was told, times in s. */
export interface Told {
  readonly kind: string;
  readonly onsetS: number;
  readonly beganS: number;
  /** NaN where it did not end. */
  readonly endedS: number;
  readonly begin: ConditionChange;
}

export const RATE = 360;

/** 20 s of sinus rhythm. */
export const SINUS: Stretch = { bpm: 75, beats: 25 };

export const kinds = (told: readonly Told[]): string[] => told.map(({ kind }) => kind);

/** Each condition with its begin and end, in order of their beginning. */
export function pairUp(changes: readonly ConditionChange[], rateHz: number): Told[] {
  return changes
    .filter(({ phase }) => phase === "begin")
    .map((begin) => {
      const end = changes.find(
        ({ kind, phase, beginSample }) => phase === "end" && kind === begin.kind && beginSample === begin.beginSample,
      );
      const endedS = (end?.sample ?? Number.NaN) / rateHz;
      return { kind: begin.kind, onsetS: begin.beginSample / rateHz, beganS: begin.sample / rateHz, endedS, begin };
    });
}

/** What is told of a heart, and where each of its stretches begins, s. */
export const conditions = (stretches: readonly Stretch[], limits: Partial<RhythmLimits> = {}): Story =>
  storyOf(stretches, changedPolicy(namedPolicy("adult"), { limits }, "test"));

interface Story {
  readonly told: Told[];
  readonly startsS: readonly number[];
}

/** As `conditions`, of these kinds alone: the others are off, as far as they may be, or passed over. */
export const conditionsOf = (...about: readonly ConditionKind[]): typeof conditions => {
  const others = ADVISORY.filter((kind) => !about.includes(kind));
  const kinds = Object.fromEntries(others.map((kind) => [kind, { enabled: false }]));
  return (stretches, limits = {}) => {
    const { told, startsS } = storyOf(stretches, changedPolicy(namedPolicy("adult"), { limits, kinds }, "test"));
    return { told: told.filter(({ kind }) => about.includes(kind as ConditionKind)), startsS };
  };
};

/** Those that a policy may switch off. */
const ADVISORY = (Object.keys(CONDITION_KINDS) as ConditionKind[]).filter(
  (kind) => CONDITION_KINDS[kind].category === "physiological" && CONDITION_KINDS[kind].priority !== "high",
);

function storyOf(stretches: readonly Stretch[], policy: RhythmPolicy): Story {
  const scripted = scriptedEvents(stretches, RATE);
  const changes = play(createRhythmMonitor({ samplingRateHz: RATE, policy }), scripted, RATE, 90);
  return { told: pairUp(changes, RATE), startsS: scripted.startsS };
}
