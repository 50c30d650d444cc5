import { describe, expect, test } from "vitest";
import type { ConditionKind } from "../../contracts/condition.ts";
import type { WfdbAnnotation } from "../../data/wfdb/annotation.ts";
import { type RaisedCondition, scoreEpisodes } from "./match.ts";
import { rhythmReferenceOf } from "./reference.ts";
import { EPISODE_ROWS } from "./rows.ts";
import { episodeFigures } from "./summary.ts";

const RATE = 100;
const SECONDS = 100;

/** `[seconds, symbol or rhythm]`. */
const marks = (list: readonly (readonly [number, string])[]): WfdbAnnotation[] =>
  list.map(([at, what]) => ({
    sample: at * RATE,
    symbol: what.startsWith("(") ? "+" : what,
    subtype: 0,
    channel: 0,
    number: 0,
    aux: what.startsWith("(") ? what : "",
  }));

const raised = (kind: ConditionKind, from: number, to: number, saidAt = from): RaisedCondition => ({
  kind,
  from,
  to,
  saidAt,
});

function score(
  name: string,
  truth: readonly (readonly [number, string])[],
  said: readonly RaisedCondition[],
  skip = 0,
) {
  const row = EPISODE_ROWS.find((one) => one.name === name);
  if (!row) throw new Error(name);
  return scoreEpisodes(
    row,
    rhythmReferenceOf(marks(truth), { samplingRateHz: RATE, length: SECONDS * RATE }),
    said,
    skip,
  );
}

const AF = "atrial-fibrillation";
const PAROXYSMS = [
  [0, "(N"],
  [10, "(AFIB"],
  [30, "(N"],
  [50, "(AFIB"],
  [70, "(N"],
] as const;

describe("episode by episode", () => {
  test("one is found where another overlaps it, however briefly, and right the same way about", () => {
    const counts = score(AF, PAROXYSMS, [raised(AF, 28, 40, 35), raised(AF, 80, 90)]);
    expect(counts).toMatchObject({ reference: 2, found: 1, raised: 2, right: 1, delays: [25] });
    expect(counts).toMatchObject({ referenceSeconds: 40, foundSeconds: 2, raisedSeconds: 22, rightSeconds: 2 });
    expect(counts.missed).toEqual([{ from: 50, to: 70 }]);
    expect(counts.wrong).toEqual([{ from: 80, to: 90 }]);
    expect(counts.bySecond).toEqual([2, 38, 20, 40]);
  });

  test("one that spans two of the reference's finds both, and two in one are both right", () => {
    expect(score(AF, PAROXYSMS, [raised(AF, 12, 60)])).toMatchObject({ found: 2, raised: 1, right: 1 });
    expect(score(AF, PAROXYSMS, [raised(AF, 12, 14), raised(AF, 20, 25)])).toMatchObject({ found: 1, right: 2 });
  });

  test("one that was said before an episode began has no delay", () => {
    expect(score(AF, PAROXYSMS, [raised(AF, 8, 60)]).delays).toEqual([0, 0]);
  });

  test("what is skipped at the begin, noise and atrial flutter are neither right nor wrong", () => {
    const skipped = score(AF, PAROXYSMS, [raised(AF, 2, 5), raised(AF, 50, 70)], 40);
    expect(skipped).toMatchObject({ seconds: 60, reference: 1, found: 1, raised: 1, right: 1, referenceSeconds: 20 });
    const flutter = score(AF, [...PAROXYSMS, [80, "(AFL"], [85, "(NOISE"]], [raised(AF, 82, 84), raised(AF, 86, 90)]);
    expect(flutter).toMatchObject({ seconds: 80, raised: 0, raisedSeconds: 0 });
  });

  test("of long episodes alone: a short one is not looked for, and one that finds it is right", () => {
    const name = "long-atrial-fibrillation";
    const long = [...PAROXYSMS, [75, "(AFIB"]] as const;
    expect(score(name, long, [raised(AF, 25, 48)])).toMatchObject({ reference: 0, raised: 1, right: 1 });
    const longer = [
      [0, "(N"],
      [20, "(AFIB"],
    ] as const;
    expect(score(name, longer, [])).toMatchObject({ reference: 1, found: 0 });
  });

  test("what begins where it is scored is judged, wherever it ends", () => {
    expect(score(AF, [...PAROXYSMS, [80, "(NOISE"]], [raised(AF, 78, 95)])).toMatchObject({
      raised: 1,
      right: 0,
      raisedSeconds: 2,
    });
  });
});

describe("kinds of episodes", () => {
  const beats = (classes: string, rrSeconds: number, from = 10): (readonly [number, string])[] =>
    [...classes].map((symbol, i) => [from + i * rrSeconds, symbol] as const);

  test("ventricular runs by the beats: from 3 on a run, from 5 on tachycardia, at 100/min; a slower one is not scored", () => {
    const fast = beats("NNVVVNNVVVVVNNVVN", 0.5);
    expect(score("ventricular-run", fast, [])).toMatchObject({ reference: 2, found: 0 });
    expect(score("ventricular-tachycardia", fast, [raised("ventricular-tachycardia", 13.5, 16)])).toMatchObject({
      reference: 1,
      found: 1,
      right: 1,
    });
    expect(score("couplet", fast, [])).toMatchObject({ reference: 1 });
    const slow = score("ventricular-run", beats("NNVVVNN", 0.8), [raised("ventricular-run", 11.6, 15)]);
    expect(slow).toMatchObject({ reference: 0, raised: 0 });
  });

  test("a condition that contains another finds its episodes, and is false in its own row alone", () => {
    const run = beats("NNVVVVVVNN", 0.4);
    const alarm = [raised("ventricular-fibrillation", 10.8, 14)];
    expect(score("ventricular-tachycardia", run, alarm)).toMatchObject({ found: 1, raised: 0 });
    expect(score("ventricular-fibrillation", [...run, [80, "["], [90, "]"]], alarm)).toMatchObject({
      reference: 1,
      found: 0,
      raised: 0,
    });
  });

  test("beats that are annotated within fibrillation are no run, and none goes on across it", () => {
    const truth = [
      ...beats("NNVV", 0.4),
      [11.9, "["] as const,
      ...beats("VVVVV", 0.4, 12),
      [15, "]"] as const,
      ...beats("VVN", 0.4, 15.4),
    ];
    expect(score("ventricular-run", truth, [])).toMatchObject({ reference: 0 });
    expect(score("couplet", truth, [])).toMatchObject({ reference: 2 });
  });

  test("VF, flutter or rapid VT: brackets, rhythms and rapid runs; VT below 150/min is not scored", () => {
    const name = "fibrillation-or-rapid-vt";
    const vt = raised("ventricular-tachycardia", 20, 30);
    expect(
      score(
        name,
        [
          [0, "(N"],
          [20, "(VT"],
          [30, "(VFL"],
          [40, "(N"],
        ],
        [vt],
      ).reference,
    ).toBe(1);
    const brackets = [
      [5, "N"],
      [20, "["],
      [30, "]"],
    ] as const;
    expect(score(name, brackets, [vt])).toMatchObject({ reference: 1, found: 1, referenceSeconds: 10 });
    expect(score(name, beats("NNVVVVVVN", 0.5, 20), [vt])).toMatchObject({ reference: 0, right: 0 });
    expect(score(name, beats("NNVVVVVVN", 0.35, 20), [vt])).toMatchObject({ reference: 1, found: 1, right: 1 });
  });

  test("pause and asystole: between two beats, not over what nobody annotated", () => {
    const pauses = [
      [10, "N"],
      [13, "N"],
      [13.5, "N"],
      [18.5, "N"],
      [19, "["],
      [25, "]"],
      [29, "N"],
      [30, "~"],
      [36, "N"],
    ] as const;
    expect(score("pause", pauses, [])).toMatchObject({ reference: 2 });
    expect(score("asystole", pauses, [])).toMatchObject({ reference: 1, referenceSeconds: 5 });
  });

  test("extreme rates: 5 beats below 40/min, 17 above 140/min", () => {
    expect(score("extreme-bradycardia", beats("NNNNN", 1.6), [])).toMatchObject({ reference: 1 });
    expect(score("extreme-bradycardia", beats("NNNN", 1.6), [])).toMatchObject({ reference: 0 });
    expect(score("extreme-tachycardia", beats("N".repeat(17), 0.4), [])).toMatchObject({ reference: 1 });
    expect(score("extreme-tachycardia", beats("N".repeat(16), 0.4), [])).toMatchObject({ reference: 0 });
  });
});

test("gross figures are of the sum of the records' counts", () => {
  const one = score(AF, PAROXYSMS, [raised(AF, 12, 30, 15)]);
  const other = score(AF, PAROXYSMS, [raised(AF, 0, 5, 15), raised(AF, 50, 70, 61)]);
  const { episodes, duration, delaySeconds, falsePerHour, seconds } = episodeFigures([one, other]);
  expect(episodes).toMatchObject({ reference: 4, found: 2, se: 0.5, raised: 3, right: 2 });
  expect(duration).toMatchObject({ referenceSeconds: 80, foundSeconds: 38, raisedSeconds: 43, rightSeconds: 38 });
  expect(delaySeconds).toEqual({ median: 8, max: 11 });
  expect([seconds, falsePerHour]).toEqual([200, 18]);
});
