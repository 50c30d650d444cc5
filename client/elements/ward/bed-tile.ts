import { msg, str } from "@lit/localize";
import { html, LitElement, type PropertyValues } from "lit";
import type { Priority } from "../../../contracts/condition.ts";
import { everySecond } from "../../controllers/every-second.ts";
import { bedHref } from "../../controllers/route.ts";
import { follow } from "../../controllers/follow.ts";
import { type Alarm, alarmsOf, priorityOf } from "../../ward/alarm.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";
import { pvcsOf } from "../../ward/pvc-rate.ts";
import { toneOf } from "../parts/alarm-tones.ts";
import { flashInPhase } from "../parts/flash.ts";
import { tileStyles } from "./bed-tile-styles.ts";
import "../parts/beat-chip.ts";
import "../parts/alarm-banner.ts";
import "../parts/ecg-trace.ts";
import type { TraceSheetElement } from "../parts/trace-sheet.ts";
import "../parts/heart-rate.ts";
import { qualityWord } from "../parts/signal-quality.ts";
import "../parts/sound-off.ts";
import { rhythmWords } from "../../words/readings.ts";

/** One bed in the ward: what is wrong, the trace, the heart rate. */
export class BedTile extends LitElement {
  static override properties = {
    bed: { attribute: false },
    priority: { type: String, reflect: true },
    category: { type: String, reflect: true },
    density: { type: String, reflect: true },
    sheet: { attribute: false },
  };
  declare bed: MonitoredBed;
  declare priority: Priority | null;
  declare category: Alarm["category"] | null;
  /** Compact: its name, what is wrong, the rate, a short trace. */
  declare density: "full" | "compact";
  /** Whose canvases its trace is drawn on; null: on its own. */
  declare sheet: TraceSheetElement | null;

  constructor() {
    super();
    this.priority = null;
    this.category = null;
    this.density = "full";
    this.sheet = null;
    follow(this, () => this.bed.changes);
    follow(this, () => everySecond);
  }

  protected override willUpdate(): void {
    const calling = alarmsOf(this.bed).find(({ isQuiet }) => !isQuiet);
    this.priority = calling?.priority ?? null;
    this.category = calling?.category ?? null;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("priority") && this.priority) flashInPhase(this.renderRoot as ShadowRoot);
  }

  protected override render() {
    const { bed } = this;
    const alarms = alarmsOf(bed);
    const urgent = alarms.at(0) ?? null;
    const rate = bed.heartRate(performance.now());
    const rhythm = bed.rhythm(performance.now());
    const pvcs = pvcsOf(bed, performance.now());
    const quality = bed.signalQuality(performance.now());
    return html`
      <article aria-labelledby="name">
        <header class=${urgent ? `alarm ${toneOf(urgent)}` : ""}>
          <h2 id="name"><a href="${bedHref(bed.bed)}" title=${msg(str`Open bed ${bed.bed}`)}>${bed.bed}</a></h2>
          ${bed.admission?.patient ? html`<p class="patient" data-testid="patient">${bed.admission.patient.name}</p>` : ""}
          <p class="source">
            ${rhythm ? html`<span class="rhythm">${rhythmWords(rhythm)}</span> · ` : ""}${bed.source}${bed.source ? html`<span> · ${bed.leads[bed.monitoredLead] ?? "–"}</span>` : ""}
          </p>
          ${urgent ? html`<alarm-banner short plain .alarm=${urgent} .more=${alarms.length - 1}></alarm-banner>` : ""}
        </header>
        ${bed.alarms?.pause || bed.alarms?.silence ? html`<sound-off .bed=${bed}></sound-off>` : ""}
        <ecg-trace
          .bed=${bed}
          .lead=${bed.monitoredLead}
          .unmonitored=${bed.unmonitored}
          .sheet=${this.sheet}
        ></ecg-trace>
        <aside class=${bed.staleForMs(performance.now()) === null ? "" : "stale"}>
          <heart-rate .rate=${rate} .priority=${priorityOf(rate, bed)}></heart-rate>
          <p
            class="pvcs"
            title=${pvcs === null ? msg("not known: needs a minute without a gap") : msg("ventricular beats of the last minute")}
          >
            ${msg("PVC")} <b data-testid="pvcs">${pvcs ?? "–"}</b>/min
          </p>
          <p class="last">
            <span class="trust" aria-hidden="true">${qualityWord(quality)}</span>
            <signal-quality .quality=${quality}></signal-quality>
            <span class="hidden-visually">${msg("Last beat")}</span>
            <beat-chip .beatClass=${bed.lastClass(performance.now())}></beat-chip>
          </p>
        </aside>
        <div class="flashes"></div>
      </article>
    `;
  }

  static override styles = tileStyles;
}

customElements.define("bed-tile", BedTile);
