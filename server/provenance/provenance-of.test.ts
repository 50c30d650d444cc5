import { expect, test } from "vitest";
import type { Rhythm } from "../../contracts/rhythm.ts";
import { namedPolicy } from "../../signal/rhythm/policy/policy.ts";
import { beatAt } from "../../testing/gateway/messages.ts";
import { createFakeClassifier } from "../../testing/model/fake-classifier.ts";
import { FEATURE_NAMES } from "../../signal/beat/features.ts";
import type { History } from "../history/history.ts";
import { provenanceOf } from "./provenance-of.ts";

const beat = beatAt("b1", 5000);

/** A history that has the beat and what is said of its rhythm, and no signal any more. */
function historyWith(rhythms: readonly Partial<Rhythm>[]): Pick<History, "read"> {
  const kept: Readonly<Record<string, unknown>> = {
    beat: { beat, meta: { partition: 1, offset: 7 } },
    signal: new Uint8Array(),
    conditions: { bed: "b1", conditions: [], rhythms, missing: false },
    conditionsNaming: [],
  };
  return { read: (async (method: string) => kept[method]) as History["read"] };
}

const of = (rhythms: readonly Partial<Rhythm>[]) =>
  provenanceOf(
    beat.id,
    historyWith(rhythms),
    async () => createFakeClassifier(FEATURE_NAMES.length),
    (bed) => namedPolicy(bed === "b1" ? "neonate" : "adult"),
  );

test("the bed's own policy is used, and the one it had at the beat stands beside it, of its own recording", async () => {
  const { label } = namedPolicy("neonate");
  const rhythms = [
    { epoch: "e1", policy: "adult-1:aa" },
    { epoch: "e1", policy: "adult-1:bb" },
    { epoch: "e2", policy: "adult-1:cc" },
  ];
  expect((await of(rhythms))?.policy).toEqual({ told: "adult-1:bb", heard: label });
  expect((await of([]))?.policy).toEqual({ told: null, heard: label });
});

test("a beat whose samples are no longer kept: that is said, and what is still known of it", async () => {
  expect(await of([])).toMatchObject({
    beat: { id: beat.id, beatClass: "N" },
    meta: { topic: "ecg.beats.v1", partition: 1, offset: 7 },
    explanation: null,
    why: expect.stringContaining("its signal is not kept"),
    rules: [],
  });
});
