import { expect, test } from "vitest";
import { painterOf, type PainterMessage, type ViewSettings } from "./painter.ts";

const UNHEARD = { onFactor: () => {}, onDrawn: () => {} };

test("a head is known of a bed that somebody looks at, as it was last told", () => {
  const posted: PainterMessage["kind"][] = [];
  const { painter, heard } = painterOf(({ kind }) => posted.push(kind));
  const canvas = {} as HTMLCanvasElement;
  const view = painter.openSheet(canvas, canvas).open(UNHEARD);
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
  expect(posted).toEqual(["sheet", "open", "settings", "sight", "sight", "close"]);
});

test("samples are wanted of what is in sight, and of what is kept while it is not", () => {
  const { painter } = painterOf(() => {});
  const canvas = {} as HTMLCanvasElement;
  let told = 0;
  painter.looks.subscribe(() => told++);
  const names = (): string[] => [...new Set([...painter.wanted].map(({ bed, lead }) => `${bed} ${lead}`))];
  const sheet = painter.openSheet(canvas, canvas);
  const [tile, open] = [sheet.open(UNHEARD), sheet.open(UNHEARD)];
  tile.set({ bed: "b1", lead: 0 } as ViewSettings);
  open.set({ bed: "b2", lead: 1 } as ViewSettings, true);
  expect(names()).toEqual(["b1 0", "b2 1"]);
  for (const view of [tile, open]) view.see(false);
  expect([names(), told]).toEqual([["b2 1"], 4]);
  open.close();
  expect(names()).toEqual([]);
});

test("that a view has been drawn is told of what it was last set to alone", () => {
  const { painter, heard } = painterOf(() => {});
  const canvas = {} as HTMLCanvasElement;
  let drawn = 0;
  const view = painter.openSheet(canvas, canvas).open({ ...UNHEARD, onDrawn: () => drawn++ });
  view.set({ bed: "b1", x: 0 } as ViewSettings);
  view.set({ bed: "b1", x: 100 } as ViewSettings);
  heard({ drawn: [{ view: 0, serial: 1 }] });
  expect(drawn).toBe(0);
  heard({ drawn: [{ view: 0, serial: 2 }] });
  expect(drawn).toBe(1);
});
