import { expect, test } from "vitest";
import { drawn, sceneOf, textOf, within } from "../../../testing/client/dom.ts";
import { holdOut, model } from "../../../testing/model-report.ts";
import { EvaluationView } from "./evaluation-view.ts";

test("one of the evaluations at a time, its facts in a line, what was not measured said", async () => {
  const { evaluations } = model;
  const view = await sceneOf().show(Object.assign(new EvaluationView(), { evaluations }));
  const pressed = (): string[] => within(view, "button[aria-pressed=true]").map(textOf);
  expect(pressed()).toEqual(["folds"]);
  within(view, "button")[1].click();
  await drawn(view);
  expect(pressed()).toEqual(["DS2"]);
  expect(textOf(view)).toContain(
    "Accuracy 95.0 % (90.0 % to 97.0 %) · mean F1 0.70 · F1 of S without record 232: 0.38",
  );
  expect(textOf(view)).toContain("the confusion matrix was not kept");
  expect(textOf(view)).toContain("Made by npm run evaluate , weights abc.");
  expect(within(view, "record-table")).toEqual([]);
});

test("where S and V go wrong stands before the records", async () => {
  const records = [{ record: "231", missed: { S: 1, V: 0 }, falselyCalled: { S: 210, V: 2 } }];
  const evaluations = [{ ...holdOut, mostErrors: { share: 0.68, records } }];
  const view = await sceneOf().show(Object.assign(new EvaluationView(), { evaluations }));
  expect(textOf(view)).toContain("one record has 68 % of all missed and false ones");
  expect(within(view, ".table tbody tr").map(textOf)).toEqual(["231 1 210 0 2"]);
});

test("a single evaluation needs no choice; none leaves nothing", async () => {
  const { show } = sceneOf();
  const perRecord = [{ record: "100", accuracy: 1, classes: {} }];
  const view = await show(Object.assign(new EvaluationView(), { evaluations: [{ ...holdOut, perRecord }] }));
  expect(within(view, "[role=group]")).toEqual([]);
  expect(within(view, "record-table")).toHaveLength(1);
  expect(textOf(await show(Object.assign(new EvaluationView(), { evaluations: [] })))).toBe("");
});
