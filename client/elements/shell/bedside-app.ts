import { css, html, LitElement } from "lit";
import { provide, type Shared } from "../../context.ts";
import { addressBar, parseRoute, type Route } from "../../controllers/route.ts";
import { follow } from "../../controllers/follow.ts";
import { shared } from "../../styles/shared.ts";
import "../bed/bed-view.ts";
import "../model/model-view.ts";
import "../upload/upload-view.ts";
import "../ward/alarm-list.ts";
import "../ward/ward-view.ts";
import "./alarm-announcer.ts";
import "./app-footer.ts";
import "./app-header.ts";
import { keepPlace } from "./keep-place.ts";
import { keepTitle } from "./page-title.ts";

/** The page, and what its elements share: header, the ward or one bed, the alarms of all beds, footer. */
export class BedsideApp extends LitElement {
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
      <app-header></app-header>
      <main>${this.renderView(route)}</main>
      <alarm-list></alarm-list>
      <app-footer></app-footer>
      <alarm-announcer></alarm-announcer>
    `;
  }

  private renderView(route: Route) {
    switch (route.view) {
      case "ward":
        return html`<ward-view></ward-view>`;
      case "bed":
        return html`<bed-view .name=${route.bed}></bed-view>`;
      case "model":
        return html`<model-view></model-view>`;
      case "upload":
        return html`<upload-view></upload-view>`;
    }
  }

  static override styles = [
    shared,
    css`
      :host {
        height: 100dvh;
        display: grid;
        grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr) 336px;
      }
      app-header,
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
