import { msg, str } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { consume, settingsContext, wardContext } from "../../context.ts";
import { kiosk } from "../../controllers/kiosk.ts";
import { addressBar, pageHref } from "../../controllers/route.ts";
import { follow } from "../../controllers/follow.ts";
import { shared } from "../../styles/shared.ts";
import "./newcomer-tour.ts";
import { filterWords } from "../../words/display-filter.ts";
import { parseRoute } from "./views.ts";

/** The model that names the beats, and how traces are drawn. */
export class AppFooter extends LitElement {
  private readonly ward = consume(this, wardContext);
  private readonly settings = consume(this, settingsContext);

  constructor() {
    super();
    follow(this, () => this.ward.value.changes.model);
    follow(this, () => this.ward.value.changes.rejected);
    follow(this, () => this.settings.value.changes);
    follow(this, () => kiosk);
    follow(this, () => addressBar);
  }

  protected override render() {
    const { rejected, model } = this.ward.value;
    const { speedMmPerS, gainMmPerMv } = this.settings.value.values;
    return html`
      <p data-testid="model">
        ${model ? html`<a href=${pageHref("model")}>${msg(str`Model ${model.name}`)}</a> · ${msg(str`engine ${model.engine}`)} · <code>${model.hash}</code>` : msg("Model unknown")}
      </p>
      ${rejected > 0 ? html`<p class="rejected">${msg(str`${rejected} unreadable messages`)}</p>` : ""}
      ${kiosk.isOn ? "" : html`<newcomer-tour></newcomer-tour>`}
      <p class="note">${msg("Not a medical device")}</p>
      <p class="scale">
        ${speedMmPerS} mm/s · ${gainMmPerMv} mm/mV ·
        ${msg("grid 1 and 5 mm")}${
          // A bed's page says it beside each trace.
          parseRoute(location).view === "bed" ? "" : ` · ${filterWords("monitor")}`
        }
      </p>
    `;
  }

  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 2px 18px;
        padding: 5px 14px;
        border-top: 1px solid var(--line);
        font-size: 12px;
        color: var(--ink-dim);
      }
      code {
        font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace;
      }
      /* The header says it where there is room. */
      @media (min-width: 601px) {
        .note {
          display: none;
        }
      }
      /* On a phone they take a line from the beds; the settings have them. */
      @media (max-width: 600px) {
        .scale {
          display: none;
        }
      }
      .rejected {
        color: var(--medium);
      }
    `,
  ];
}

customElements.define("app-footer", AppFooter);
