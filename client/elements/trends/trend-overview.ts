import { msg } from "@lit/localize";
import { css, html, LitElement, svg } from "lit";
import type { Trend } from "../../../contracts/history.ts";
import { dateAndTime } from "../../format.ts";
import { shared } from "../../styles/shared.ts";
import { brushedBy, ratePath, type Span, stretchWords, within } from "./overview.ts";

const WIDTH = 1000;
const HEIGHT = 40;
/** A stretch that is dragged over must be so wide to be meant. */
const LEAST_DRAG_PX = 8;

/**
 * The mean heart rate of a longer time, and in it what is looked at, as a brush: dragged it moves, a drag beside it is another stretch;
 * arrow keys move and scale it. Told of as `zoom` with `detail: Span`.
 */
export class TrendOverview extends LitElement {
  static override properties = {
    trend: { attribute: false },
    all: { attribute: false },
    shown: { attribute: false },
    isNow: { type: Boolean },
    drag: { state: true },
  };
  /** Null: not read yet. */
  declare trend: Trend | null;
  declare all: Span;
  declare shown: Span;
  /** It ends at this moment, and goes on. */
  declare isNow: boolean;
  /** What is being dragged, and where it began; null: nothing. */
  declare drag: { readonly atMs: number; readonly before: Span; readonly isMove: boolean; readonly to: Span } | null;

  constructor() {
    super();
    this.trend = null;
    this.isNow = false;
    this.drag = null;
  }

  protected override render() {
    const { all, trend } = this;
    const { fromMs, toMs } = this.drag?.to ?? this.shown;
    const place = (ms: number): number => ((ms - all.fromMs) / (all.toMs - all.fromMs)) * WIDTH;
    // What goes on with the time says so once: its ends change every few seconds, and are read out at each change.
    const words = stretchWords(this.isNow && !this.drag ? null : toMs, toMs - fromMs);
    return html`
      <div
        class="all"
        tabindex="0"
        role="slider"
        aria-label=${msg("Stretch that is shown: left and right move it, up and down make it shorter and longer")}
        aria-valuemin="0"
        aria-valuemax=${Math.round((all.toMs - all.fromMs) / 1000)}
        aria-valuenow=${Math.round(((fromMs + toMs) / 2 - all.fromMs) / 1000)}
        aria-valuetext=${words}
        @keydown=${this.onKey}
        @pointerdown=${this.onDown}
        @pointermove=${this.onMove}
        @pointerup=${this.onUp}
        @pointercancel=${() => (this.drag = null)}
      >
        <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
          ${svg`<rect data-testid="brush" x=${place(fromMs)} width=${Math.max(2, place(toMs) - place(fromMs))} height=${HEIGHT} />
          <path d=${trend ? ratePath(trend, all, WIDTH, HEIGHT) : ""} />`}
        </svg>
      </div>
      <p class="dim">
        <span>${dateAndTime(all.fromMs)}</span>
        <span>${trend?.points.length === 0 ? msg("no signal is kept of this time") : msg("mean heart rate")}</span>
        <span>${dateAndTime(all.toMs)}</span>
      </p>
    `;
  }

  private tell(detail: Span): void {
    this.dispatchEvent(new CustomEvent("zoom", { detail }));
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = brushedBy(event.key, this.shown, this.all);
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    this.tell(to);
  };

  /** Event time below the pointer, Unix ms. */
  private timeAt({ clientX, currentTarget }: PointerEvent): number {
    const { left, width } = (currentTarget as Element).getBoundingClientRect();
    const { fromMs, toMs } = this.all;
    return fromMs + Math.min(1, Math.max(0, (clientX - left) / width)) * (toMs - fromMs);
  }

  private readonly onDown = (event: PointerEvent): void => {
    const atMs = this.timeAt(event);
    const before = this.shown;
    // A new stretch is dragged beside the brush, or over all of it.
    const isMove =
      atMs >= before.fromMs && atMs <= before.toMs && before.toMs - before.fromMs < this.all.toMs - this.all.fromMs;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.drag = { atMs, before, isMove, to: before };
  };

  private readonly onMove = (event: PointerEvent): void => {
    const { drag, all } = this;
    if (!drag) return;
    const nowMs = this.timeAt(event);
    const { fromMs, toMs } = drag.before;
    const by = nowMs - drag.atMs;
    const to = drag.isMove
      ? within({ fromMs: fromMs + by, toMs: toMs + by }, all)
      : { fromMs: Math.min(nowMs, drag.atMs), toMs: Math.max(nowMs, drag.atMs) };
    this.drag = { ...drag, to };
  };

  private readonly onUp = (event: PointerEvent): void => {
    const { drag, all } = this;
    this.drag = null;
    if (!drag) return;
    const { width } = (event.currentTarget as Element).getBoundingClientRect();
    const draggedPx = (Math.abs(this.timeAt(event) - drag.atMs) / (all.toMs - all.fromMs)) * width;
    if (draggedPx >= LEAST_DRAG_PX) this.tell(drag.to);
  };

  static override styles = [
    shared,
    css`
      :host {
        display: block;
        margin: 0.5rem 0;
      }
      .all {
        cursor: crosshair;
        touch-action: none;
        background: var(--panel);
        border: 1px solid var(--line);
        border-radius: 6px;
      }
      svg {
        display: block;
        width: 100%;
        height: 3rem;
      }
      path {
        fill: none;
        stroke: var(--trace);
        stroke-width: 1.5px;
        stroke-linecap: round;
        vector-effect: non-scaling-stroke;
        pointer-events: none;
      }
      rect {
        fill: var(--focus);
        fill-opacity: 0.15;
        stroke: var(--focus);
        stroke-width: 2px;
        vector-effect: non-scaling-stroke;
        cursor: grab;
      }
      p {
        display: flex;
        justify-content: space-between;
        gap: 0.5rem;
        font-size: 0.8125rem;
        color: var(--ink-dim);
      }
    `,
  ];
}

customElements.define("trend-overview", TrendOverview);
