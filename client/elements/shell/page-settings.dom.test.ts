import { afterEach, expect, test } from "vitest";
import { choose, sceneOf, the } from "../../../testing/client/dom.ts";
import { keepTheme } from "../../controllers/theme.ts";
import { readPalette } from "../../trace/drawing/palette.ts";
import { PageSettings } from "./page-settings.ts";

const root = document.documentElement;
afterEach(() => void delete root.dataset["theme"]);

test("the theme that is chosen holds at once, for what canvases draw too; the device's holds until one is", async () => {
  const { settings, show } = sceneOf();
  keepTheme(settings, root);
  const device = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
  expect(root.dataset["theme"]).toBe(device);
  const element = await show(new PageSettings());
  const traces: string[] = [];
  settings.changes.subscribe(() => traces.push(readPalette(element).trace));
  for (const theme of ["light", "dark"]) {
    await choose(the(element, "[data-testid=theme]"), theme);
    expect(root.dataset["theme"]).toBe(theme);
  }
  expect(traces).toEqual(["#00703a", "#5ef2a0"]);
});

test("single letters can be turned off as keys", async () => {
  const { settings, show } = sceneOf();
  const element = await show(new PageSettings());
  the(element, ".open").click();
  expect(the(element, "dialog")).toHaveProperty("open", true);
  the(element, "[data-testid=letter-keys]").click();
  expect(settings.values.letterKeys).toBe(false);
});
