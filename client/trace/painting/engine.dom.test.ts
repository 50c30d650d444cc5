import { expect, test } from "vitest";
import { sweepGeometry } from "../drawing/calibration.ts";
import type { Palette } from "../drawing/palette.ts";
import { TraceEngine } from "./engine.ts";
import type { PainterNews } from "./painter.ts";

const NONE = "#000";
const PALETTE: Palette = {
  trace: NONE,
  ground: NONE,
  gridFine: NONE,
  gridBold: NONE,
  ink: NONE,
  bright: NONE,
  hatch: NONE,
  technical: NONE,
  chipInk: NONE,
  beats: { N: NONE, S: NONE, V: NONE, F: NONE, Q: NONE },
};

test("that a view is drawn is told when that can be on the screen: a frame later", () => {
  const told: PainterNews[] = [];
  const engine = new TraceEngine((news) => told.push(news));
  const [paper, sweep] = [document.createElement("canvas"), document.createElement("canvas")];
  engine.take({ kind: "sheet", sheet: 0, paper, sweep });
  engine.take({ kind: "open", view: 7, sheet: 0 });
  const shape = { samplingRateHz: 250, leads: [{ name: "II" }] };
  engine.take({ kind: "told", bed: "b1", told: { kind: "begin", shape } });
  const geometry = sweepGeometry({ speedMmPerS: 25, gainMmPerMv: 10, scale: 1 }, 300, 100, 1);
  const settings = {
    x: 0,
    y: 0,
    bed: "b1",
    lead: 0,
    filter: "monitor",
    geometry,
    palette: PALETTE,
    offWords: "",
  } as const;
  engine.take({ kind: "settings", view: 7, settings, serial: 3 });
  const drawn = (): PainterNews[] => told.filter((news) => "drawn" in news);
  engine.draw(0);
  expect(drawn()).toEqual([]);
  engine.draw(16);
  expect(drawn()).toEqual([{ drawn: [{ view: 7, serial: 3 }] }]);
  engine.draw(32);
  expect(drawn()).toHaveLength(1);
});
