import { expect, test } from "vitest";
import { drawn, sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { NewcomerTour, tourWanted } from "./newcomer-tour.ts";

test("the tour is offered until it is taken or declined, has four steps, and comes again when it is asked for", async () => {
  const { settings, show } = sceneOf();
  const tour = await show(new NewcomerTour());
  const press = async (words: string): Promise<void> => {
    within(tour, "button")
      .find((button) => textOf(button) === words)
      ?.click();
    await drawn(tour);
  };
  expect(textOf(the(tour, "[data-testid=tour-offer]"))).toContain("New here?");
  await press("A tour in four steps");
  const titles: string[] = [textOf(the(tour, "h2"))];
  for (let n = 0; n < 3; n++) {
    await press("Next");
    titles.push(textOf(the(tour, "h2")));
  }
  expect(new Set(titles).size).toBe(4);
  expect(settings.values.tourSeen).toBe(false);
  await press("Done");
  expect(settings.values.tourSeen).toBe(true);
  expect(textOf(tour)).toBe("");
  tourWanted.tell();
  await drawn(tour);
  the(tour, ".step").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  await drawn(tour);
  expect(textOf(tour)).toBe("");
});
