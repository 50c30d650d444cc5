import { expect, test, vi } from "vitest";
import { sceneOf, the, within } from "../../../testing/client/dom.ts";
import { ChartFigure } from "./chart-figure.ts";

test("a chart is drawn at the width there is, and again when that changes", async () => {
  const draw = (width: number): string => `<svg width="${width}" height="10"></svg>`;
  const figure = Object.assign(new ChartFigure(), { draw });
  figure.style.width = "321.5px";
  await sceneOf().show(figure);
  const width = (): string | null | undefined => figure.renderRoot.querySelector("svg")?.getAttribute("width");
  await vi.waitFor(() => expect(width()).toBe("321"));
  figure.style.width = "200px";
  await vi.waitFor(() => expect(width()).toBe("200"));
});

test("what was not measured leaves nothing", async () => {
  const figure = await sceneOf().show(Object.assign(new ChartFigure(), { draw: () => null }));
  expect(within(figure, "*")).toEqual([]);
  expect(() => the(figure, "svg")).toThrow(/0 of svg/);
});
