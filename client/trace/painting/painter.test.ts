import { expect, test } from "vitest";
import { painterOf, type PainterMessage, type ViewSettings } from "./painter.ts";

test("a head is known of a bed that somebody looks at, as it was last told", () => {
  const posted: PainterMessage["kind"][] = [];
  const { painter, heard } = painterOf(({ kind }) => posted.push(kind));
  const canvas = {} as HTMLCanvasElement;
  const view = painter.open(canvas, canvas, () => {});
  view.set({ bed: "b1" } as ViewSettings);
  expect(painter.headOf("b1")).toBeNull();
  heard({ heads: { b1: 100, b2: 7 } });
  heard({ heads: { b1: 150 } });
  expect(painter.headOf("b1")).toMatchObject({ position: 150 });
  expect(painter.headOf("b2")).toBeNull();
  view.see(false);
  expect(painter.headOf("b1")).toBeNull();
  view.see(true);
  expect(painter.headOf("b1")).toBeNull();
  heard({ heads: { b1: 900 } });
  expect(painter.headOf("b1")).toMatchObject({ position: 900 });
  view.close();
  expect(painter.headOf("b1")).toBeNull();
  expect(posted).toEqual(["open", "settings", "sight", "sight", "close"]);
});
