import { msg, str } from "@lit/localize";
import { css, html, LitElement, type PropertyValues } from "lit";
import type { Beat } from "../../../contracts/beat.ts";
import { isHeardAs } from "../../../contracts/epoch.ts";
import { decodeFrame } from "../../../contracts/frame.ts";
import { splitFrames } from "../../../contracts/frame-stream.ts";
import { consume, wardContext } from "../../context.ts";
import type { ConditionRange } from "../../../contracts/history.ts";
import { fetchBeatsOf, fetchConditionsOf, fetchSignal } from "../../api.ts";
import { beatHref, bedHref, disclosureHref, trendsHref } from "../../controllers/route.ts";
import { Size } from "../../controllers/size.ts";
import { timeOfDay } from "../../format.ts";
import { documentStyles } from "../../styles/document.ts";
import { shared } from "../../styles/shared.ts";
import { readPalette } from "../../trace/drawing/palette.ts";
import "../parts/history-trouble.ts";
import "../parts/beat-chip.ts";
import { drawRows, placeOf, ROW_PX, timeAt } from "./draw-rows.ts";
import { MINUTE_MS, MinuteRows, ROWS } from "./minute-rows.ts";
import { newestHourOf } from "./newest-signal.ts";

const HOUR_MS = ROWS * MINUTE_MS;
/** Beats so near to a time that was chosen are listed. */
const NEAR_MS = 4000;

/** `#/disclosure/<bed>` or `…/<bed>@<Unix ms>`: an hour of a bed's signal on a page, a minute a line; a click goes to the beats. */
export class DisclosureView extends LitElement {
  static override properties = {
    subject: { type: String },
    beats: { state: true },
    moment: { state: true },
    told: { state: true },
    said: { state: true },
  };
  /** Bed, and a time within the hour that is shown; without one the newest of which signal is kept. */
  declare subject: string;
  declare beats: readonly Beat[];
  /** The time that was chosen, Unix ms. */
  declare moment: number | null;
  /** What is being done, or why nothing is shown. */
  declare told: string | null;
  /** Of the time that was chosen, to who can't see it. */
  declare said: string;
  private readonly ward = consume(this, wardContext);
  private readonly size = new Size(this);
  private rows = new MinuteRows(0);

  constructor() {
    super();
    this.beats = [];
    this.moment = null;
    this.told = null;
    this.said = "";
  }

  private get bed(): string {
    return this.subject.split("@")[0];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("subject")) void this.load();
  }

  private async load(): Promise<void> {
    const { subject, bed } = this;
    const asked = Number(subject.split("@")[1] ?? Number.NaN);
    const isAsked = Number.isFinite(asked);
    const live = this.ward.value.beds.get(bed);
    const nowMs = live?.trace ? live.eventNowMs(performance.now()) : null;
    this.begin(hourOf(isAsked ? asked : (nowMs ?? Date.now())));
    this.moment = isAsked && asked !== this.rows.beginMs ? asked : null;
    if (!isAsked) {
      const { rows } = this;
      const newest = await newestHourOf(bed, nowMs);
      if (this.rows !== rows) return;
      if (newest !== null) this.begin(newest);
    }
    const { rows } = this;
    const to = rows.beginMs + HOUR_MS;
    const [signal, beats, open] = await Promise.all([
      fetchSignal(bed, rows.beginMs, to),
      fetchBeatsOf(bed, rows.beginMs, to),
      fetchConditionsOf(bed, rows.beginMs, to),
    ]);
    if (this.rows !== rows) return;
    if (typeof signal === "string") {
      this.told = signal;
      return;
    }
    for (const bytes of splitFrames(signal)) rows.add(decodeFrame(bytes));
    rows.off = typeof open === "string" ? [] : offIn(open, rows);
    const found = typeof beats === "string" ? [] : beats.beats;
    this.beats = found.filter(({ timeMs, epoch }) => isHeardAs(rows.epochAt(timeMs) ?? epoch, epoch));
    this.told = rows.extent === null ? msg(str`No signal of ${bed} is kept of this hour.`) : null;
    await this.updateComplete;
    this.bringIntoSight(isAsked ? this.moment : (rows.extent?.toMs ?? null));
  }

  private begin(hourMs: number): void {
    this.rows = new MinuteRows(hourMs);
    this.beats = [];
    this.told = msg("Reading the hour …");
  }

  protected override render() {
    const { bed, rows } = this;
    const href = (hours: number): string => disclosureHref(bed, rows.beginMs + hours * HOUR_MS);
    const [from, to] = [rows.beginMs, rows.beginMs + HOUR_MS].map((ms) => timeOfDay(ms).slice(0, 5));
    return html`
      <h1>${msg(html`Full disclosure of <a href=${bedHref(bed)}>${bed}</a>, ${from} to ${to}`)}</h1>
      <history-trouble></history-trouble>
      <p class="choices">
        <a class="button" href=${href(-1)}>◀ ${msg("Hour before")}</a
        ><a class="button" href=${href(1)}>${msg("Hour after")} ▶</a>
        <a class="button" href=${trendsHref(bed)}>${msg("Trends")}</a>
        <span class="dim"
          >${msg(str`Lead ${rows.lead || "–"}, a minute a line. Click to see the beats of a time.`)}${rows.off.length > 0 ? ` ${msg("Hatched: the lead was off.")}` : ""}</span
        >
      </p>
      <div role="status" data-testid="told">${this.renderTold()}</div>
      ${rows.hasOverlap ? html`<p class="dim" data-testid="overlap">${msg("Recordings of this hour overlap in time, as a fast replay's do: the one that began last is shown alone.")}</p>` : ""}
      <canvas
        tabindex="0"
        role="img"
        aria-label=${msg("An hour of signal, a minute a line; arrow keys choose a time")}
        @click=${this.choose}
        @keydown=${this.walk}
      ></canvas>
      ${this.renderBeats()}
      <p class="hidden-visually" role="status" data-testid="moment">${this.said}</p>
    `;
  }

  /** What is being done, why nothing is shown, or of what time something is. */
  private renderTold() {
    const { told, rows } = this;
    if (told !== null) return html`<p class="missing">${told}</p>`;
    if (rows.extent === null) return "";
    const [from, to] = [rows.extent.fromMs, rows.extent.toMs].map((ms) => timeOfDay(ms));
    return html`<p class="dim">${msg(str`Signal from ${from} to ${to}`)}</p>`;
  }

  private renderBeats() {
    const { moment } = this;
    if (moment === null) return "";
    const near = this.beatsNear(moment);
    return html`<section aria-labelledby="near">
      <h2 id="near">${msg(str`Beats around ${timeOfDay(moment)}`)}</h2>
      ${
        near.length === 0
          ? html`<p class="missing">${msg("No beat was found here.")}</p>`
          : html`<p class="beats">
              ${near.map(
                ({ id, timeMs, beatClass }) =>
                  html`<a href=${beatHref(id)}
                    ><beat-chip .beatClass=${beatClass}></beat-chip> ${timeOfDay(timeMs)}</a
                  >`,
              )}
            </p>`
      }
    </section>`;
  }

  protected override updated(): void {
    const canvas = this.renderRoot.querySelector("canvas");
    const context = canvas?.getContext("2d");
    if (!canvas || !context || this.size.width < 1) return;
    const width = Math.floor(canvas.clientWidth);
    canvas.width = width * devicePixelRatio;
    canvas.height = ROWS * ROW_PX * devicePixelRatio;
    context.scale(devicePixelRatio, devicePixelRatio);
    const { rows, beats, moment } = this;
    drawRows(context, { rows, beats, width, palette: readPalette(this), moment, timeOfDay });
  }

  private beatsNear(moment: number): Beat[] {
    return this.beats.filter(({ timeMs }) => Math.abs(timeMs - moment) <= NEAR_MS);
  }

  /** Scrolls to the minute of that time. */
  private bringIntoSight(moment: number | null): void {
    const { rows } = this;
    const canvas = this.renderRoot.querySelector("canvas");
    const place = moment === null ? null : placeOf(rows, this.size.width, moment);
    const main = this.closest("main") ?? (this.getRootNode() as ShadowRoot).querySelector("main");
    if (!canvas || !place || !main) return;
    const at = canvas.getBoundingClientRect().top + place.row * ROW_PX;
    main.scrollBy({ top: at - main.getBoundingClientRect().top - main.clientHeight / 3 });
  }

  private readonly choose = ({ offsetX, offsetY, target }: MouseEvent): void => {
    if (target instanceof HTMLCanvasElement) this.look(timeAt(this.rows, target.clientWidth, offsetX, offsetY));
  };

  /** Left and right by a second, up and down by a minute. */
  private readonly walk = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1000,
      ArrowRight: 1000,
      ArrowUp: -MINUTE_MS,
      ArrowDown: MINUTE_MS,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const to = (this.moment ?? this.rows.beginMs) + step;
    if (placeOf(this.rows, this.size.width, to)) this.look(to);
  };

  /** Shows what is there, and says of it to who can't see it what was not there at the time before. */
  private look(moment: number | null): void {
    const known = new Set(this.moment === null ? [] : this.beatsNear(this.moment));
    this.moment = moment;
    const near = moment === null ? [] : this.beatsNear(moment);
    const found = near.filter((beat) => !known.has(beat)).map(({ beatClass }) => beatClass);
    const words = near.length === 0 ? [msg("No beat was found here.")] : found;
    this.said = moment === null ? "" : [timeOfDay(moment), ...words].join(" ");
  }

  static override styles = [
    shared,
    documentStyles,
    css`
      :host {
        max-width: none;
      }
      .choices {
        max-width: none;
        align-items: center;
        margin: 8px 0;
      }
      .button {
        text-decoration: none;
      }
      canvas {
        width: 100%;
        height: ${ROWS * ROW_PX}px;
        background: var(--panel);
        cursor: crosshair;
      }
      section {
        position: sticky;
        bottom: 0;
      }
      .beats {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 16px;
        max-width: none;
      }
    `,
  ];
}

/** A condition that nobody heard end goes on. */
const offIn = ({ conditions }: ConditionRange, { lead }: MinuteRows): MinuteRows["off"] =>
  conditions
    .filter(({ condition }) => condition.kind === "lead-off" && condition.lead === lead)
    .map(({ condition, endTimeMs }) => ({
      fromMs: condition.beginTimeMs,
      toMs: endTimeMs ?? Number.POSITIVE_INFINITY,
    }));

const hourOf = (ms: number): number => Math.floor(ms / HOUR_MS) * HOUR_MS;

customElements.define("disclosure-view", DisclosureView);
