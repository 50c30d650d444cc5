import type { LitElement } from "lit";
import { bedHref } from "../../controllers/route.ts";
import { parseRoute, type Route } from "./views.ts";

/**
 * Where people are on a page: each opens at its top with the focus on its heading, and the ward as it was left, with the focus on
 * the tile of the bed that one comes back from. The page's content scrolls in `main`.
 */
export function keepPlace(host: LitElement): void {
  let shown: Place | null = null;
  let wardTop = 0;
  host.addController({
    hostUpdate: () => {
      const main = host.renderRoot?.querySelector("main");
      if (main && shown?.view === "ward") wardTop = main.scrollTop;
    },
    hostUpdated: () => {
      const before = shown;
      const route = { ...parseRoute(location), element: host.renderRoot.querySelector("main > *")?.localName };
      shown = route;
      if (before === null || isSame(before, route)) return;
      void place(host, route, before, wardTop);
    },
  });
}

/** Where one is; a view whose code comes later is two places, one after the other. */
interface Place extends Route {
  readonly element: string | undefined;
}

const isSame = (a: Place, b: Place): boolean => a.view === b.view && a.subject === b.subject && a.element === b.element;

async function place(host: LitElement, route: Route, before: Route, wardTop: number): Promise<void> {
  const main = host.renderRoot.querySelector("main");
  const view = main?.firstElementChild as LitElement | null;
  if (!main || !view) return;
  main.scrollTop = 0;
  await view.updateComplete;
  if (route.view === "ward") {
    main.scrollTop = wardTop;
    if (before.view === "bed" && before.subject !== null) await focusTile(view, before.subject);
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
