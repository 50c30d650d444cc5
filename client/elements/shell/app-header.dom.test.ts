import { expect, test } from "vitest";
import { drawn, sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { bedOf, frameOf, unmonitoredFor } from "../../../testing/client/messages.ts";
import { AppHeader } from "./app-header.ts";

test("it counts the beds, and says that this is no medical device", async () => {
  const { ward, show } = sceneOf();
  const header = await show(new AppHeader());
  const counts: string[] = [];
  for (const bed of ["b1", "b2"]) {
    counts.push(textOf(the(header, "[data-testid=beds]")));
    ward.take({ kind: "frame", frame: frameOf(0, { bed }) }, 0);
    await drawn(header);
  }
  counts.push(textOf(the(header, "[data-testid=beds]")));
  expect(counts).toEqual(["0 beds", "1 bed", "2 beds"]);
  expect(textOf(header)).toContain("Not a medical device");
  expect(textOf(the(header, "time"))).toMatch(/^\d\d:\d\d:\d\d$/);
});

test("its links lead to the pages, the one that is shown marked", async () => {
  const header = await sceneOf().show(new AppHeader());
  const links = within(header, "nav a");
  expect(links.map((link) => [textOf(link), link.getAttribute("href")])).toEqual([
    ["Ward", "./#/"],
    ["Map", "./#/map"],
    ["Events", "./#/events"],
    ["Model", "./model"],
    ["Demo", "./#/simulation"],
    ["Upload", "./upload"],
  ]);
  expect(links.map((link) => link.getAttribute("aria-current"))).toEqual(["page", null, null, null, null, null]);
});

test("it counts the beds that nobody monitors, where there are any", async () => {
  const { ward, show } = sceneOf();
  const header = await show(new AppHeader());
  ward.take({ kind: "bed", bed: bedOf("b1") }, 0);
  await drawn(header);
  expect(within(header, "[data-testid=unmonitored]")).toEqual([]);
  ward.take({ kind: "bed", bed: bedOf("b2", { unmonitored: unmonitoredFor("no-worker") }) }, 0);
  await drawn(header);
  expect(textOf(the(header, "[data-testid=unmonitored]"))).toBe("1 not monitored");
});
