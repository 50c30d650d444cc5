import { expect, test } from "vitest";
import { drawn, sceneOf, textOf, within } from "../../../testing/client/dom.ts";
import { beatOf, conditionOf } from "../../../testing/client/messages.ts";
import { MonitoredBed } from "../../ward/monitored-bed.ts";
import { BeatTable } from "./beat-table.ts";

const cells = (row: Element): string[] => [...row.children].map(textOf).slice(1);

test("the last ten beats, the latest first, with what the model made of each", async () => {
  const bed = new MonitoredBed("b1");
  const table = await sceneOf().show(Object.assign(new BeatTable(), { bed }));
  expect(textOf(table)).toContain("None yet");
  for (let sample = 100; sample <= 1100; sample += 100) bed.addBeat(beatOf(sample, { rrMs: sample }));
  const odd = { beatClass: "V", rrMs: null, heartRateBpm: null, quality: 0.555 } as const;
  bed.addBeat(beatOf(1200, { ...odd, probabilities: { N: 0.125, S: 0, V: 0.875, F: 0 } }));
  bed.changes.tell();
  await drawn(table);
  const rows = within(table, "[data-testid=beat]");
  expect(rows).toHaveLength(10);
  expect(cells(rows[0])).toEqual(["V", "–", "–", "0.13", "0.00", "0.88", "0.00", "56 %"]);
  expect(cells(rows[1])).toEqual(["N", "1100", "75", "1.00", "0.00", "0.00", "0.00", "100 %"]);
  expect(textOf(table)).not.toContain("None yet");
});

test("a beat that was read in noise of its lead has no quality beside it", async () => {
  const bed = new MonitoredBed("b1");
  bed.addCondition(conditionOf("noisy-signal", 200, { lead: "II" }));
  bed.addCondition(conditionOf("noisy-signal", 200, { lead: "II", phase: "end", sample: 400, timeMs: 1600 }));
  for (const sample of [100, 300, 500]) bed.addBeat(beatOf(sample));
  bed.addBeat(beatOf(301, { lead: "V1" }));
  const table = await sceneOf().show(Object.assign(new BeatTable(), { bed }));
  const quality = within(table, "[data-testid=beat]").map((row) => cells(row).at(-1));
  expect(quality).toEqual(["100 %", "100 %", "noisy", "100 %"]);
});

test("a table that shows another bed hears of that one", async () => {
  const [one, other] = [new MonitoredBed("b1"), new MonitoredBed("b2")];
  const table = await sceneOf().show(Object.assign(new BeatTable(), { bed: one }));
  table.bed = other;
  await drawn(table);
  other.addBeat(beatOf(100));
  other.changes.tell();
  await drawn(table);
  expect(within(table, "[data-testid=beat]")).toHaveLength(1);
});

test("what the classes do not say is said beside them: of pacemakers, above all", async () => {
  const table = await sceneOf().show(Object.assign(new BeatTable(), { bed: new MonitoredBed("b1") }));
  const [notes] = within(table, "class-notes");
  const [summary] = within(notes, "summary");
  expect(textOf(summary)).toMatch(/pacemakers/);
  (summary as HTMLElement).click();
  const said = within(notes, "dd").map(textOf);
  expect(said).toHaveLength(5);
  expect(said[0]).toMatch(/^Normal\. .*Pacing is not recognised/);
  expect(said[4]).toMatch(/Paced beats are not called Q/);
});
