import { msg, str } from "@lit/localize";
import { css, html, LitElement, nothing } from "lit";
import { consume, settingsContext } from "../../../context.ts";
import { follow } from "../../../controllers/follow.ts";
import { beatHref } from "../../../controllers/route.ts";
import { Size } from "../../../controllers/size.ts";
import { timeOfDay } from "../../../format.ts";
import { shared } from "../../../styles/shared.ts";
import { conditionWords } from "../../../words/conditions.ts";
import { sweepGeometry } from "../../../trace/drawing/calibration.ts";
import { letterAt } from "../../../trace/drawing/letter-at.ts";
import { readPalette } from "../../../trace/drawing/palette.ts";
import { drawStrip } from "../../../trace/frozen/draw-strip.ts";
import { type Edge, edgeNear, levelOf } from "../../../trace/frozen/callipers.ts";
import type { FrozenLead as ShownLead } from "../../../trace/frozen/frozen-signal.ts";
import {
  millivoltsOfY,
  positionOfX,
  spanOf,
  type Strip,
  stripOf,
  xOfPosition,
  yOfMillivolts,
} from "../../../trace/frozen/strip.ts";
import type { MonitoredBed } from "../../../ward/monitored-bed.ts";
import { edgeStyles, type MeasuredLead, renderEdges } from "./calliper-edges.ts";
import type { Freeze } from "./freeze.ts";

/** How near to an edge a hand takes it, CSS pixels. */
const REACH_PX = { mouse: 9, touch: 24 } as const;
/** A hand that moves by less presses, CSS pixels. */
const DRAGGED_PX = 3;
/** What a key moves an edge by: samples, and mV. */
const TIME_STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1 };
const LEVEL_STEP_MV = 0.01;
const SHIFT = 10;

/** What a hand holds: the strip, which it drags to what was before, or an edge of the callipers. */
type Grip =
  | { readonly kind: "strip"; readonly x: number; readonly to: number }
  | { readonly kind: "edge"; readonly edge: Edge; readonly asideX: number; readonly asideY: number };

/** One lead that stands still, over its live trace, and the callipers on it. */
export class FrozenLead extends LitElement {
  static override properties = {
    bed: { attribute: false },
    freeze: { attribute: false },
    lead: { type: Number },
    scale: { type: Number },
  };
  declare bed: MonitoredBed;
  declare freeze: Freeze;
  declare lead: number;
  /** Times CSS_PX_PER_MM. */
  declare scale: number;
  private readonly settings = consume(this, settingsContext);
  private readonly size = new Size(this);
  private grip: Grip | null = null;
  private hasDragged = false;
  private hadCallipers = false;
  private drawn: { readonly key: string; readonly lead: ShownLead } | null = null;

  constructor() {
    super();
    follow(this, () => this.freeze.changes);
    follow(this, () => this.settings.value.changes);
    follow(this, () => this.bed.changes);
    this.addEventListener("pointerdown", (event) => this.grab(event));
    this.addEventListener("pointermove", (event) => this.move(event));
    this.addEventListener("click", (event) => this.openBeat(event));
    this.addEventListener("pointerup", () => (this.grip = null));
    this.addEventListener("pointercancel", () => (this.grip = null));
  }

  /** How the lead is laid into its place; null before that has a size. */
  private get strip(): Strip | null {
    const { signal, to } = this.freeze;
    const { width, height } = this.size;
    if (!signal || width < 1 || height < 1) return null;
    const { speedMmPerS, gainMmPerMv, filter } = this.settings.value.values;
    const usual = sweepGeometry({ speedMmPerS, gainMmPerMv, scale: this.scale }, width, height, devicePixelRatio);
    return stripOf(usual, signal.rateHz, to, signal.lead(this.lead, filter).range);
  }

  protected override render() {
    const { freeze } = this;
    const { signal } = freeze;
    if (!signal) return nothing;
    const { measured } = this;
    this.toggleAttribute("measures", measured !== null);
    const at = timeOfDay(freeze.timeMsOf(signal.end));
    return html`<canvas
        role="img"
        aria-label=${msg(str`ECG, lead ${signal.leads[this.lead]}, frozen at ${at}`)}
      ></canvas>
      ${measured ? renderEdges(measured, (edge, event) => this.takeKey(edge, event)) : nothing}`;
  }

  private get measured(): MeasuredLead | null {
    const { strip, freeze, lead } = this;
    const { signal, callipers, marchesOut } = freeze;
    if (!strip || !signal || !callipers) return null;
    return { strip, callipers, lead, marchesOut, shown: signal.lead(lead, this.settings.value.values.filter) };
  }

  protected override updated(): void {
    const { strip, freeze } = this;
    const { signal } = freeze;
    const canvas = this.renderRoot.querySelector("canvas");
    const context = canvas?.getContext("2d");
    if (!canvas || !context || !strip || !signal) return;
    const { left, width, height } = strip.usual;
    freeze.fit(spanOf(strip.usual, signal.rateHz));
    this.focusFirst();
    const palette = { ...readPalette(this), trace: readPalette(this).bright };
    const lead = signal.lead(this.lead, this.settings.value.values.filter);
    const beats = signal.beats(this.bed.beats);
    const key = JSON.stringify([strip, palette, beats]);
    if (this.drawn?.key === key && this.drawn.lead === lead) return;
    this.drawn = { key, lead };
    if (canvas.width !== left + width || canvas.height !== height) {
      canvas.width = left + width;
      canvas.height = height;
    }
    drawStrip(context, strip, lead, beats, palette, conditionWords({ kind: "lead-off", lead: lead.name }));
  }

  /** Who lays callipers goes on by key. */
  private focusFirst(): void {
    const hasCallipers = this.measured !== null;
    if (hasCallipers && !this.hadCallipers && this.lead === 0) this.focusEdge({ kind: "time", which: 1 });
    this.hadCallipers = hasCallipers;
  }

  private focusEdge({ kind, which }: Edge): void {
    this.renderRoot.querySelector<SVGElement>(`[data-edge=${kind}-${which}]`)?.focus({ preventScroll: true });
  }

  /** A letter leads to why its beat has its class, but while something is measured: an edge begins where a letter is. */
  private openBeat(event: MouseEvent): void {
    const { strip, freeze, measured, hasDragged } = this;
    const { signal } = freeze;
    if (!strip || !signal || measured || hasDragged) return;
    const letters = signal
      .beats(this.bed.beats)
      .map(({ id, position }) => ({ id, x: xOfPosition(strip, position) }))
      .filter(({ x }) => x >= strip.geometry.left);
    const beat = letterAt(strip.geometry, letters, this.placeOf(event));
    if (beat) location.hash = beatHref(beat.id).slice(2);
  }

  private placeOf({ clientX, clientY }: MouseEvent): { readonly x: number; readonly y: number } {
    const { left, top } = this.getBoundingClientRect();
    return { x: (clientX - left) * devicePixelRatio, y: (clientY - top) * devicePixelRatio };
  }

  private grab(event: PointerEvent): void {
    const { strip, measured, freeze } = this;
    if (event.button !== 0 || !strip) return;
    this.setPointerCapture(event.pointerId);
    this.hasDragged = false;
    freeze.touch(performance.now());
    const { x, y } = this.placeOf(event);
    const reach = (event.pointerType === "mouse" ? REACH_PX.mouse : REACH_PX.touch) * devicePixelRatio;
    const edge = measured && edgeNear(measured.callipers, this.lead, strip, measured.shown.samples, { x, y }, reach);
    if (!measured || !edge) {
      this.grip = { kind: "strip", x, to: freeze.to };
      return;
    }
    // What it would do besides takes the focus away.
    event.preventDefault();
    this.focusEdge(edge);
    // It stays as far beside the hand as it was taken.
    const level = levelOf(measured.callipers, this.lead, edge.which, measured.shown.samples) ?? 0;
    const asideX = xOfPosition(strip, measured.callipers.times[edge.which]) - x;
    this.grip = { kind: "edge", edge, asideX, asideY: yOfMillivolts(strip, level) - y };
  }

  private move(event: PointerEvent): void {
    const { grip, strip, freeze } = this;
    if (!grip || !strip) return;
    const { x, y } = this.placeOf(event);
    freeze.touch(performance.now());
    if (grip.kind === "strip") {
      if (Math.abs(x - grip.x) > DRAGGED_PX * devicePixelRatio) this.hasDragged = true;
      freeze.scrollTo(grip.to - ((x - grip.x) / strip.geometry.pxPerSecond) * strip.rateHz);
      return;
    }
    const { edge, asideX, asideY } = grip;
    const within = Math.min(Math.max(x + asideX, strip.geometry.left), strip.geometry.left + strip.geometry.width);
    if (edge.kind === "time") freeze.moveTime(edge.which, positionOfX(strip, within));
    else freeze.moveLevel(this.lead, edge.which, millivoltsOfY(strip, y + asideY));
  }

  private takeKey({ kind, which }: Edge, event: KeyboardEvent): void {
    const { measured, freeze, lead } = this;
    if (!measured) return;
    freeze.touch(performance.now());
    const steps = (TIME_STEPS[event.key] ?? 0) * (event.shiftKey ? SHIFT : 1);
    const isRelease = kind === "level" && event.key === "Delete";
    if (steps === 0 && !isRelease) return;
    event.preventDefault();
    if (kind === "time") return freeze.moveTime(which, measured.callipers.times[which] + steps);
    const level = levelOf(measured.callipers, lead, which, measured.shown.samples) ?? 0;
    freeze.moveLevel(lead, which, isRelease ? null : level + steps * LEVEL_STEP_MV);
  }

  static override styles = [
    shared,
    edgeStyles,
    css`
      :host {
        position: absolute;
        inset: 0;
        overflow: hidden;
        contain: strict;
        background: var(--panel);
        outline: 3px solid var(--focus);
        outline-offset: -3px;
        cursor: grab;
        touch-action: pan-y;
        user-select: none;
      }
      :host(:active) {
        cursor: grabbing;
      }
      :host([measures]) {
        cursor: crosshair;
        touch-action: none;
      }
      canvas {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
      }
    `,
  ];
}

customElements.define("frozen-lead", FrozenLead);
