import { expect, test } from "vitest";
import { drawn, sceneOf, textOf, within } from "../../../testing/client/dom.ts";
import { conditionOf, frameOf } from "../../../testing/client/messages.ts";
import { MonitoredBed } from "../../ward/monitored-bed.ts";
import { ConditionLog } from "./condition-log.ts";

test("each condition with its begin and end: open, ended, or unheard of since", async () => {
  const bed = new MonitoredBed("b1");
  const log = await sceneOf().show(Object.assign(new ConditionLog(), { bed }));
  expect(textOf(log)).toContain("None so far");
  bed.addFrame(frameOf(2450), performance.now());
  bed.addCondition(conditionOf("asystole", 250, { phase: "end", sample: 1000, timeMs: 4000 }));
  bed.conditions.remember(conditionOf("tachycardia", 500, { timeMs: 3000 }));
  bed.addCondition(conditionOf("lead-off", 750));
  bed.changes.tell();
  await drawn(log);
  const rows = within(log, "[data-testid=logged]").map((row) => [...row.children].map(textOf));
  expect(rows.map(([what, , , lasted]) => [what, lasted])).toEqual([
    ["Lead off", "0:07"],
    ["Tachycardia", "0:01"],
    ["Asystole", "0:03"],
  ]);
  expect(rows.map(([, , end]) => end.replace(/\d\d/g, "0"))).toEqual(["open", "not heard", "0:0:0"]);
});
