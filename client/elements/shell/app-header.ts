import { msg, str } from "@lit/localize";
import { html, LitElement, nothing, svg } from "lit";
import { consume, wardContext } from "../../context.ts";
import { everySecond } from "../../controllers/every-second.ts";
import { kiosk } from "../../controllers/kiosk.ts";
import { addressBar, WARD_HREF } from "../../controllers/route.ts";
import { follow } from "../../controllers/follow.ts";
import { timeOfDay, toldTimeZone } from "../../format.ts";
import { session } from "../../session/session.ts";
import { headerStyles } from "./app-header-styles.ts";
import "./connection-state.ts";
import "./display-settings.ts";
import "./page-settings.ts";
import "./proof-mark.ts";
import "./signed-in.ts";
import "./sound-switch.ts";
import { parseRoute, viewNames, viewOf } from "./views.ts";

const LOGO = svg`<path d="M1 14h7l2.5-5 3 6 2.5-13 4.5 21 2.5-9H31" />`;

const TITLE = html`<h1>
  <a href="${WARD_HREF}"><svg viewBox="0 0 32 26" aria-hidden="true">${LOGO}</svg>Bedside</a>
</h1>`;

/** Name, connection, beds, display settings, clock. */
export class AppHeader extends LitElement {
  private readonly ward = consume(this, wardContext);

  constructor() {
    super();
    follow(this, () => this.ward.value.changes.beds);
    follow(this, () => everySecond);
    follow(this, () => addressBar);
    follow(this, () => kiosk);
    follow(this, () => session.changes);
  }

  protected override render() {
    if (session.isWanted) return this.renderSignedOut();
    const { beds, unmonitored } = this.ward.value;
    const count = beds.size;
    return html`
      ${TITLE}
      <connection-state></connection-state>
      <sound-switch></sound-switch>
      <proof-mark></proof-mark>
      <div class="facts">
        <p class="beds">
          <span data-testid="beds">${count === 1 ? msg("1 bed") : msg(str`${count} beds`)}</span>
          ${unmonitored > 0 ? html`<span class="unmonitored" data-testid="unmonitored">${msg(str`${unmonitored} not monitored`)}</span>` : nothing}
        </p>
        <p class="note">${msg("Not a medical device")}</p>
      </div>
      ${
        kiosk.isOn
          ? nothing
          : html`${this.renderPages()}
              <display-settings ?hidden=${!["ward", "bed"].includes(parseRoute(location).view)}></display-settings>
              <signed-in brief></signed-in>
              <page-settings></page-settings>`
      }
      <time title=${msg(str`Time of the ward, ${toldTimeZone()}`)}>${timeOfDay(Date.now())}</time>
    `;
  }

  /** Nothing of the ward, and no way to it. */
  private renderSignedOut() {
    return html`${TITLE}
      <connection-state></connection-state>
      <div class="facts"><p class="note">${msg("Not a medical device")}</p></div>
      <page-settings></page-settings>`;
  }

  private renderPages() {
    const { view: shown } = parseRoute(location);
    return html`<nav aria-label=${msg("Pages")}>
      ${viewNames.map((view) => {
        const { link } = viewOf({ view });
        if (!link) return nothing;
        const isHere = view === shown || (view === "ward" && shown === "bed");
        return html`<a href=${link.href} aria-current=${isHere ? "page" : nothing}>${link.label()}</a>`;
      })}
    </nav>`;
  }

  static override styles = headerStyles;
}

customElements.define("app-header", AppHeader);
