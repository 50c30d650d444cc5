import { expect, test } from "vitest";
import { partitionOf } from "../../bus/shared/partition.ts";
import { CANARY_KIND, isCanary, PROOF } from "../../contracts/canary.ts";
import type { Condition } from "../../contracts/condition.ts";
import { isIdentifier } from "../../contracts/schema.ts";
import { loadClassifier } from "../../model/load.ts";
import { readConfig } from "../../server/config.ts";
import { runRecord } from "../../server/pipeline/run-record.ts";
import { Player } from "../player.ts";
import { runSimulator } from "../simulator.ts";
import { CANARY_SETS, canaryBeds } from "./canary-beds.ts";
import { canarySource } from "./canary-source.ts";

test("each set has a canary on every partition, and no two sets share one", () => {
  const all = Array.from({ length: CANARY_SETS }, (_, set) => canaryBeds(8, set));
  for (const beds of all) expect(beds.map((bed) => partitionOf(bed, 8))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(new Set(all.flat()).size).toBe(8 * CANARY_SETS);
  for (const bed of all.flat()) expect(isCanary(bed) && isIdentifier(bed)).toBe(true);
});

test("played in one epoch, samples join and go on, and no frame is the last", () => {
  const source = canarySource();
  const { length } = source.leads[0].samples;
  const player = new Player("b", source, "e", 62, "in one epoch");
  const frames = Array.from({ length: 40 }, () => player.next(1e12).frame);
  let next = 0;
  for (const { epoch, firstSample, sequence, leads, last } of frames) {
    expect({ epoch, firstSample, last }).toEqual({ epoch: "e", firstSample: next, last: false });
    expect(frames[sequence].firstSample).toBe(firstSample);
    expect(leads[0].samples[0]).toBe(source.leads[0].samples[next % length]);
    next += leads[0].samples.length;
  }
  expect(next).toBeGreaterThan(3 * length);
});

test("the live model hears every run of it begin and end, and no two of these lie further apart than the proof allows", async () => {
  const turn = canarySource();
  const { samples } = turn.leads[0];
  const turns = 60;
  const many = new Int16Array(turns * samples.length);
  for (let n = 0; n < turns; n++) many.set(samples, n * samples.length);
  const classifier = await loadClassifier(readConfig({}).MODEL, "onnx");
  const said = await runRecord({ ...turn, leads: [{ ...turn.leads[0], samples: many }] }, classifier);
  await classifier.close();
  const conditions = said.filter(({ topic }) => topic === "conditions").map(({ data }) => data as Condition);
  const proofs = conditions.filter(({ kind, phase }) => kind === CANARY_KIND && phase !== "update");
  const learning = (PROOF.startingMs / 1000) * turn.samplingRateHz;
  expect(proofs[0].sample).toBeLessThan(learning);
  const gaps = proofs.slice(1).map(({ sample }, i) => ((sample - proofs[i].sample) / turn.samplingRateHz) * 1000);
  expect(proofs.length).toBeGreaterThan(2 * (turns - 5));
  expect(Math.max(...gaps)).toBeLessThan(PROOF.silentMs / 2);
});

test("a bed that is none may not be called so", () => {
  const bus = { publish: async () => {} };
  const source = { ...canarySource(), name: "synthetic/sinus" };
  const beds = [{ bed: "bedside-canary-0.0", source }];
  const play = () => runSimulator({ bus, beds, speed: 1, loop: "no", frameMs: 200, seed: 1, epoch: "e" });
  expect(play).toThrow(expect.objectContaining({ code: "BAD_ARGUMENT", message: expect.stringMatching(/reserved/) }));
});
