import type { SweepGeometry } from "./calibration.ts";
import { hatchPattern } from "./draw-marks.ts";
import type { Palette } from "./palette.ts";
import type { Pen } from "./pen.ts";

const WORDS_PX = 14;
/** Between the words and what is beside them, CSS pixels. */
const MARGIN_PX = 10;
/** Between the words where they stand again, CSS pixels. */
const AGAIN_PX = 90;

/** Draws where a lead is off: no line, the hatch of a technical condition, and what it is in words, which are the page's: the thread that draws knows no language. */
export class OffStretchPen {
  private readonly hatch: CanvasPattern | null;
  private readonly font: string;
  private readonly wordsWidth: number;

  constructor(
    private readonly context: Pen,
    private readonly geometry: SweepGeometry,
    private readonly palette: Palette,
    private readonly words: string,
  ) {
    this.hatch = hatchPattern(context, palette.technical, geometry.ratio);
    this.font = `700 ${WORDS_PX * geometry.ratio}px system-ui, sans-serif`;
    context.save();
    context.font = this.font;
    this.wordsWidth = context.measureText(words).width;
    context.restore();
  }

  /** Draws x in [from, to) of a stretch that began at `begin`, or on an earlier lap; what the canvas is clipped to stays so. */
  draw(begin: number, from: number, to: number): void {
    const { context, geometry, palette, words, wordsWidth } = this;
    const { left, height, ratio } = geometry;
    context.save();
    context.beginPath();
    context.rect(from, 0, to - from, height);
    context.clip();
    context.clearRect(from, 0, to - from, height);
    if (this.hatch) {
      context.fillStyle = this.hatch;
      context.globalAlpha = 0.75;
      context.fillRect(from, 0, to - from, height);
      context.globalAlpha = 1;
    }
    context.font = this.font;
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.fillStyle = palette.technical;
    const margin = MARGIN_PX * ratio;
    const step = wordsWidth + AGAIN_PX * ratio;
    for (let x = Math.max(begin, left) + margin; x < to; x += step) {
      if (x + wordsWidth + margin < from) continue;
      const size = WORDS_PX * ratio;
      context.clearRect(x - margin / 2, height / 2 - size, wordsWidth + margin, 2 * size);
      context.fillText(words, x, height / 2);
    }
    context.restore();
  }
}
