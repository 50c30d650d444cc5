import { msg, str } from "@lit/localize";
import { css, html, LitElement } from "lit";
import type { Beat } from "../../../contracts/beat.ts";
import { everySecond } from "../../controllers/every-second.ts";
import { follow } from "../../controllers/follow.ts";
import { bedHref } from "../../controllers/route.ts";
import { shared } from "../../styles/shared.ts";
import { alarmsOf, priorityOf } from "../../ward/alarm.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";
import "../parts/alarm-banner.ts";
import "../parts/beat-chip.ts";
import "../parts/ecg-trace.ts";
import "../parts/heart-rate.ts";
import "../parts/signal-quality.ts";
import { rhythmWords } from "../../words/readings.ts";

/** Beats that are looked back on. */
const LAST_BEATS = 20;

/** How the monitor answers to what a bed plays: trace, rate, rhythm, quality, the last beats' classes, open alarms. */
export class BedResponse extends LitElement {
  static override properties = { bed: { attribute: false } };
  declare bed: MonitoredBed;

  constructor() {
    super();
    follow(this, () => this.bed.changes);
    follow(this, () => everySecond);
  }

  protected override render() {
    const { bed } = this;
    const rate = bed.heartRate(performance.now());
    const rhythm = bed.rhythm(performance.now());
    const alarms = alarmsOf(bed);
    return html`
      <ecg-trace .bed=${bed} .lead=${bed.monitoredLead} .unmonitored=${bed.unmonitored}></ecg-trace>
      <aside>
        <heart-rate .rate=${rate} .priority=${priorityOf(rate, bed)}></heart-rate>
        <dl>
          <dt>${msg("Rhythm")}</dt>
          <dd data-testid="rhythm">${rhythm ? rhythmWords(rhythm) : "–"}</dd>
          <dt>${msg("Signal")}</dt>
          <dd><signal-quality .quality=${bed.signalQuality(performance.now())}></signal-quality></dd>
        </dl>
      </aside>
      <div class="alarms" data-testid="alarms">
        ${
          alarms.length > 0
            ? alarms.map((alarm) => html`<alarm-banner .alarm=${alarm}></alarm-banner>`)
            : html`<p class="dim">${msg("No alarm of this bed is open.")}</p>`
        }
      </div>
      <div class="beats">${this.renderBeats(bed.beats.slice(-LAST_BEATS))}</div>
      <p class="more"><a href=${bedHref(bed.bed)}>${msg(str`All of bed ${bed.bed}`)}</a></p>
    `;
  }

  private renderBeats(beats: readonly Beat[]) {
    if (beats.length === 0) return html`<p class="dim">${msg("No beats so far.")}</p>`;
    const rejected = beats.filter(({ beatClass }) => beatClass === "Q").length;
    return html`
      <p class="dim" data-testid="rejected">
        ${msg(str`${rejected} of the last ${beats.length} beats were not trusted to any class (Q).`)}
      </p>
      <ol aria-label=${msg("Classes of the last beats, the latest last")}>
        ${beats.map(({ beatClass }) => html`<li><beat-chip .beatClass=${beatClass}></beat-chip></li>`)}
      </ol>
    `;
  }

  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 12.5rem;
        margin-top: 0.75rem;
        background: var(--panel);
        border: 1px solid var(--line);
        border-radius: 10px;
        overflow: hidden;
      }
      ecg-trace {
        height: clamp(140px, 22vh, 240px);
      }
      aside {
        display: grid;
        align-content: space-between;
        padding: 0.5rem 0.75rem;
        --heart-rate-size: 3.5rem;
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0.25rem 0.75rem;
        font-size: 0.875rem;
      }
      dt,
      .dim {
        color: var(--ink-dim);
      }
      dd {
        text-align: right;
      }
      .alarms,
      .beats,
      .more {
        grid-column: 1 / -1;
        border-top: 1px solid var(--line);
        padding: 0.5rem 0.75rem;
        font-size: 0.875rem;
      }
      .alarms {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem;
        min-height: 3.25rem;
      }
      .beats {
        min-height: 4.5rem;
      }
      ol {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem;
        margin-top: 0.375rem;
      }
      @media (max-width: 700px) {
        :host {
          grid-template-columns: minmax(0, 1fr);
        }
        aside {
          display: flex;
          align-items: center;
          justify-content: space-between;
          gap: 1rem;
          border-top: 1px solid var(--line);
        }
      }
    `,
  ];
}

customElements.define("bed-response", BedResponse);
