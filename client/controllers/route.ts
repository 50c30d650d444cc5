/** What the page shows: the ward, or one bed. */
export type Route = { readonly view: "ward" } | { readonly view: "bed"; readonly bed: string };

/** `#/bed/b1` is a bed; anything else the ward. */
export function parseRoute(hash: string): Route {
  const found = /^#\/bed\/([A-Za-z0-9][A-Za-z0-9._-]{0,63})$/.exec(hash);
  return found ? { view: "bed", bed: found[1] } : { view: "ward" };
}

export const bedHref = (bed: string): string => `#/bed/${bed}`;

export function onRoute(changed: () => void): () => void {
  addEventListener("hashchange", changed);
  return () => removeEventListener("hashchange", changed);
}
