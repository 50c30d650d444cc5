import { expect, test } from "vitest";
import { sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { model } from "../../../testing/model-report.ts";
import { ModelSummary } from "./model-summary.ts";

test("how good it is in a sentence, what each class may be relied on for, and what must not be trusted", async () => {
  const summary = await sceneOf().show(Object.assign(new ModelSummary(), { model }));
  expect(textOf(the(summary, "[data-testid=headline]"))).toContain("95.0 % of 400 beats right");
  const verdicts = within(summary, "[data-testid=verdict]");
  expect(verdicts.map((one) => textOf(one.querySelector(".word") as Element))).toEqual([
    "holds up",
    "look twice",
    "look twice",
    "do not rely on it",
    "not measured",
  ]);
  expect(textOf(verdicts[2])).toContain("0.93 F1, 0.85 to 0.96");
  expect(within(summary, ".warnings li").map(textOf).join()).toContain("F (fusion)");
});

test("a model that was not scored has no verdicts", async () => {
  const bare = { ...model, evaluations: [] };
  const summary = await sceneOf().show(Object.assign(new ModelSummary(), { model: bare }));
  expect(within(summary, "[data-testid=verdict]")).toEqual([]);
  expect(textOf(summary)).toContain("How good it is was not measured");
});
