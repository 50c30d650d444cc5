import { css, html, LitElement } from "lit";
import { provide, type Shared } from "../../context.ts";
import { addressBar } from "../../controllers/route.ts";
import { follow } from "../../controllers/follow.ts";
import { shared } from "../../styles/shared.ts";
import "../bed/bed-view.ts";
import "../ward/alarm-list.ts";
import "../ward/ward-view.ts";
import "./alarm-announcer.ts";
import "./app-footer.ts";
import "./app-header.ts";
import "./offline-banner.ts";
import { keepPlace } from "./keep-place.ts";
import { keepTitle } from "./page-title.ts";
import { ViewLoads } from "./view-loads.ts";
import "./view-wait.ts";
import { parseRoute, type Route, viewOf } from "./views.ts";

/** The page, and what its elements share: header, the ward or one bed, the alarms of all beds, footer. */
export class BedsideApp extends LitElement {
  private readonly loads = new ViewLoads(this);

  constructor(provided: Shared) {
    super();
    provide(this, provided);
    follow(this, () => addressBar);
    keepTitle(this, provided.ward);
    keepPlace(this);
  }

  protected override render() {
    const route = parseRoute(location);
    return html`
      <div class="top"><app-header role="banner"></app-header><offline-banner></offline-banner></div>
      <main>${this.renderView(route)}</main>
      <alarm-list></alarm-list>
      <app-footer role="contentinfo"></app-footer>
      <alarm-announcer></alarm-announcer>
    `;
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
        grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr) 336px;
      }
      .top,
      app-footer {
        grid-column: 1 / -1;
      }
      main {
        min-width: 0;
        min-height: 0;
        overflow: auto;
        padding: 10px;
      }
      alarm-list {
        padding: 8px 14px 10px 12px;
        border-left: 1px solid var(--line);
      }
      @media (max-width: 900px) {
        :host {
          grid-template: auto auto minmax(0, 1fr) auto / minmax(0, 1fr);
        }
        alarm-list {
          order: 1;
          border-left: none;
          border-bottom: 1px solid var(--line);
          max-height: 132px;
          padding: 4px 10px 6px;
        }
        main {
          order: 2;
        }
        app-footer {
          order: 3;
        }
      }
    `,
  ];
}

customElements.define("bedside-app", BedsideApp);
