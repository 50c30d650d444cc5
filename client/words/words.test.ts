import { expect, test } from "vitest";
import { CLASS_WORDS } from "../../charts/model-report/words.ts";
import { BEAT_CLASSES } from "../../contracts/beat.ts";
import {
  CONDITION_KINDS,
  conditionShort as inContract,
  conditionWords as labelInContract,
} from "../../contracts/condition.ts";
import { HeartRateSchema, rateReasonWords as reasonInContract } from "../../contracts/heart-rate.ts";
import { RHYTHMS, rhythmWords as rhythmInContract } from "../../contracts/rhythm.ts";
import { templates } from "../locales/generated/de.ts";
import { conditionShort, conditionWords } from "./conditions.ts";
import { classWords, rateReasonWords, rhythmWords } from "./readings.ts";

test("the page's English is the contracts'", () => {
  for (const kind of [...Object.keys(CONDITION_KINDS), "torsade-de-pointes"]) {
    for (const lead of ["", "MLII"]) {
      expect(conditionWords({ kind, lead })).toBe(labelInContract({ kind, lead }));
      expect(conditionShort({ kind, lead })).toBe(inContract({ kind, lead }));
    }
  }
  for (const rhythm of Object.keys(RHYTHMS) as (keyof typeof RHYTHMS)[]) {
    expect(rhythmWords({ rhythm, reason: null })).toBe(rhythmInContract({ rhythm, reason: null }));
    expect(rhythmWords({ rhythm, reason: "beats" })).toBe(rhythmInContract({ rhythm, reason: "beats" }));
  }
  const reasons =
    JSON.stringify(HeartRateSchema)
      .match(/"not-monitored"[^\]]*/)?.[0]
      .match(/[a-z-]+/g) ?? [];
  expect(reasons.length).toBeGreaterThan(4);
  for (const reason of reasons as Parameters<typeof rateReasonWords>[0][])
    expect(rateReasonWords(reason)).toBe(reasonInContract(reason));
  for (const name of BEAT_CLASSES) expect(classWords(name)).toBe(CLASS_WORDS[name]);
});

test("each message of the page has its German", () => {
  expect(Object.values(templates).filter((text) => text === "")).toEqual([]);
  expect(Object.keys(templates).length).toBeGreaterThan(100);
});
