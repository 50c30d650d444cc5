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

interface Sheet {
  readonly paper: Pen;
  readonly pen: Pen;
  /** Something on it has another place: it is wiped, and all that is on it begun again. */
  isMoved: boolean;
}

interface View {
  readonly sheet: Sheet;
  settings: ViewSettings | null;
  serial: number;
  isInSight: boolean;
  /** null where it must be begun: it goes with a trace and settings. */
  sweep: Sweep | null;
  drawn: BedTrace | null;
  factor: number;
}

/** All traces and the views of them, on whichever thread. */
export class TraceEngine {
  private readonly traces = new Map<string, BedTrace>();
  private readonly sheets = new Map<number, Sheet>();
  private readonly views = new Map<number, View>();
  private frames = 0;
  private toldMs = Number.NEGATIVE_INFINITY;
  private heads: Record<string, number> = {};
  /** Views begun anew in the last frame. */
  private begun: { readonly view: number; readonly serial: number }[] = [];

  constructor(private readonly tell: (news: PainterNews) => void) {}

  take(message: PainterMessage): void {
    if (message.kind === "told") return this.told(message.bed, message.told);
    if ("sheet" in message) return this.takeOfSheet(message);
    const view = this.views.get(message.view);
    if (!view) return;
    if (message.kind === "sight") view.isInSight = message.isInSight;
    else if (message.kind === "settings") {
      const { settings, serial } = message;
      if (hasPlaceOf(view, settings)) wipe(view.sheet, settings);
      else view.sheet.isMoved = true;
      Object.assign(view, { settings, serial, sweep: null });
    } else {
      view.sheet.isMoved = true;
      this.views.delete(message.view);
    }
  }

  private takeOfSheet(message: Extract<PainterMessage, { readonly sheet: number }>): void {
    if (message.kind === "sheet") {
      const [paper, pen] = [message.paper.getContext("2d"), message.sweep.getContext("2d")];
      if (paper && pen) this.sheets.set(message.sheet, { paper: paper as Pen, pen: pen as Pen, isMoved: true });
      return;
    }
    const sheet = this.sheets.get(message.sheet);
    if (!sheet) return;
    if (message.kind === "open") {
      const unset = { settings: null, serial: 0, isInSight: true, sweep: null, drawn: null, factor: 1 };
      this.views.set(message.view, { sheet, ...unset });
    } else if (message.kind === "size") {
      const { width, height } = message;
      for (const { canvas } of [sheet.paper, sheet.pen]) Object.assign(canvas, { width, height });
      sheet.isMoved = true;
    } else this.sheets.delete(message.sheet);
  }

  /** Draws what came until `nowMs`, in the clock of the samples' arrival. */
  draw(nowMs: number): void {
    const isSlowFrame = this.frames++ % 2 === 1;
    this.tellBegun();
    this.wipeMoved();
    for (const [id, view] of this.views) {
      const { settings } = view;
      const trace = settings && this.traces.get(settings.bed);
      if (!trace || !view.isInSight) continue;
      const isBegun = view.sweep !== null && view.drawn === trace;
      if (isBegun && isSlowFrame && isSlow(settings.geometry)) continue;
      if (!isBegun) begin(view, settings, trace);
      atPlace(view.sheet.pen, settings, () => {
        const head = trace.advance(nowMs);
        view.sweep?.draw(head);
        this.heads[settings.bed] = head;
      });
      if (!isBegun) this.begun.push({ view: id, serial: view.serial });
      const factor = view.sweep?.factor ?? 1;
      if (factor === view.factor) continue;
      view.factor = factor;
      this.tell({ view: id, factor });
    }
    this.tellHeads(nowMs);
  }

  /** A frame later: who opens a window at what is only drawn, and not yet on the screen, sees for a moment what was there before. */
  private tellBegun(): void {
    if (this.begun.length > 0) this.tell({ drawn: this.begun });
    this.begun = [];
  }

  private wipeMoved(): void {
    for (const sheet of this.sheets.values()) {
      if (!sheet.isMoved) continue;
      sheet.isMoved = false;
      for (const one of [sheet.paper, sheet.pen]) one.clearRect(0, 0, one.canvas.width, one.canvas.height);
      for (const view of this.views.values()) if (view.sheet === sheet) view.sweep = null;
    }
  }

  private tellHeads(nowMs: number): void {
    if (nowMs - this.toldMs < HEADS_EVERY_MS || Object.keys(this.heads).length === 0) return;
    this.toldMs = nowMs;
    this.tell({ heads: this.heads });
    this.heads = {};
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

const hasPlaceOf = ({ settings }: View, { x, y, geometry }: ViewSettings): boolean =>
  settings?.x === x &&
  settings.y === y &&
  settings.geometry.height === geometry.height &&
  settings.geometry.left + settings.geometry.width === geometry.left + geometry.width;

/** Runs `draw` with the pen at the view's place, where it reaches no other. */
function atPlace(pen: Pen, { x, y, geometry }: ViewSettings, draw: (pen: Pen) => void): void {
  pen.save();
  pen.translate(x, y);
  pen.beginPath();
  pen.rect(0, 0, geometry.left + geometry.width, geometry.height);
  pen.clip();
  draw(pen);
  pen.restore();
}

/** What stood there may be another bed's: nothing does until the next frame draws. */
function wipe({ paper, pen }: Sheet, { x, y, geometry }: ViewSettings): void {
  for (const one of [paper, pen]) one.clearRect(x, y, geometry.left + geometry.width, geometry.height);
}

function begin(view: View, settings: ViewSettings, trace: BedTrace): void {
  const { paper, pen } = view.sheet;
  const { geometry, palette, lead, filter, offWords } = settings;
  view.drawn = trace;
  trace.showBy(filter);
  const onPaper = (draw: (pen: Pen) => void): void => atPlace(paper, settings, draw);
  view.sweep = new Sweep(onPaper, pen, geometry, palette, trace, Math.min(lead, trace.leads.length - 1), offWords);
}
