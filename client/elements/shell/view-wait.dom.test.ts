import { expect, test } from "vitest";
import { drawn, sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { ViewWait } from "./view-wait.ts";

test("it says that a view is coming, and what to do where it did not come", async () => {
  const wait = await sceneOf().show(Object.assign(new ViewWait(), { name: "Models" }));
  expect(textOf(wait)).toBe("Models Loading …");
  wait.failed = true;
  await drawn(wait);
  expect(textOf(the(wait, "[role=alert]"))).toContain("did not load");
  let asked = 0;
  wait.addEventListener("again", () => asked++);
  within(wait, "button")[0].click();
  expect(asked).toBe(1);
});
