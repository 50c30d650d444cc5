import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CONDITION_KINDS } from "../../../contracts/condition.ts";
import { changedPolicy, namedPolicy } from "../policy/policy.ts";
import { CONTAINED } from "./containment.ts";
import { type ConditionChange, NO_EVIDENCE, type RhythmKind } from "./open-condition.ts";
import { OpenConditions } from "./open-conditions.ts";

const KINDS = Object.keys(CONDITION_KINDS).filter((kind): kind is RhythmKind => kind !== "no-data");

function open(policy = namedPolicy("adult")) {
  const told: ConditionChange[] = [];
  const conditions = new OpenConditions(policy.kinds);
  const of = new Map(KINDS.map((kind) => [kind, conditions.of(kind)]));
  const emit = (change: ConditionChange): void => void told.push(change);
  return {
    begin: (kind: RhythmKind, now: number, onset = now) => of.get(kind)?.begin(now, onset, NO_EVIDENCE, emit),
    end: (kind: RhythmKind, now: number) => of.get(kind)?.end(now, null, emit),
    isOpen: (kind: RhythmKind) => conditions.isOpen(kind),
    said: () => told.map(({ kind, phase, sample }) => `${sample} ${kind} ${phase}`),
    told,
  };
}

describe("the arbiter", () => {
  it("ends what a kind contains as that begins, through what it contains, and keeps it from beginning", () => {
    const { begin, end, said } = open();
    begin("couplet", 1);
    begin("tachycardia", 2);
    begin("ventricular-tachycardia", 3);
    begin("ventricular-run", 4);
    end("ventricular-tachycardia", 5);
    begin("ventricular-run", 6);
    expect(said()).toEqual([
      "1 couplet begin",
      "2 tachycardia begin",
      "3 ventricular-tachycardia begin",
      "3 tachycardia end",
      "3 couplet end",
      "5 ventricular-tachycardia end",
      "6 ventricular-run begin",
    ]);
  });

  it("asystole follows fibrillation, from where that ended where it had begun before", () => {
    const { begin, end, told } = open();
    begin("asystole", 1000, 600);
    begin("ventricular-fibrillation", 1200, 1100);
    expect(begin("asystole", 1300, 600)).toBe(false);
    end("ventricular-fibrillation", 2000);
    begin("asystole", 2010, 600);
    const begun = told.filter(({ phase, kind }) => phase === "begin" && kind === "asystole");
    expect(begun.map(({ beginSample }) => beginSample)).toEqual([600, 1200]);
  });

  it("what is off does not begin", () => {
    const policy = changedPolicy(namedPolicy("adult"), { kinds: { couplet: { enabled: false } } }, "test");
    const { begin, said } = open(policy);
    begin("couplet", 1);
    begin("bigeminy", 2);
    expect(said()).toEqual(["2 bigeminy begin"]);
  });

  it("no kind contains itself through others", () => {
    for (const [kind, parts] of CONTAINED) for (const part of parts) expect(CONTAINED.get(part)?.has(kind)).toBe(false);
  });

  it("in any order, each begin has one end, nothing is open within what contains it, and no onset comes twice", () => {
    const step = fc.record({
      kind: fc.constantFrom(...KINDS),
      ends: fc.boolean(),
      wait: fc.integer({ min: 0, max: 2 }),
      since: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { begin, end, isOpen, told } = open();
        let now = 0;
        for (const { kind, ends, wait, since } of steps) {
          now += wait;
          if (ends) end(kind, now);
          else begin(kind, now, Math.max(0, now - since));
          for (const [outer, parts] of CONTAINED) {
            if (outer === "no-data" || !isOpen(outer)) continue;
            for (const part of parts) expect(isOpen(part as RhythmKind)).toBe(false);
          }
        }
        for (const kind of KINDS) end(kind, now);
        const ids = (phase: string): string[] =>
          told.filter((change) => change.phase === phase).map(({ kind, beginSample }) => `${kind}/${beginSample}`);
        expect(new Set(ids("begin")).size).toBe(ids("begin").length);
        expect(ids("end").toSorted()).toEqual(ids("begin").toSorted());
      }),
    );
  });
});
