import { html, LitElement } from "lit";
import type { Priority } from "../../../contracts/condition.ts";
import { rhythmWords } from "../../../contracts/rhythm.ts";
import { everySecond } from "../../controllers/every-second.ts";
import { bedHref } from "../../controllers/route.ts";
import { follow } from "../../controllers/follow.ts";
import { alarmsOf, priorityOf } from "../../ward/alarm.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";
import { tileStyles } from "./bed-tile-styles.ts";
import "../parts/beat-chip.ts";
import "../parts/alarm-banner.ts";
import "../parts/ecg-trace.ts";
import "../parts/heart-rate.ts";
import "../parts/signal-quality.ts";
import "../parts/sound-off.ts";

/** One bed in the ward: what is wrong, the trace, the heart rate. */
export class BedTile extends LitElement {
  static override properties = {
    bed: { attribute: false },
    priority: { type: String, reflect: true },
  };
  declare bed: MonitoredBed;
  declare priority: Priority | null;

  constructor() {
    super();
    this.priority = null;
    follow(this, () => this.bed.changes);
    follow(this, () => everySecond);
  }

  protected override willUpdate(): void {
    this.priority = alarmsOf(this.bed).find(({ isQuiet }) => !isQuiet)?.priority ?? null;
  }

  protected override render() {
    const { bed } = this;
    const alarms = alarmsOf(bed);
    const urgent = alarms.at(0) ?? null;
    const rate = bed.heartRate(performance.now());
    const rhythm = bed.rhythm(performance.now());
    return html`
      <article aria-labelledby="name">
        <header>
          <h2 id="name"><a href="${bedHref(bed.bed)}" title="Open bed ${bed.bed}">${bed.bed}</a></h2>
          <p class="source">
            ${bed.admission?.patient ? html`<b data-testid="patient">${bed.admission.patient.name}</b> · ` : ""}${rhythm ? html`<span class="rhythm">${rhythmWords(rhythm)}</span> · ` : ""}${bed.source}${bed.source ? html`<span> · ${bed.leads[bed.monitoredLead] ?? "–"}</span>` : ""}
          </p>
          ${urgent ? html`<alarm-banner .alarm=${urgent} .more=${alarms.length - 1}></alarm-banner>` : ""}
        </header>
        ${bed.alarms?.pause || bed.alarms?.silence ? html`<sound-off .bed=${bed}></sound-off>` : ""}
        <ecg-trace .bed=${bed} .lead=${bed.monitoredLead} .unmonitored=${bed.unmonitored}></ecg-trace>
        <aside class=${bed.staleForMs(performance.now()) === null ? "" : "stale"}>
          <heart-rate .rate=${rate} .priority=${priorityOf(rate, bed)}></heart-rate>
          <p class="last">
            <signal-quality .quality=${bed.signalQuality}></signal-quality>
            <span class="hidden-visually">Last beat</span>
            <beat-chip .beatClass=${bed.lastClass}></beat-chip>
          </p>
        </aside>
      </article>
    `;
  }

  static override styles = tileStyles;
}

customElements.define("bed-tile", BedTile);
