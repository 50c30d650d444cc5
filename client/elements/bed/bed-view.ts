import { msg, str } from "@lit/localize";
import { html, LitElement, nothing, type PropertyValues } from "lit";
import { fetchBeats, fetchBed } from "../../api.ts";
import { consume, settingsContext, wardContext } from "../../context.ts";
import { everySecond } from "../../controllers/every-second.ts";
import { trendsHref, WARD_HREF } from "../../controllers/route.ts";
import { follow } from "../../controllers/follow.ts";
import { whileConnected } from "../../controllers/while-connected.ts";
import { onKey } from "../../controllers/keys.ts";
import { CSS_PX_PER_MM } from "../../trace/drawing/calibration.ts";
import { alarmsOf, priorityOf } from "../../ward/alarm.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";
import { Freeze } from "./freeze/freeze.ts";
import { filterWords } from "../../words/display-filter.ts";
import { bedStyles } from "./bed-view-styles.ts";
import "../parts/beat-chip.ts";
import "../parts/alarm-banner.ts";
import "../parts/ecg-trace.ts";
import "../parts/heart-rate.ts";
import "../parts/signal-quality.ts";
import "../parts/sound-off.ts";
import "./alarm-actions.ts";
import "./beat-table.ts";
import "./class-mix.ts";
import "./bed-admission.ts";
import "./bed-unmonitored.ts";
import "./condition-log.ts";
import "./heart-rate-trend.ts";
import "./median-beat.ts";
import "./poincare-plot.ts";
import "./rr-tachogram.ts";
import "./freeze/frozen-lead.ts";
import "./freeze/frozen-sign.ts";
import "./trace-filter.ts";
import "./freeze/trace-tools.ts";
import { rhythmWords } from "../../words/readings.ts";

/** Traces of one bed are drawn larger than in the ward. */
const SCALE = 1.5;
const HISTORY_BEATS = 600;
/** What a key scrolls frozen traces by, seconds. */
const SCROLLED_BY_S: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, Home: -1e6, End: 1e6 };
const SHIFT = 5;

/** One bed: every lead, its heart rate over the last minutes, its last beats and conditions. */
export class BedView extends LitElement {
  static override properties = { name: { attribute: false } };
  declare name: string;
  private readonly ward = consume(this, wardContext);
  private readonly settings = consume(this, settingsContext);
  private readonly freeze = new Freeze();

  constructor() {
    super();
    follow(this, () => this.ward.value.changes.beds);
    follow(this, () => this.bed?.changes ?? null);
    whileConnected(
      this,
      () => this.bed ?? null,
      (bed) => bed.keepMany(),
    );
    follow(this, () => this.settings.value.changes);
    follow(this, () => everySecond);
    follow(this, () => this.freeze.changes);
    onKey(this, (event) => this.takeFirst(event), true);
    onKey(this, (event) => this.take(event));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.freeze.end();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.freeze.tick(performance.now());
    if (!changed.has("name")) return;
    this.freeze.end();
    void this.loadHistory(this.name);
  }

  /** F and Escape mean something else on other pages; what has the focus has no use for these. */
  private takeFirst(event: KeyboardEvent): void {
    const { bed, freeze } = this;
    const isF = event.key.toLowerCase() === "f" && this.settings.value.values.letterKeys;
    const isC = event.key.toLowerCase() === "c" && this.settings.value.values.letterKeys;
    if (isF && bed) freeze.toggle(bed, performance.now());
    else if (isC && bed) freeze.toggleCallipers(bed, performance.now());
    else if (event.key === "Escape" && (freeze.signal || freeze.isWaiting)) freeze.end();
    else return;
    event.preventDefault();
  }

  private take(event: KeyboardEvent): void {
    const { freeze } = this;
    if (!freeze.signal) return;
    freeze.touch(performance.now());
    const by = SCROLLED_BY_S[event.key];
    if (by === undefined) return;
    event.preventDefault();
    freeze.scrollBySeconds(event.shiftKey ? by * SHIFT : by);
  }

  private get bed(): MonitoredBed | undefined {
    return this.ward.value.beds.get(this.name);
  }

  protected override render() {
    const { bed } = this;
    const back = html`<a class="back" href="${WARD_HREF}">‹ ${msg("All beds")}</a>`;
    if (!bed) {
      return html`<header>
          ${back}
          <h1>${this.name}</h1>
        </header>
        <p class="unknown">${msg(str`No data of bed ${this.name} so far.`)}</p>`;
    }
    const open = alarmsOf(bed);
    return html`
      <header>
        ${back}
        <h1>${bed.bed}</h1>
        <p class="patient">${bed.admission?.patient?.name ?? msg("No patient")}</p>
        <p class="source">${bed.source}${bed.trace ? html` · ${bed.trace.rateHz} Hz` : ""}</p>
        <a class="back" href=${trendsHref(bed.bed)}>${msg("Trends")}</a>
      </header>
      <div class="open">
        ${open.map((alarm) => html`<alarm-banner .alarm=${alarm}></alarm-banner>`)}
        ${open.length === 0 ? html`<p class="calm">${msg("No alarm of this bed is open.")}</p>` : nothing}
      </div>
      <sound-off .bed=${bed}></sound-off>
      <alarm-actions .bed=${bed}></alarm-actions>
      ${bed.unmonitored ? html`<bed-unmonitored .unmonitored=${bed.unmonitored}></bed-unmonitored>` : ""}
      <div class="now">${this.renderTraces(bed)}${this.renderNumbers(bed)}</div>
      <bed-admission .bed=${bed}></bed-admission>
      <div class="panels">
        <heart-rate-trend .bed=${bed}></heart-rate-trend>
        <rr-tachogram .bed=${bed}></rr-tachogram>
        <median-beat .bed=${bed}></median-beat>
        <poincare-plot .bed=${bed}></poincare-plot>
        <class-mix .bed=${bed}></class-mix>
        <beat-table .bed=${bed}></beat-table>
        <condition-log .bed=${bed}></condition-log>
      </div>
    `;
  }

  private renderTraces(bed: MonitoredBed) {
    const { speedMmPerS, gainMmPerMv, filter } = this.settings.value.values;
    const isFrozen = this.freeze.signal !== null;
    return html`<div class="traces">
      <trace-tools .bed=${bed} .freeze=${this.freeze}></trace-tools>
      ${bed.leads.map(
        (lead, index) =>
          html`<figure class=${isFrozen ? "frozen" : ""}>
            <figcaption>
              <b>${lead}</b>
              ${isFrozen ? html`<frozen-sign data-testid="frozen" .freeze=${this.freeze}></frozen-sign>` : nothing}
              <span class="scale"
                >${filterWords(filter, bed.trace?.rateHz)}, ${speedMmPerS} mm/s, ${gainMmPerMv} mm/mV
                <span class="px">${(CSS_PX_PER_MM * SCALE).toFixed(2)} px/mm</span></span
              >
            </figcaption>
            <div class="lead">
              <ecg-trace
                .bed=${bed}
                .lead=${index}
                .scale=${SCALE}
                .filter=${filter}
                .isOpen=${true}
                .unmonitored=${bed.unmonitored}
                aria-hidden=${isFrozen ? "true" : nothing}
              ></ecg-trace>
              ${
                isFrozen
                  ? html`<frozen-lead .bed=${bed} .freeze=${this.freeze} .lead=${index} .scale=${SCALE}></frozen-lead>`
                  : nothing
              }
            </div>
          </figure>`,
      )}
      <trace-filter .bed=${bed}></trace-filter>
    </div>`;
  }

  private renderNumbers(bed: MonitoredBed) {
    const rate = bed.heartRate(performance.now());
    const rhythm = bed.rhythm(performance.now());
    return html`<aside>
      <heart-rate .rate=${rate} .priority=${priorityOf(rate, bed)}></heart-rate>
      <dl>
        <dt>${msg("Rhythm")}</dt>
        <dd class="rhythm">${rhythm ? rhythmWords(rhythm) : "–"}</dd>
        <dt>${msg("Last beat")}</dt>
        <dd><beat-chip .beatClass=${bed.lastClass(performance.now())}></beat-chip></dd>
        <dt>${msg("Signal")}</dt>
        <dd><signal-quality .quality=${bed.signalQuality(performance.now())}></signal-quality></dd>
      </dl>
    </aside>`;
  }

  private async loadHistory(name: string): Promise<void> {
    const [detail, list] = await Promise.all([fetchBed(name), fetchBeats(name, HISTORY_BEATS)]);
    if (detail && list) this.ward.value.addHistory(name, list.beats, detail.conditions);
  }

  static override styles = bedStyles;
}

customElements.define("bed-view", BedView);
