import type { BeatMark, BedTrace } from "../samples/bed-trace.ts";
import { type SweepGeometry, sweepPlace } from "./calibration.ts";
import { drawLine } from "./draw-line.ts";
import { drawMark, hatchPattern, LABEL_HALF_PX, peakY } from "./draw-marks.ts";
import { chooseFit, type Fit, fitted, hasLabels, roomOf, USUAL_FIT } from "./fit.ts";
import { drawCalibrationMark, drawGrid } from "./grid.ts";
import { OffStretchPen } from "./off-stretch.ts";
import { ARROW_HALF_PX, OverflowArrows } from "./overflow-arrows.ts";
import type { Palette } from "./palette.ts";
import type { Pen } from "./pen.ts";
import { type Mend, QrsDots } from "./qrs-dots.ts";

/** Blank ahead of the head, CSS pixels; on a narrow trace no more than that share of it. */
const ERASE_PX = 22;
const MOST_ERASED = 0.15;
/** What is drawn again behind the last end, so that pieces join without a seam, CSS pixels. */
const OVERLAP_PX = 3;

/**
 * Draws one lead as a sweep: each call adds what came since the last one and wipes the bar ahead of it. A signal that is too tall is laid
 * into the trace otherwise from the bar on, where a line of dots tells the one calibration from the other; the mark has the latter.
 */
export class Sweep {
  private fitNow: Fit = USUAL_FIT;
  /** Of the fit in use. */
  private inUse: SweepGeometry;
  /** Of what was drawn before `fitSince`. */
  private before: SweepGeometry;
  private fitSince = 0;
  private judgedSeconds = 0;
  private readonly arrows: OverflowArrows;
  private drawnTo: number | null = null;
  private pending: BeatMark[] = [];
  private seenMarks = 0;
  private revision = 0;
  private readonly hatch: CanvasPattern | null;
  private readonly offPen: OffStretchPen;
  private readonly dots: QrsDots;

  /** `geometry`: as chosen, which is what paper and places in time go by; `onPaper`: with the pen that draws the paper, which is seldom. */
  constructor(
    private readonly onPaper: (draw: (pen: Pen) => void) => void,
    private readonly context: Pen,
    private readonly geometry: SweepGeometry,
    private readonly palette: Palette,
    private readonly trace: BedTrace,
    private readonly lead: number,
    offWords: string,
  ) {
    this.hatch = hatchPattern(context, palette.hatch, geometry.ratio);
    this.inUse = this.before = geometry;
    this.arrows = new OverflowArrows(context, trace.rateHz, palette.bright);
    onPaper((paper) => {
      drawGrid(paper, geometry, palette);
      drawCalibrationMark(paper, geometry, palette, this.fitNow);
    });
    this.dots = new QrsDots(context, geometry, trace.rateHz, palette.ink, (position) => this.xOf(position));
    this.offPen = new OffStretchPen(context, geometry, palette, offWords);
  }

  /** By how much the chosen gain is multiplied. */
  get factor(): number {
    return this.fitNow.factor;
  }

  /** `due`: position behind the last sample to show, as BedTrace.advance gives it. */
  draw(due: number): void {
    const { geometry, trace, context } = this;
    if (trace.leads[this.lead].isWaiting) {
      if (this.drawnTo !== null) context.clearRect(geometry.left, 0, geometry.width, geometry.height);
      this.drawnTo = null;
      return;
    }
    const pxPerSample = geometry.pxPerSecond / trace.rateHz;
    const lapSamples = geometry.width / pxPerSample;
    const erased = this.erasedPx / pxPerSample;
    const { shown, revision } = trace.leads[this.lead];
    // What is sent again of a lead comes frame by frame.
    const head = Math.min(due, shown.end);
    const oldest = Math.max(shown.begin, Math.ceil(due - lapSamples + erased));
    let from = this.drawnTo;
    this.judgeFit(from ?? oldest);
    if (from === null || from < oldest || revision !== this.revision) {
      this.revision = revision;
      context.clearRect(geometry.left, 0, geometry.width, geometry.height);
      this.pending = trace.marks.filter((mark) => mark.position >= oldest);
      this.seenMarks = trace.marks.at(-1)?.serial ?? -1;
      from = oldest;
      this.before = this.inUse;
      this.fitSince = oldest;
      this.arrows.restartAt(oldest);
      this.dots.restartAt(trace.qrsPlaces, oldest);
    }
    if (head > from) this.drawLaps(from, head, pxPerSample);
    this.drawnTo = Math.max(head, from);
    if (hasLabels(geometry)) {
      // Before the letters, which take their places.
      this.dots.draw(trace.qrsPlaces, oldest, Math.floor(head - this.labelSamples), this.mend);
      this.drawMarks(head, oldest);
    }
    this.drawArrows(head);
  }

  /** Once a second: from `position` on another fit, where the last seconds call for it. */
  private judgeFit(position: number): void {
    const { geometry, palette } = this;
    const { range } = this.trace.leads[this.lead];
    if (range.seconds === this.judgedSeconds) return;
    this.judgedSeconds = range.seconds;
    const fit = chooseFit(range.extremes, geometry, roomOf(geometry), this.fitNow);
    if (fit.factor === this.fitNow.factor && fit.lowerPx === this.fitNow.lowerPx) return;
    this.fitNow = fit;
    this.before = this.inUse;
    this.inUse = fitted(geometry, fit);
    this.fitSince = position;
    this.onPaper((paper) => drawCalibrationMark(paper, geometry, palette, fit));
  }

  /** How far behind the head a label must stand, which would be wiped else. */
  private get labelSamples(): number {
    const { geometry, trace } = this;
    return ((LABEL_HALF_PX + 2 * OVERLAP_PX) * geometry.ratio * trace.rateHz) / geometry.pxPerSecond;
  }

  private get erasedPx(): number {
    const { ratio, width } = this.geometry;
    return Math.min(ERASE_PX * ratio, MOST_ERASED * width);
  }

  private xOf(position: number): number {
    return sweepPlace(this.geometry, position / this.trace.rateHz).x;
  }

  /** Draws the line of [from, to) again, which stands within one lap; of the part of it that is drawn. */
  private readonly mend: Mend = (from, to) => {
    const { context, geometry, trace, palette } = this;
    const { shown } = trace.leads[this.lead];
    const pxPerSample = geometry.pxPerSecond / trace.rateHz;
    const middle = Math.floor((from + to) / 2);
    const x = this.xOf(middle) - (middle - from) * pxPerSample;
    const piece = { samples: shown, from, to: Math.min(to, shown.end), x, pxPerSample };
    drawLine(context, this.geometryAt(middle), piece, palette.trace, null);
  };

  private geometryAt(position: number): SweepGeometry {
    return position < this.fitSince ? this.before : this.inUse;
  }

  /** As labels, behind the head, which would wipe them. */
  private drawArrows(head: number): void {
    const { geometry, trace, arrows } = this;
    const clear = ((ARROW_HALF_PX + 2 * OVERLAP_PX) * geometry.ratio * trace.rateHz) / geometry.pxPerSecond;
    const until = Math.floor(head - clear);
    const { shown } = trace.leads[this.lead];
    arrows.draw(shown, Math.min(until, this.fitSince), this.before);
    arrows.draw(shown, until, this.inUse);
  }

  private drawLaps(from: number, head: number, pxPerSample: number): void {
    const { geometry, trace } = this;
    for (let start = from; start < head;) {
      const { lap, x } = sweepPlace(geometry, start / trace.rateHz);
      const lapEnd = Math.ceil(((lap + 1) * geometry.width) / pxPerSample);
      const end = Math.min(head, Math.max(lapEnd, start + 1));
      this.drawPiece(start, end, x, pxPerSample);
      start = end;
    }
  }

  /** Draws samples [from, to), the first of which stands at `x`; all lie within one lap. */
  private drawPiece(from: number, to: number, x: number, pxPerSample: number): void {
    const { context, geometry, inUse, palette, trace } = this;
    const { shown, off } = trace.leads[this.lead];
    const { left, width, height, ratio } = geometry;
    const clipLeft = Math.max(left, Math.floor(x - OVERLAP_PX * ratio));
    const end = x + (to - from) * pxPerSample;
    const bar = Math.ceil(end + this.erasedPx);
    const overlap = Math.ceil((2 * OVERLAP_PX * ratio) / pxPerSample) + 1;
    const first = Math.max(shown.begin, this.fitSince, from - overlap);
    const firstX = x - (from - first) * pxPerSample;

    context.save();
    context.beginPath();
    context.rect(clipLeft, 0, left + width - clipLeft, height);
    context.clip();
    context.clearRect(clipLeft, 0, bar - clipLeft, height);
    drawLine(context, inUse, { samples: shown, from: first, to, x: firstX, pxPerSample }, palette.trace, this.hatch);
    if (first === this.fitSince && this.before !== inUse) {
      context.fillStyle = palette.ink;
      for (let y = 0; y < height; y += 5 * ratio) context.fillRect(firstX, y, ratio, 2 * ratio);
    }
    for (const stretch of off) {
      if (stretch.to <= first || stretch.from >= to) continue;
      const xOf = (position: number): number => firstX + (position - first) * pxPerSample;
      this.offPen.draw(xOf(stretch.from), xOf(Math.max(first, stretch.from)), xOf(Math.min(to, stretch.to)));
    }
    context.restore();
    if (bar > left + width) context.clearRect(left, 0, bar - left - width, height);
  }

  /** Labels whose beat the head has passed; a beat that the sweep has wiped already gets none. */
  private drawMarks(head: number, oldest: number): void {
    const { trace } = this;
    for (let i = trace.marks.length - 1; i >= 0 && trace.marks[i].serial > this.seenMarks; i--) {
      this.pending.push(trace.marks[i]);
    }
    this.seenMarks = Math.max(this.seenMarks, trace.marks.at(-1)?.serial ?? -1);
    if (this.pending.length === 0) return;
    const clear = this.labelSamples;
    const waiting: BeatMark[] = [];
    for (const mark of this.pending) {
      if (mark.position < oldest) continue;
      if (mark.position + clear > head) waiting.push(mark);
      else this.drawLabel(mark);
    }
    this.pending = waiting;
  }

  private drawLabel({ position, beatClass }: BeatMark): void {
    const { geometry, trace } = this;
    const { shown } = trace.leads[this.lead];
    if (Number.isNaN(shown.at(position))) return;
    const { x } = sweepPlace(geometry, position / trace.rateHz);
    const peak = peakY(shown, position, trace.rateHz, this.geometryAt(position));
    drawMark(this.context, geometry, this.palette, beatClass, x, peak);
  }
}
