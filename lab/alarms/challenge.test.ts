import { expect, test } from "vitest";
import type { ConditionKind } from "../../contracts/condition.ts";
import type { ChallengeAlarm } from "../../data/challenge/alarms.ts";
import { challengeRow, challengeScore, type ChallengeRow } from "./challenge.ts";
import { challengeOpening } from "./opening.ts";
import { challengeTable } from "./tables.ts";

function isRaised(kind: ChallengeAlarm["kind"], condition: ConditionKind, times: readonly [number, number | null]) {
  const [toldSeconds, endSeconds] = times;
  const told = {
    kind: condition,
    priority: "high",
    lead: "",
    beginSeconds: toldSeconds - 2,
    toldSeconds,
    endSeconds,
  } as const;
  const log = { record: "a1", seconds: 330, conditions: [told], steps: [] };
  return challengeRow({ record: "a1", kind, isTrue: true }, log).isRaised;
}

test.each([
  ["open at the alarm", [280, null], true],
  ["told with the alarm", [300, null], true],
  ["told behind it", [300.01, null], false],
  ["over 5 s before it", [280, 295], true],
  ["over 10 s before it", [280, 290], false],
] as const)("%s", (_, times, expected) => {
  expect(isRaised("Asystole", "asystole", times)).toBe(expected);
});

test("a kind that contains the alarm's stands for it, one that is part of it does not", () => {
  const now = [295, null] as const;
  expect(isRaised("Bradycardia", "asystole", now)).toBe(true);
  expect(isRaised("Tachycardia", "ventricular-fibrillation", now)).toBe(true);
  expect(isRaised("Ventricular_Tachycardia", "ventricular-run", now)).toBe(false);
  expect(isRaised("Asystole", "pause", now)).toBe(false);
  expect(isRaised("Asystole", "ventricular-tachycardia", now)).toBe(false);
});

const row = (record: string, isTrue: boolean, raised: boolean): ChallengeRow => ({
  record,
  kind: "Asystole",
  isTrue,
  isRaised: raised,
});
const facts = { command: "npm run alarms", policy: "p", model: "m" } as const;
const rows = [row("tp", true, true), row("fn", true, false), row("fp", false, true), row("tn", false, false)];

test("a true alarm that is not raised costs five false ones", () => {
  const score = challengeScore({ ...facts, split: "all" }, [...rows, row("tn2", false, false)], []);
  expect(score.all).toMatchObject({ truePositives: 1, falseNegatives: 1, falsePositives: 1, trueNegatives: 2 });
  expect(score.all).toMatchObject({ tpr: 1 / 2, tnr: 2 / 3, score: 3 / 9 });
  expect(score.kinds[0]).toMatchObject({ kind: "Asystole", ...score.all });
  expect(score.kinds[1]).toMatchObject({ tpr: null, tnr: null, score: null, interval: { tpr: null, tnr: null } });
  const table = challengeTable(score);
  expect(table).toContain("Missed, Asystole: fn");
  expect(table).toContain("False, Asystole: fp");
});

test("what was seen of the report half is entered; of the development half nothing was", () => {
  const opening = (split: "development" | "report" | "all") =>
    challengeOpening(challengeScore({ ...facts, split }, rows, []), new Date(0));
  expect(opening("development")).toBeNull();
  expect(opening("report")?.figures.challenge.all.score).toBe(2 / 8);
  expect(opening("all")?.split).toBe("challenge-2015 report");
});
