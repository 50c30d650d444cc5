import type { Changing } from "../changes.ts";

/** Addresses are relative: right at / and below any prefix, from every page. */
export const WARD_HREF = "./#/";
export const MAP_HREF = "./#/map";
export const bedHref = (bed: string): string => `./#/bed/${bed}`;
export const trendsHref = (bed: string): string => `./#/trends/${bed}`;
/** `atMs`: a time within the hour that is meant. */
export const disclosureHref = (bed: string, atMs: number): string => `./#/disclosure/${bed}@${Math.round(atMs)}`;
export const beatHref = (id: string): string => `./#/beat/${encodeURIComponent(id)}`;
/** Null: the first bed that there is. */
export const simulationHref = (bed: string | null): string => `./#/simulation${bed === null ? "" : `/${bed}`}`;
/** Null: all that happened. */
export const eventHref = (alarm: string | null): string =>
  `./#/events${alarm === null ? "" : `/${encodeURIComponent(alarm)}`}`;
export const pageHref = (page: "model" | "upload"): string => `./${page}`;

const listeners = new Set<() => void>();
const tell = (): void => {
  for (const listener of listeners) listener();
};

/** The page's address. */
export const addressBar: Changing = {
  subscribe(listener) {
    if (listeners.size === 0) {
      addEventListener("hashchange", tell);
      addEventListener("popstate", tell);
      document.addEventListener("click", followLink);
    }
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      removeEventListener("hashchange", tell);
      removeEventListener("popstate", tell);
      document.removeEventListener("click", followLink);
    };
  },
};

/** Links between the pages change what is shown and load nothing: socket, traces and alarms go on. */
function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  if (!link || link.target || link.hasAttribute("download") || !isBeside(link)) return;
  event.preventDefault();
  visit(link.href);
}

/** Shows another page of this dashboard, which stays loaded. */
export function visit(href: string): void {
  history.pushState(null, "", href);
  tell();
}

/** Another page of this dashboard: in the same folder, and not this one (whose links change the hash alone). */
function isBeside({ origin, pathname }: HTMLAnchorElement): boolean {
  const folder = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);
  const name = pathname.slice(folder(pathname).length);
  return (
    origin === location.origin &&
    folder(pathname) === folder(location.pathname) &&
    ["", "index.html", "model", "upload"].includes(name) &&
    pathname !== location.pathname
  );
}
