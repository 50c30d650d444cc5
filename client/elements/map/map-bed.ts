import { msg, str } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { bedHref } from "../../controllers/route.ts";
import { everySecond } from "../../controllers/every-second.ts";
import { follow } from "../../controllers/follow.ts";
import { shared } from "../../styles/shared.ts";
import { alarmsOf } from "../../ward/alarm.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";
import { toneOf, toneStyles } from "../parts/alarm-tones.ts";
import { rateReasonWords } from "../../words/readings.ts";
import "../parts/priority-mark.ts";

/** One bed on the map: its name, its most urgent alarm, its rate. */
export class MapBed extends LitElement {
  static override properties = { bed: { attribute: false }, still: { type: Boolean } };
  declare bed: MonitoredBed;
  /** It is being laid somewhere: its link leads nowhere. */
  declare still: boolean;

  constructor() {
    super();
    this.still = false;
    follow(this, () => this.bed.changes);
    follow(this, () => everySecond);
  }

  protected override render() {
    const { bed } = this;
    const urgent = alarmsOf(bed).at(0) ?? null;
    const rate = bed.heartRate(performance.now());
    const words = urgent && (urgent.life?.state === "latched" ? msg(str`${urgent.short} (ended)`) : urgent.short);
    const name = html`<b>${bed.bed}</b>`;
    return html`<article class=${urgent ? toneOf(urgent) : ""}>
      ${this.still ? name : html`<a href=${bedHref(bed.bed)} title=${msg(str`Open bed ${bed.bed}`)}>${name}</a>`}
      ${urgent ? html`<p class="words"><priority-mark .priority=${urgent.priority}></priority-mark>${words}</p>` : ""}
      <p class="rate" title=${rate.reason ? rateReasonWords(rate.reason) : msg("heart rate")}>
        ${rate.bpm === null ? "––" : Math.round(rate.bpm)}${rate.validity === "uncertain" ? "?" : ""}
      </p>
    </article>`;
  }

  static override styles = [
    shared,
    toneStyles,
    css`
      :host {
        container-type: size;
      }
      article {
        position: relative;
        height: 100%;
        padding: 2px 6px;
        border: 1px solid var(--line);
        border-radius: 6px;
        overflow: hidden;
        background: var(--panel);
      }
      a {
        text-decoration: none;
      }
      a::after {
        content: "";
        position: absolute;
        inset: 0;
      }
      b {
        font-size: 1rem;
      }
      .words {
        display: flex;
        align-items: center;
        gap: 3px;
        font-size: clamp(0.75rem, 14cqi, 1.25rem);
        font-weight: 650;
        line-height: 1.1;
      }
      /* Shape and colour stand in the list; here the words need the room. */
      @container (max-width: 80px) {
        .words priority-mark {
          display: none;
        }
        article {
          padding: 2px 4px;
        }
        .words {
          font-size: 0.6875rem;
        }
      }
      .rate {
        position: absolute;
        right: 6px;
        top: 2px;
        font-size: 1rem;
        font-weight: 600;
      }
    `,
  ];
}

customElements.define("map-bed", MapBed);
