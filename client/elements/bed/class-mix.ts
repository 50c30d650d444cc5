import { msg, str } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { BEAT_CLASSES } from "../../../contracts/beat.ts";
import { percent } from "../../../kit/figures.ts";
import { follow } from "../../controllers/follow.ts";
import { classWords } from "../../words/readings.ts";
import { panel, shared } from "../../styles/shared.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";
import "../parts/beat-chip.ts";

/** How many beats of each class there were, over those that the page has. */
export class ClassMix extends LitElement {
  static override properties = { bed: { attribute: false } };
  declare bed: MonitoredBed;

  constructor() {
    super();
    follow(this, () => this.bed.changes);
  }

  protected override render() {
    const { beats } = this.bed;
    const minutes = beats.length > 1 ? (beats[beats.length - 1].timeMs - beats[0].timeMs) / 60_000 : 0;
    return html`<h2>
        ${msg(str`Classes of the last ${beats.length} beats`)}${minutes >= 1 ? `, ${Math.round(minutes)} min` : ""}
      </h2>
      <dl>
        ${BEAT_CLASSES.map((name) => {
          const count = beats.filter(({ beatClass }) => beatClass === name).length;
          const share = beats.length === 0 ? null : count / beats.length;
          return html`<dt title=${classWords(name)}><beat-chip .beatClass=${name}></beat-chip></dt>
            <dd>
              <progress max="1" value=${share ?? 0} aria-label=${msg(str`Share of ${name}`)}></progress>
              <span>${count} · ${percent(share)}</span>
            </dd>`;
        })}
      </dl>`;
  }

  static override styles = [
    shared,
    panel,
    css`
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 6px 12px;
        align-items: center;
      }
      dd {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 8.5em;
        gap: 12px;
        align-items: center;
        font-size: 0.875rem;
      }
      progress {
        width: 100%;
        height: 10px;
        accent-color: var(--chart-1);
      }
      span {
        text-align: right;
      }
    `,
  ];
}

customElements.define("class-mix", ClassMix);
