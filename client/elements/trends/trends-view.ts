import { msg, str } from "@lit/localize";
import { css, html, LitElement, type PropertyValues } from "lit";
import type { Trend } from "../../../contracts/history.ts";
import { consume, wardContext } from "../../context.ts";
import { fetchTrend } from "../../api.ts";
import { bedHref, disclosureHref } from "../../controllers/route.ts";
import { documentStyles } from "../../styles/document.ts";
import { shared } from "../../styles/shared.ts";
import { overviewOf, type Span, stretchWords } from "./overview.ts";
import { PANELS, SPANS, stepFor } from "./series.ts";
import "../parts/history-trouble.ts";
import "./trend-overview.ts";
import "./trend-panel.ts";

const FRESH_EVERY_MS = 10_000;
const SHORTEST_MS = 60_000;

/** `#/trends/<bed>`: how a bed has been, over a minute to seven days. */
export class TrendsView extends LitElement {
  static override properties = {
    bed: { type: String },
    spanMs: { state: true },
    endMs: { state: true },
    trend: { state: true },
    trouble: { state: true },
    said: { state: true },
  };
  declare bed: string;
  declare spanMs: number;
  /** Where what is shown ends, Unix ms; null: at this moment, and goes on. */
  declare endMs: number | null;
  declare trend: Trend | null;
  declare trouble: string | null;
  /** The stretch that a button has chosen, to who can't see it: buttons that are pressed and the overview say it themselves. */
  declare said: string;
  private readonly ward = consume(this, wardContext);
  private shown: Span = { fromMs: 0, toMs: 0 };
  private overview: Trend | null = null;
  private all: Span = { fromMs: 0, toMs: 1 };
  private asked = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.spanMs = SPANS[2].ms;
    this.endMs = null;
    this.trend = null;
    this.trouble = null;
    this.said = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = setInterval(() => {
      if (this.endMs === null) void this.ask();
    }, FRESH_EVERY_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  /** Now of the bed, Unix ms: a replay's event time may be another than the wall's. */
  private get nowMs(): number {
    const bed = this.ward.value.beds.get(this.bed);
    return bed?.trace ? bed.eventNowMs(performance.now()) : Date.now();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("bed") || changed.has("spanMs") || changed.has("endMs")) void this.ask();
  }

  private async ask(): Promise<void> {
    const serial = ++this.asked;
    const { bed, spanMs } = this;
    const toMs = this.endMs ?? this.nowMs;
    const fromMs = toMs - spanMs;
    const all = overviewOf({ fromMs, toMs }, Math.max(toMs, this.nowMs));
    const allMs = all.toMs - all.fromMs;
    const [overview, answer] = await Promise.all([
      fetchTrend(bed, all.fromMs, all.toMs, stepFor(allMs)),
      fetchTrend(bed, fromMs, toMs, stepFor(spanMs)),
    ]);
    // What was asked for later has come, or is about to.
    if (serial !== this.asked) return;
    this.trouble = typeof answer === "string" ? answer : null;
    if (typeof answer === "string") return;
    this.shown = { fromMs, toMs };
    this.all = all;
    this.overview = typeof overview === "string" ? null : overview;
    this.trend = answer;
  }

  protected override render() {
    const { trend, trouble } = this;
    const isEmpty = trend !== null && trend.points.length === 0;
    const nothing = isEmpty ? msg(str`Nothing is kept of ${this.bed} in this time: choose a longer one.`) : null;
    const words = trouble ?? nothing;
    return html`
      <h1>${msg(html`Trends of <a href=${bedHref(this.bed)}>${this.bed}</a>`)}</h1>
      <history-trouble></history-trouble>
      ${this.renderChoices()}
      <div role="status">${words === null ? "" : html`<p class="missing">${words}</p>`}</div>
      <p class="hidden-visually" role="status" data-testid="stretch">${this.said}</p>
      ${
        trend
          ? html`<trend-overview
              .trend=${this.overview}
              .all=${this.all}
              .shown=${this.shown}
              .isNow=${this.endMs === null}
              @zoom=${this.zoom}
            ></trend-overview>`
          : ""
      }
      <section>
        ${PANELS.map(
          (panel) =>
            html`<trend-panel
              .panel=${panel}
              .trend=${trend}
              .fromMs=${this.shown.fromMs}
              .toMs=${this.shown.toMs}
              @zoom=${this.zoom}
              @moment=${this.look}
            ></trend-panel>`,
        )}
      </section>
    `;
  }

  private renderChoices() {
    return html`<div class="choices" role="group" aria-label=${msg("Time")}>
      ${SPANS.map(
        ({ ms, words }) =>
          html`<button aria-pressed=${ms === this.spanMs} @click=${() => (this.spanMs = ms)}>${words()}</button>`,
      )}
      <button @click=${() => this.move(-0.5)} aria-label=${msg("Earlier")}>◀</button>
      <button @click=${() => this.move(0.5)} aria-label=${msg("Later")} ?disabled=${this.endMs === null}>▶</button>
      <button @click=${() => this.zoomOut()}>${msg("Zoom out")}</button>
      <button aria-pressed=${this.endMs === null} @click=${() => (this.endMs = null)}>${msg("Now")}</button>
      <span class="dim">${msg("Drag over a stretch to see it larger, click a time to see its signal.")}</span>
    </div>`;
  }

  private readonly zoom = ({ detail }: CustomEvent<Span>): void => {
    const spanMs = Math.max(SHORTEST_MS, detail.toMs - detail.fromMs);
    const endMs = (detail.fromMs + detail.toMs + spanMs) / 2;
    // At the end it goes on.
    this.endMs = endMs > this.nowMs - spanMs / 100 ? null : endMs;
    this.spanMs = spanMs;
  };

  private readonly look = ({ detail }: CustomEvent<number>): void => {
    location.assign(disclosureHref(this.bed, detail));
  };

  private move(spans: number): void {
    const endMs = (this.endMs ?? this.nowMs) + spans * this.spanMs;
    this.endMs = endMs >= this.nowMs ? null : endMs;
    this.say();
  }

  private zoomOut(): void {
    const spanMs = Math.min(SPANS[SPANS.length - 1].ms, this.spanMs * 3);
    if (this.endMs !== null) this.endMs = Math.min(this.nowMs, this.endMs + (spanMs - this.spanMs) / 2);
    this.spanMs = spanMs;
    this.say();
  }

  private say(): void {
    this.said = stretchWords(this.endMs, this.spanMs);
  }

  static override styles = [
    shared,
    documentStyles,
    css`
      .choices {
        align-items: center;
        margin: 8px 0;
      }
    `,
  ];
}

customElements.define("trends-view", TrendsView);
