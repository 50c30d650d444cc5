import { css, html, LitElement } from "lit";
import { consume, painterContext } from "../../context.ts";
import { onAnimationFrame } from "../../trace/drawing/animation.ts";
import type { TraceSheet } from "../../trace/painting/painter.ts";
import { shared } from "../../styles/shared.ts";

/** What is drawn on a sheet: `place` sees to it that it is drawn where it stands. */
interface SheetTrace extends HTMLElement {
  place(): void;
}

/**
 * What the traces of many tiles are drawn on: two canvases behind them all, which the browser puts together as one layer. Before each frame is painted
 * it looks where its traces stand, since a trace must not be seen through another bed's window.
 */
export class TraceSheetElement extends LitElement {
  private readonly painter = consume(this, painterContext);
  private readonly traces = new Map<SheetTrace, string>();
  private canvases = newCanvases();
  private sheet: TraceSheet | null = null;
  /** Width, height and device pixels: with another, what is drawn is stretched until it is drawn anew. */
  size = "";
  private stop = (): void => {};

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate();
    this.stop = onAnimationFrame(() => this.look());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop();
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.sheet?.close();
      this.sheet = null;
      this.size = "";
      this.canvases = newCanvases();
    });
  }

  /** From here on the trace is told where it stands. */
  add(trace: SheetTrace): TraceSheet {
    this.traces.set(trace, "");
    this.sheet ??= this.painter.value.openSheet(...this.canvases);
    return this.sheet;
  }

  release(trace: SheetTrace): void {
    this.traces.delete(trace);
  }

  /** Its upper left corner on the canvases, device pixels. */
  placeOf(trace: SheetTrace): { readonly x: number; readonly y: number } {
    return placeIn(this.getBoundingClientRect(), trace);
  }

  /** Sees to it that each trace is drawn where it stands. */
  look(): void {
    if (!this.sheet) return;
    const own = this.getBoundingClientRect();
    const size = `${own.width} ${own.height} ${devicePixelRatio}`;
    if (size !== this.size && own.width > 0) {
      this.size = size;
      this.sheet.setSize(Math.round(own.width * devicePixelRatio), Math.round(own.height * devicePixelRatio));
      for (const trace of this.traces.keys()) this.traces.set(trace, "");
    }
    for (const [trace, before] of this.traces) {
      const { x, y } = placeIn(own, trace);
      const place = `${x} ${y}`;
      if (place === before) continue;
      this.traces.set(trace, place);
      trace.place();
    }
  }

  protected override render() {
    return html`${this.canvases}`;
  }

  static override styles = [
    shared,
    css`
      :host {
        position: absolute;
        inset: 0;
        pointer-events: none;
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

/** What has been drawn on by a painter can't be by another. */
const newCanvases = () => [document.createElement("canvas"), document.createElement("canvas")] as const;

function placeIn(sheet: DOMRect, trace: SheetTrace): { readonly x: number; readonly y: number } {
  const { left, top } = trace.getBoundingClientRect();
  return { x: Math.round((left - sheet.left) * devicePixelRatio), y: Math.round((top - sheet.top) * devicePixelRatio) };
}

customElements.define("trace-sheet", TraceSheetElement);
