import fc from "fast-check";
import { expect, test } from "vitest";
import { BEAT_CLASSES } from "../contracts/beat.ts";
import { figuresOf } from "./figures.ts";
import { referenceOf, type ScoredBeat } from "./reference.ts";
import { scoreBeats, sumConfusions } from "./score.ts";

const RATE = { samplingRateHz: 360 };

const beats = (text: string): ScoredBeat[] =>
  text.split(" ").map((one) => ({ beatClass: one[0] as ScoredBeat["beatClass"], sample: Number(one.slice(1)) }));

const annotations = (text: string) => text.split(" ").map((one) => ({ symbol: one[0], sample: Number(one.slice(1)) }));

test("the reference has beats by class; what lies in flutter is none", () => {
  const { beats: found, flutter } = referenceOf(
    annotations("+10 L100 a400 [600 V700 !800 ]900 V1000 /1300 [1500 V1600"),
  );
  expect(found).toEqual(beats("N100 S400 V1000 Q1300"));
  expect(flutter).toEqual([
    { from: 600, to: 900 },
    { from: 1500, to: Number.POSITIVE_INFINITY },
  ]);
});

test("hits, confusions, missed and false beats have their cells", () => {
  const reference = referenceOf(annotations("N100 N400 V700 A1000 N1300 /1600 F1900"));
  const found = beats("V690 N100 N454 N1010 Q1300 N1500 N1600");
  expect(scoreBeats(reference, found, RATE)).toEqual([
    [2, 0, 0, 0, 1, 0],
    [1, 0, 0, 0, 0, 0],
    [0, 0, 1, 0, 0, 0],
    [0, 0, 0, 0, 0, 1],
    [1, 0, 0, 0, 0, 0],
    [1, 0, 0, 0, 0, 0],
  ]);
});

test("a false beat in flutter is not counted, a hit at its border is", () => {
  const reference = referenceOf(annotations("N560 [600 ]900 N940"));
  expect(figuresOf(scoreBeats(reference, beats("N605 V700 V800 N895 V901"), RATE)).qrs).toMatchObject({
    truePositives: 2,
    falseNegatives: 0,
    falsePositives: 0,
  });
  expect(figuresOf(scoreBeats(reference, beats("N560 N905 V940"), RATE)).qrs.falsePositives).toBe(1);
});

test("what lies before the skipped seconds does not count, nor the partner of a beat there", () => {
  const reference = referenceOf(annotations("N100 N355 N700 N1000"));
  const found = beats("V150 V362 N500 N700");
  const { qrs } = figuresOf(scoreBeats(reference, found, { ...RATE, skipSeconds: 1 }));
  expect(qrs).toMatchObject({ truePositives: 1, falseNegatives: 1, falsePositives: 1 });
});

test("what lies behind the scored stretch does not count, nor the partner of a beat there", () => {
  const reference = referenceOf(annotations("N100 N355 N700 N1000"));
  const found = beats("V150 N330 V362 N500 N710 N720 N1001");
  const { qrs } = figuresOf(scoreBeats(reference, found, { ...RATE, untilSeconds: 1 }));
  expect(qrs).toMatchObject({ truePositives: 2, falseNegatives: 0, falsePositives: 1 });
  const middle = figuresOf(scoreBeats(reference, found, { ...RATE, skipSeconds: 1, untilSeconds: 2 })).qrs;
  expect(middle).toMatchObject({ truePositives: 1, falseNegatives: 0, falsePositives: 1 });
});

test("the tolerance is 150 ms at any rate", () => {
  const reference = referenceOf(annotations("N1000"));
  const hits = (sample: number, samplingRateHz: number) =>
    figuresOf(scoreBeats(reference, beats(`N${sample}`), { samplingRateHz })).qrs.truePositives;
  expect([hits(1054, 360), hits(1055, 360), hits(1150, 1000), hits(1151, 1000)]).toEqual([1, 0, 1, 0]);
});

test("figures by hand: reference Q is not scored, missed and false beats are", () => {
  const { qrs, beats: figures } = figuresOf([
    [80, 2, 3, 0, 1, 4],
    [5, 10, 0, 0, 0, 0],
    [1, 0, 20, 1, 0, 2],
    [0, 0, 3, 0, 0, 1],
    [7, 0, 9, 0, 6, 2],
    [2, 0, 1, 0, 4, 0],
  ]);
  expect(qrs).toEqual({
    truePositives: 148,
    falseNegatives: 9,
    falsePositives: 7,
    se: 148 / 157,
    ppv: 148 / 155,
  });
  expect(figures.accuracy).toBe(110 / 136);
  expect(figures.classes.N).toEqual({ se: 80 / 90, ppv: 80 / 88, f1: 160 / 178, support: 90 });
  expect(figures.classes.V).toEqual({ se: 20 / 24, ppv: 20 / 27, f1: 40 / 51, support: 24 });
  expect(figures.classes.F).toEqual({ se: 0, ppv: 0, f1: 0, support: 4 });
  expect(figures.macroF1).toBeCloseTo((160 / 178 + 20 / 27 + 40 / 51 + 0) / 4, 12);
});

test("a class that is nowhere has no figures and no part in macro-F1", () => {
  const { beats: figures } = figuresOf(scoreBeats(referenceOf(annotations("N100")), beats("N100"), RATE));
  expect(figures.classes.S).toEqual({ se: null, ppv: null, f1: null, support: 0 });
  expect(figures).toMatchObject({ macroF1: 1, accuracy: 1 });
  expect(figuresOf(sumConfusions([])).beats).toMatchObject({ macroF1: null, accuracy: null });
});

test("every beat is counted once, whatever the order; gross figures are sums", () => {
  const some = fc.uniqueArray(fc.record({ sample: fc.nat(20_000), beatClass: fc.constantFrom(...BEAT_CLASSES) }), {
    selector: (beat) => beat.sample,
    maxLength: 60,
  });
  fc.assert(
    fc.property(some, some, (truth, found) => {
      const reference = { beats: truth.toSorted((a, b) => a.sample - b.sample), flutter: [] };
      const confusion = scoreBeats(reference, found, RATE);
      const { qrs } = figuresOf(confusion);
      expect(qrs.truePositives + qrs.falseNegatives).toBe(truth.length);
      expect(qrs.truePositives + qrs.falsePositives).toBe(found.length);
      expect(scoreBeats(reference, found.toReversed(), RATE)).toEqual(confusion);
      expect(figuresOf(sumConfusions([confusion, confusion])).qrs.truePositives).toBe(2 * qrs.truePositives);
    }),
  );
});
