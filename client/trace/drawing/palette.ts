import { BEAT_CLASSES, type BeatClass } from "../../../contracts/beat.ts";

/** Colours of the canvas, as the style sheet has them. */
export interface Palette {
  readonly trace: string;
  readonly ground: string;
  readonly gridFine: string;
  readonly gridBold: string;
  readonly ink: string;
  readonly bright: string;
  readonly hatch: string;
  /** Of a lead that is off: that of the priority of technical conditions. */
  readonly technical: string;
  readonly chipInk: string;
  readonly beats: Readonly<Record<BeatClass, string>>;
}

/** Reading styles costs, and all traces of a page have the same: so long a reading holds, ms. */
const HOLDS_MS = 500;
let last: { readonly atMs: number; readonly theme: string | undefined; readonly palette: Palette } | null = null;

/** The colours of the custom properties that hold on the page, as of `element`. */
export function readPalette(element: Element): Palette {
  const atMs = performance.now();
  const { theme } = document.documentElement.dataset;
  if (!last || last.theme !== theme || atMs > last.atMs + HOLDS_MS) last = { atMs, theme, palette: readFrom(element) };
  return last.palette;
}

function readFrom(element: Element): Palette {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    trace: colour("trace"),
    ground: colour("panel"),
    gridFine: colour("grid-fine"),
    gridBold: colour("grid-bold"),
    ink: colour("ink-dim"),
    bright: colour("ink"),
    hatch: colour("hatch"),
    technical: colour("low"),
    chipInk: colour("chip-ink"),
    beats: Object.fromEntries(BEAT_CLASSES.map((name) => [name, colour(`beat-${name}`)])) as Record<BeatClass, string>,
  };
}
