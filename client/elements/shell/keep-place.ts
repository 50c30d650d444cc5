import type { LitElement } from "lit";
import { bedHref, parseRoute, type Route } from "../../controllers/route.ts";

/**
 * Where people are on a page: each opens at its top with the focus on its heading, and the ward as it was left, with the focus on
 * the tile of the bed that one comes back from. The page's content scrolls in `main`.
 */
export function keepPlace(host: LitElement): void {
  let shown: Route | null = null;
  let wardTop = 0;
  host.addController({
    hostUpdate: () => {
      const main = host.renderRoot?.querySelector("main");
      if (main && shown?.view === "ward") wardTop = main.scrollTop;
    },
    hostUpdated: () => {
      const before = shown;
      const route = parseRoute(location);
      shown = route;
      if (before === null || keyOf(before) === keyOf(route)) return;
      void place(host, route, before, wardTop);
    },
  });
}

const keyOf = (route: Route): string => (route.view === "bed" ? `bed ${route.bed}` : route.view);

async function place(host: LitElement, route: Route, before: Route, wardTop: number): Promise<void> {
  const main = host.renderRoot.querySelector("main");
  const view = main?.firstElementChild as LitElement | null;
  if (!main || !view) return;
  main.scrollTop = 0;
  await view.updateComplete;
  if (route.view === "ward") {
    main.scrollTop = wardTop;
    if (before.view === "bed") await focusTile(view, before.bed);
    return;
  }
  const heading = view.renderRoot.querySelector("h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

async function focusTile(ward: LitElement, bed: string): Promise<void> {
  const tiles = [...ward.renderRoot.querySelectorAll<LitElement>("bed-tile")];
  const tile = tiles.find(({ dataset }) => dataset["bed"] === bed);
  await tile?.updateComplete;
  tile?.renderRoot.querySelector<HTMLElement>(`a[href="${bedHref(bed)}"]`)?.focus({ preventScroll: true });
}
