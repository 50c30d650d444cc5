import { msg, str } from "@lit/localize";
import { css, html, LitElement, nothing } from "lit";
import { consume, settingsContext } from "../../../context.ts";
import { follow } from "../../../controllers/follow.ts";
import { Size } from "../../../controllers/size.ts";
import { timeOfDay } from "../../../format.ts";
import { shared } from "../../../styles/shared.ts";
import { sweepGeometry } from "../../../trace/drawing/calibration.ts";
import { readPalette } from "../../../trace/drawing/palette.ts";
import { drawStrip } from "../../../trace/frozen/draw-strip.ts";
import { spanOf, type Strip, stripOf } from "../../../trace/frozen/strip.ts";
import type { MonitoredBed } from "../../../ward/monitored-bed.ts";
import type { Freeze } from "./freeze.ts";

/** One lead that stands still, over its live trace. It is dragged to what was before. */
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
  private drag: { readonly x: number; readonly to: number } | null = null;

  constructor() {
    super();
    follow(this, () => this.freeze.changes);
    follow(this, () => this.settings.value.changes);
    follow(this, () => this.bed.changes);
    this.addEventListener("pointerdown", (event) => this.grab(event));
    this.addEventListener("pointermove", (event) => this.move(event));
    this.addEventListener("pointerup", () => (this.drag = null));
    this.addEventListener("pointercancel", () => (this.drag = null));
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
    const at = timeOfDay(freeze.timeMsOf(signal.end));
    return html`<canvas
      role="img"
      aria-label=${msg(str`ECG, lead ${signal.leads[this.lead]}, frozen at ${at}`)}
    ></canvas>`;
  }

  protected override updated(): void {
    const { strip, freeze } = this;
    const { signal } = freeze;
    const canvas = this.renderRoot.querySelector("canvas");
    const context = canvas?.getContext("2d");
    if (!canvas || !context || !strip || !signal) return;
    const { left, width, height } = strip.usual;
    freeze.fit(spanOf(strip.usual, signal.rateHz));
    if (canvas.width !== left + width || canvas.height !== height) {
      canvas.width = left + width;
      canvas.height = height;
    }
    const palette = readPalette(this);
    const lead = signal.lead(this.lead, this.settings.value.values.filter);
    drawStrip(context, strip, lead, signal.beats(this.bed.beats), { ...palette, trace: palette.bright });
  }

  private grab(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.setPointerCapture(event.pointerId);
    this.drag = { x: event.clientX, to: this.freeze.to };
    this.freeze.touch(performance.now());
  }

  private move({ clientX }: PointerEvent): void {
    const { drag, strip } = this;
    if (!drag || !strip) return;
    const { pxPerSecond, ratio } = strip.geometry;
    this.freeze.scrollTo(drag.to - (((clientX - drag.x) * ratio) / pxPerSecond) * strip.rateHz);
    this.freeze.touch(performance.now());
  }

  static override styles = [
    shared,
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
