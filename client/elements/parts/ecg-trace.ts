import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import type { Unmonitored } from "../../../contracts/socket.ts";
import { consume, settingsContext } from "../../context.ts";
import { everySecond } from "../../controllers/every-second.ts";
import type { DisplayValues } from "../../controllers/settings.ts";
import { follow } from "../../controllers/follow.ts";
import { duration } from "../../format.ts";
import { shared } from "../../styles/shared.ts";
import { onAnimationFrame } from "../../trace/drawing/animation.ts";
import type { BedTrace } from "../../trace/samples/bed-trace.ts";
import { fittingScale, sweepGeometry } from "../../trace/drawing/calibration.ts";
import { readPalette } from "../../trace/drawing/palette.ts";
import { Sweep } from "../../trace/drawing/sweep.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";
import { type UnmonitoredWords, wordsFor } from "../../ward/unmonitored.ts";
import "./injected-signal.ts";

const silence = (ms: number): string => (ms < 100_000 ? `${Math.floor(ms / 1000)} s` : duration(ms));

/** One lead of a bed as a sweep on ECG paper. Samples go from the ring to the canvas; no reactive property sees them. */
export class EcgTrace extends LitElement {
  static override properties = {
    bed: { attribute: false },
    lead: { type: Number },
    scale: { type: Number },
    unmonitored: { attribute: false },
  };

  declare bed: MonitoredBed;
  declare lead: number;
  /** Times CSS_PX_PER_MM; null: as fits. */
  declare scale: number | null;
  /** Why nobody monitors the bed; null where somebody does. */
  declare unmonitored: Unmonitored | null;

  private readonly settings = consume(this, settingsContext);
  private sweep: Sweep | null = null;
  /** What the sweep was made for: another trace, setting or screen needs another sweep. */
  private drawn: BedTrace | null = null;
  private values: DisplayValues | null = null;
  private ratio = 0;
  private stop: (() => void) | null = null;
  private isInSight = true;
  private readonly resized = new ResizeObserver(() => this.discard());
  private readonly seen = new IntersectionObserver(([entry]) => {
    this.isInSight = entry.isIntersecting;
  });

  constructor() {
    super();
    this.lead = 0;
    this.scale = null;
    this.unmonitored = null;
    follow(this, () => everySecond);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.resized.observe(this);
    this.seen.observe(this);
    this.stop = onAnimationFrame((nowMs) => this.draw(nowMs));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
    this.seen.disconnect();
    this.stop?.();
    this.discard();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("bed") || changed.has("lead") || changed.has("scale")) this.discard();
  }

  protected override render() {
    const staleMs = this.bed.staleForMs(performance.now());
    const name = this.bed.leads[this.lead] ?? "";
    const words = this.unmonitored && wordsFor(this.unmonitored);
    const silent = staleMs === null ? "" : `, no data for ${Math.floor(staleMs / 1000)} seconds`;
    const off = this.bed.isLeadOff(name) ? ", off" : "";
    const state = `${words ? ", not monitored" : ""}${off}${silent}`;
    const { factor } = this.sweep ?? { factor: 1 };
    const scale = factor === 1 ? "" : `, at ${factor} of the gain chosen`;
    const isDim = staleMs !== null || words !== null;
    return html`
      <canvas class="paper"></canvas>
      <canvas class="sweep ${isDim ? "stale" : ""}" role="img" aria-label="ECG, lead ${name}${state}${scale}"></canvas>
      ${this.renderSign(staleMs, words)}
      <injected-signal .source=${this.bed.source}></injected-signal>
    `;
  }

  /** What stands across the trace. */
  private renderSign(staleMs: number | null, words: UnmonitoredWords | null) {
    const silent = staleMs === null ? nothing : html`<p class="no-data">NO DATA <span>${silence(staleMs)}</span></p>`;
    if (words) {
      const label = words.label.toUpperCase();
      return html`<div class="unmonitored">
        ${label === "NO DATA" ? silent : html`<p class="label">${label}</p>`}
        <p class="why">${words.short}</p>
      </div>`;
    }
    if (staleMs !== null) return silent;
    return this.bed.trace ? nothing : html`<p class="no-data waiting">Waiting for data</p>`;
  }

  private draw(nowMs: number): void {
    const { trace } = this.bed;
    if (!trace || !this.isInSight) return;
    const { values } = this.settings.value;
    if (trace !== this.drawn || values !== this.values || devicePixelRatio !== this.ratio) this.discard();
    this.sweep ??= this.begin(trace);
    this.sweep?.draw(trace.advance(nowMs));
  }

  /** Sizes both canvases, draws the paper and makes a sweep; null while there is no room. */
  private begin(trace: BedTrace): Sweep | null {
    const [paper, sweep] = [...this.renderRoot.querySelectorAll("canvas")].map((canvas) => canvas.getContext("2d"));
    const { clientWidth, clientHeight } = this;
    if (!paper || !sweep || clientWidth === 0 || clientHeight === 0) return null;
    this.values = this.settings.value.values;
    const calibration = { ...this.values, scale: this.scale ?? fittingScale(clientWidth, clientHeight) };
    this.ratio = devicePixelRatio;
    const geometry = sweepGeometry(calibration, clientWidth, clientHeight, this.ratio);
    for (const { canvas } of [paper, sweep]) {
      canvas.width = geometry.left + geometry.width;
      canvas.height = geometry.height;
    }
    this.drawn = trace;
    return new Sweep(paper, sweep, geometry, readPalette(this), trace, Math.min(this.lead, trace.leads.length - 1));
  }

  private discard(): void {
    this.sweep = null;
  }

  static override styles = [
    shared,
    css`
      :host {
        position: relative;
        overflow: hidden;
        min-height: 0;
        contain: strict;
        container-type: size;
      }
      canvas {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
      }
      injected-signal {
        position: absolute;
        right: 4px;
        bottom: 4px;
        max-width: calc(100% - 8px);
      }
      .stale {
        opacity: 0.28;
        filter: grayscale(1);
      }
      .no-data,
      .unmonitored {
        position: absolute;
        inset: 0;
        margin: auto;
        width: max-content;
        max-width: 94%;
        height: max-content;
        padding: 4px 12px;
        border-radius: 6px;
        background: color-mix(in srgb, var(--bg) 85%, transparent);
        border: 1px dashed var(--ink-dim);
        font-size: 18px;
        font-weight: 700;
        letter-spacing: 0.06em;
      }
      .no-data span {
        display: inline-block;
        min-width: 4ch;
        text-align: right;
        font-weight: 500;
      }
      /* To be read across a room. */
      .unmonitored {
        border: 2px solid var(--medium);
        font-size: clamp(17px, min(7.4cqw, 24cqh), 38px);
        line-height: 1.15;
        letter-spacing: 0.03em;
        text-align: center;
        color: var(--medium);
      }
      .unmonitored .no-data {
        position: static;
        max-width: none;
        padding: 0;
        white-space: nowrap;
        border: none;
        background: none;
        font-size: inherit;
      }
      .why {
        font-size: max(13px, 0.55em);
        font-weight: 500;
        letter-spacing: 0;
        color: var(--ink);
      }
      .waiting {
        border-color: transparent;
        font-size: 14px;
        font-weight: 500;
        letter-spacing: 0;
        color: var(--ink-dim);
      }
    `,
  ];
}

customElements.define("ecg-trace", EcgTrace);
