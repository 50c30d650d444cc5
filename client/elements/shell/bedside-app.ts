import { msg } from "@lit/localize";
import { css, html, LitElement, nothing } from "lit";
import { provide, type Shared } from "../../context.ts";
import { kiosk } from "../../controllers/kiosk.ts";
import { addressBar } from "../../controllers/route.ts";
import { follow } from "../../controllers/follow.ts";
import { session } from "../../session/session.ts";
import { shared } from "../../styles/shared.ts";
import type { AlarmList } from "../ward/alarm-list.ts";
import "../ward/alarm-list.ts";
import "../ward/ward-view.ts";
import "./alarm-announcer.ts";
import "./app-footer.ts";
import "./app-header.ts";
import "./key-help.ts";
import "./offline-banner.ts";
import { keepPlace } from "./keep-place.ts";
import { keepTitle } from "./page-title.ts";
import { ViewLoads } from "./view-loads.ts";
import "./view-wait.ts";
import { parseRoute, type Route, viewOf } from "./views.ts";

/** When the first view has come and traces run. */
const AHEAD_MS = 3000;

/** The page, and what its elements share: header, the ward or one bed, the alarms of all beds, footer. */
export class BedsideApp extends LitElement {
  private readonly loads = new ViewLoads(this);

  constructor(provided: Shared) {
    super();
    provide(this, provided);
    follow(this, () => addressBar);
    follow(this, () => kiosk);
    follow(this, () => session.changes);
    keepTitle(this, provided.ward);
    keepPlace(this);
  }

  protected override firstUpdated(): void {
    setTimeout(() => void this.loads.ahead("bed"), AHEAD_MS);
  }

  protected override willUpdate(): void {
    if (session.isWanted) void import("./sign-in.ts");
  }

  protected override render() {
    const route = parseRoute(location);
    if (session.isWanted) {
      return html`<div class="top"><app-header role="banner"></app-header></div>
        <main><sign-in></sign-in></main>`;
    }
    return html`
      <button class="skip" @click=${() => this.goToAlarms()}>${msg("To the alarms")}</button>
      <div class="top"><app-header role="banner"></app-header><offline-banner></offline-banner></div>
      <alarm-list></alarm-list>
      <main>${this.renderView(route)}</main>
      ${kiosk.isOn ? nothing : html`<app-footer role="contentinfo"></app-footer>`}
      <alarm-announcer></alarm-announcer>
      <key-help @alarms-wanted=${() => this.goToAlarms()}></key-help>
    `;
  }

  private goToAlarms(): void {
    this.renderRoot.querySelector<AlarmList>("alarm-list")?.focusFirst();
  }

  private renderView(route: Route) {
    const { title, render } = viewOf(route);
    const loaded = this.loads.stateOf(route);
    if (loaded === "here") return render(route.subject);
    return html`<view-wait
      .name=${title(route.subject) ?? ""}
      ?failed=${loaded === "failed"}
      @again=${() => this.loads.retry(route)}
    ></view-wait>`;
  }

  static override styles = [
    shared,
    css`
      :host {
        height: 100dvh;
        display: grid;
        grid-template:
          "header header" auto
          "view alarms" minmax(0, 1fr)
          "footer footer" auto / minmax(0, 1fr) auto;
      }
      .skip {
        position: absolute;
        left: 8px;
        top: -4rem;
        z-index: 3;
        padding: 8px 14px;
        font: inherit;
        color: var(--ink);
        background: var(--panel-raised);
        border: 1px solid var(--focus);
        border-radius: 6px;
      }
      .skip:focus {
        top: 8px;
      }
      .top {
        grid-area: header;
        min-width: 0;
      }
      app-footer {
        grid-area: footer;
      }
      main {
        grid-area: view;
        min-width: 0;
        min-height: 0;
        overflow: auto;
        padding: 10px;
      }
      alarm-list {
        grid-area: alarms;
        width: 21rem;
        padding: 8px 14px 10px 12px;
        border-left: 1px solid var(--line);
      }
      @media (max-width: 900px) {
        :host {
          grid-template:
            "header" auto
            "alarms" auto
            "view" minmax(0, 1fr)
            "footer" auto / minmax(0, 1fr);
        }
        alarm-list {
          width: auto;
          border-left: none;
          border-bottom: 1px solid var(--line);
          padding: 0 10px;
        }
      }
      @media (max-height: 500px) {
        app-footer {
          display: none;
        }
        main {
          padding: 6px;
        }
      }
      @media print {
        :host {
          display: block;
          height: auto;
        }
        main {
          overflow: visible;
          padding: 0;
        }
        .top,
        alarm-list,
        app-footer {
          display: none;
        }
      }
    `,
  ];
}

customElements.define("bedside-app", BedsideApp);
