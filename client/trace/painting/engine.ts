import type { SweepGeometry } from "../drawing/calibration.ts";
import type { Pen } from "../drawing/pen.ts";
import { Sweep } from "../drawing/sweep.ts";
import { BedTrace } from "../samples/bed-trace.ts";
import type { PainterMessage, PainterNews, ViewSettings } from "./painter.ts";
import type { Told } from "../samples/told.ts";

/** A sweep that moves by less than this in 1/60 s, device pixels, is drawn every other animation frame: nobody sees the difference. */
const STEP_PX = 1.5;
const FRAMES_PER_SECOND = 60;
const HEADS_EVERY_MS = 500;

interface View {
  readonly paper: Pen;
  readonly pen: Pen;
  settings: ViewSettings | null;
  isInSight: boolean;
  /** null where it must be begun: it goes with a trace, settings and canvases of a size. */
  sweep: Sweep | null;
  drawn: BedTrace | null;
  factor: number;
}

/** All traces and the views of them, on whichever thread. */
export class TraceEngine {
  private readonly traces = new Map<string, BedTrace>();
  private readonly views = new Map<number, View>();
  private frames = 0;
  private toldMs = Number.NEGATIVE_INFINITY;
  private heads: Record<string, number> = {};

  constructor(private readonly tell: (news: PainterNews) => void) {}

  take(message: PainterMessage): void {
    if (message.kind === "told") return this.told(message.bed, message.told);
    if (message.kind === "open") {
      const [paper, pen] = [message.paper.getContext("2d"), message.sweep.getContext("2d")];
      if (!paper || !pen) return;
      const unset = { settings: null, isInSight: true, sweep: null, drawn: null, factor: 1 };
      this.views.set(message.view, { paper: paper as Pen, pen: pen as Pen, ...unset });
      return;
    }
    const view = this.views.get(message.view);
    if (!view) return;
    if (message.kind === "sight") view.isInSight = message.isInSight;
    else if (message.kind === "settings") {
      view.settings = message.settings;
      view.sweep = null;
    } else this.views.delete(message.view);
  }

  /** Draws what came until `nowMs`, in the clock of the samples' arrival. */
  draw(nowMs: number): void {
    const turn = this.frames++ % 2;
    for (const [id, view] of this.views) {
      const { settings } = view;
      const trace = settings && this.traces.get(settings.bed);
      if (!trace || !view.isInSight) continue;
      if (view.sweep && view.drawn === trace && isSlow(settings.geometry) && id % 2 !== turn) continue;
      if (!view.sweep || view.drawn !== trace) this.begin(view, settings, trace);
      const head = trace.advance(nowMs);
      view.sweep?.draw(head);
      this.heads[settings.bed] = head;
      const factor = view.sweep?.factor ?? 1;
      if (factor === view.factor) continue;
      view.factor = factor;
      this.tell({ view: id, factor });
    }
    this.tellHeads(nowMs);
  }

  private tellHeads(nowMs: number): void {
    if (nowMs - this.toldMs < HEADS_EVERY_MS || Object.keys(this.heads).length === 0) return;
    this.toldMs = nowMs;
    this.tell({ heads: this.heads });
    this.heads = {};
  }

  private begin(view: View, { geometry, palette, lead, filter }: ViewSettings, trace: BedTrace): void {
    const { paper, pen } = view;
    for (const { canvas } of [paper, pen]) {
      canvas.width = geometry.left + geometry.width;
      canvas.height = geometry.height;
    }
    view.drawn = trace;
    trace.showBy(filter);
    view.sweep = new Sweep(paper, pen, geometry, palette, trace, Math.min(lead, trace.leads.length - 1));
  }

  private told(bed: string, told: Told): void {
    if (told.kind === "begin") {
      this.traces.set(bed, new BedTrace(told.shape));
      return;
    }
    const trace = this.traces.get(bed);
    if (told.kind === "samples") trace?.acceptSamples(told.samples, told.nowMs);
    else if (told.kind === "live") trace?.send(told.leads);
    else if (told.kind === "mark") trace?.mark(told.beat);
    else if (told.kind === "qrs") trace?.find(told.qrs);
    else if (told.kind === "lead-off") trace?.leadOff(told.condition);
    else trace?.leadOn(told.condition);
  }
}

const isSlow = ({ pxPerSecond }: SweepGeometry): boolean => pxPerSecond < STEP_PX * FRAMES_PER_SECOND;
