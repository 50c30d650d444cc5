import { msg, str } from "@lit/localize";
import { css, html, LitElement, type PropertyValues, unsafeCSS } from "lit";
import uPlot from "uplot";
import uplotStyles from "uplot/dist/uPlot.min.css?inline";
import type { Trend } from "../../../contracts/history.ts";
import { Size } from "../../controllers/size.ts";
import { dayOfMonth, timeOfDay } from "../../format.ts";
import { shared } from "../../styles/shared.ts";
import { columnsOf, type PanelOf } from "./series.ts";

const HEIGHT_PX = 136;
/** A stretch that is dragged over must be so wide to be meant. */
const LEAST_DRAG_PX = 8;

const DAY_S = 86_400;

/** Times of an axis as short as they can be told apart: hours and minutes, with seconds or the day where those differ. */
function timeLabel(times: readonly number[]): (seconds: number) => string {
  const [first, second = first] = times;
  if (second - first >= DAY_S) return (seconds) => dayOfMonth(seconds * 1000);
  return (seconds) => timeOfDay(seconds * 1000).slice(0, second - first < 60 ? 8 : 5);
}

/** One panel of a bed's trends. Told of as `zoom` with `detail: { fromMs, toMs }` when a stretch is dragged over, as `moment` with `detail: ms` when a time is clicked. */
export class TrendPanel extends LitElement {
  static override properties = {
    panel: { attribute: false },
    trend: { attribute: false },
    fromMs: { type: Number },
    toMs: { type: Number },
  };
  declare panel: PanelOf;
  declare trend: Trend | null;
  declare fromMs: number;
  declare toMs: number;
  private readonly size = new Size(this);
  private plot: uPlot | null = null;
  /** Of the theme that the plot was drawn in. */
  private ink = "";

  protected override render() {
    const { title, unit } = this.panel;
    return html`<h2>${title()}${unit() ? html`<span>, ${unit()}</span>` : ""}</h2>
      <div class="plot" role="img" aria-label=${this.summary}></div>`;
  }

  /** The last values, for who can't see the lines. */
  private get summary(): string {
    const { panel, trend } = this;
    const last = trend?.points.at(-1);
    if (!trend || !last) return msg(str`${panel.title()}: nothing is kept of this time`);
    const values = panel.lines.map(
      ({ name, of }) => `${name()} ${of(last, trend.stepMs)?.toFixed(0) ?? msg("not known")}`,
    );
    return msg(str`${panel.title()}, last: ${values.join(", ")}`);
  }

  protected override updated(changed: PropertyValues<this>): void {
    const ink = getComputedStyle(this).getPropertyValue("--ink-dim");
    if (changed.has("panel") || ink !== this.ink) this.drop();
    this.ink = ink;
    if (!this.trend || this.size.width < 1) return;
    const data = columnsOf(this.panel, this.trend, this.fromMs, this.toMs);
    this.plot ??= this.open(data);
    this.plot.setSize({ width: this.size.width, height: HEIGHT_PX });
    this.plot.setData(data, false);
    this.plot.batch(() => {
      this.plot?.setScale("x", { min: this.fromMs / 1000, max: this.toMs / 1000 });
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.drop();
  }

  private drop(): void {
    this.plot?.destroy();
    this.plot = null;
  }

  private open(data: uPlot.AlignedData): uPlot {
    const colour = (name: string): string => getComputedStyle(this).getPropertyValue(name).trim();
    const axis = {
      stroke: colour("--ink-dim"),
      grid: { stroke: colour("--chart-rule"), width: 1 },
      ticks: { show: false },
    };
    const time = { ...axis, size: 28, values: (_: uPlot, times: number[]) => times.map(timeLabel(times)) };
    const [low, high] = this.panel.shows;
    const bars = uPlot.paths.bars?.({ size: [0.8, 40] });
    const options: uPlot.Options = {
      width: this.size.width,
      height: HEIGHT_PX,
      scales: {
        x: { time: true },
        y: { range: (_, min, max) => [Math.min(low, min ?? low), Math.max(high, max ?? high)] },
      },
      axes: [time, { ...axis, size: 44 }],
      cursor: { sync: { key: "trends" }, drag: { x: true, y: false, setScale: false }, points: { size: 6 } },
      legend: { live: true },
      series: [
        { label: msg("Time"), value: (_, seconds) => (seconds === null ? "–" : timeOfDay(seconds * 1000)) },
        ...this.panel.lines.map(({ name, colour: variable, kind, width = 1 }) => ({
          label: name(),
          stroke: colour(variable),
          width,
          value: (_: uPlot, value: number | null) => (value === null ? "–" : value.toFixed(0)),
          ...(kind === "bars" && bars && { fill: colour(variable), paths: bars, points: { show: false } }),
        })),
      ],
      hooks: {
        setSelect: [(plot) => this.select(plot)],
        ready: [(plot) => plot.over.addEventListener("click", () => this.tellMoment(plot))],
      },
    };
    const place = this.renderRoot.querySelector<HTMLElement>(".plot");
    return new uPlot(options, data, place ?? undefined);
  }

  private select(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width < LEAST_DRAG_PX) return;
    const detail = { fromMs: plot.posToVal(left, "x") * 1000, toMs: plot.posToVal(left + width, "x") * 1000 };
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.dispatchEvent(new CustomEvent("zoom", { detail }));
  }

  private tellMoment(plot: uPlot): void {
    const { left } = plot.cursor;
    if (left === undefined || left < 0) return;
    this.dispatchEvent(new CustomEvent("moment", { detail: plot.posToVal(left, "x") * 1000 }));
  }

  static override styles = [
    shared,
    unsafeCSS(uplotStyles),
    css`
      :host {
        min-width: 0;
      }
      h2 {
        font-size: 0.875rem;
        font-weight: 600;
        margin: 0;
      }
      h2 span {
        color: var(--ink-dim);
        font-weight: 400;
      }
      .plot {
        min-height: 160px;
        min-width: 0;
      }
      .u-legend {
        text-align: left;
        margin-left: 40px;
        font-size: 0.8125rem;
      }
      .u-legend th,
      .u-legend td {
        padding: 0 4px 0 0;
      }
      .u-select {
        background: var(--hatch);
      }
    `,
  ];
}

customElements.define("trend-panel", TrendPanel);
