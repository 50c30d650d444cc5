import { msg, str } from "@lit/localize";
import { html, type TemplateResult } from "lit";
import {
  bedHref,
  eventHref,
  MAP_HREF,
  pageHref,
  simulationHref,
  trendsHref,
  WARD_HREF,
} from "../../controllers/route.ts";

/** A view of the page: where it is, how it is called, and its element. */
interface View {
  /** Its address: a page with a path of its own, or what the hash matches; the first group is the view's subject, e.g. a bed. */
  readonly at: { readonly page: "model" | "upload" } | { readonly hash: RegExp };
  /** What the tab says of it; null: nothing but "Bedside". */
  readonly title: (subject: string | null) => string | null;
  /** Its link in the header, where it has one. */
  readonly link: { readonly href: string; readonly label: () => string } | null;
  /** Brings its element's code, when it is opened for the first time; null: it came with the page. */
  readonly load: (() => Promise<unknown>) | null;
  readonly render: (subject: string | null) => TemplateResult;
}

/** Each view of the page is one row. What is a subject in an address is one path segment, encoded as such. */
export const VIEWS = {
  ward: {
    at: { hash: /^(?:#\/?)?$/ },
    title: () => null,
    link: { href: WARD_HREF, label: () => msg("Ward") },
    load: null,
    render: () => html`<ward-view></ward-view>`,
  },
  map: {
    at: { hash: /^#\/map$/ },
    title: () => msg("Map"),
    link: { href: MAP_HREF, label: () => msg("Map") },
    load: () => import("../map/ward-map.ts"),
    render: () => html`<ward-map></ward-map>`,
  },
  bed: {
    at: { hash: /^#\/bed\/([A-Za-z0-9][A-Za-z0-9._-]{0,63})$/ },
    title: (bed) => bed,
    link: null,
    load: () => import("../bed/bed-view.ts"),
    render: (bed) => html`<bed-view .name=${bed}></bed-view>`,
  },
  beat: {
    at: { hash: /^#\/beat\/([^/]{1,400})$/ },
    title: () => msg("Beat"),
    link: null,
    load: () => import("../provenance/provenance-view.ts"),
    render: (id) => html`<provenance-view .beat=${id}></provenance-view>`,
  },
  trends: {
    at: { hash: /^#\/trends\/([A-Za-z0-9][A-Za-z0-9._-]{0,63})$/ },
    title: (bed) => msg(str`Trends of ${bed}`),
    link: null,
    load: () => import("../trends/trends-view.ts"),
    render: (bed) => html`<trends-view .bed=${bed}></trends-view>`,
  },
  disclosure: {
    at: { hash: /^#\/disclosure\/([A-Za-z0-9][A-Za-z0-9._-]{0,63}(?:@\d{1,14})?)$/ },
    title: (subject) => msg(str`Disclosure of ${subject?.split("@")[0]}`),
    link: null,
    load: () => import("../disclosure/disclosure-view.ts"),
    render: (subject) => html`<disclosure-view .subject=${subject}></disclosure-view>`,
  },
  events: {
    at: { hash: /^#\/events(?:\/([^/]+))?$/ },
    title: () => msg("Events"),
    link: { href: eventHref(null), label: () => msg("Events") },
    load: () => import("../review/review-view.ts"),
    render: (alarm) => html`<review-view .alarm=${alarm}></review-view>`,
  },
  model: {
    at: { page: "model" },
    title: () => msg("Models"),
    link: { href: pageHref("model"), label: () => msg("Model") },
    load: () => import("../model/model-view.ts"),
    // The report is made elsewhere, in one language.
    render: () => html`<model-view lang="en"></model-view>`,
  },
  simulation: {
    at: { hash: /^#\/simulation(?:\/([^/]+))?$/ },
    title: () => msg("Demonstration"),
    link: { href: simulationHref(null), label: () => msg("Demo") },
    load: () => import("../simulation/simulation-view.ts"),
    render: (bed) => html`<simulation-view .name=${bed}></simulation-view>`,
  },
  upload: {
    at: { page: "upload" },
    title: () => msg("Upload"),
    link: { href: pageHref("upload"), label: () => msg("Upload") },
    load: () => import("../upload/upload-view.ts"),
    render: () => html`<upload-view></upload-view>`,
  },
} as const satisfies Readonly<Record<string, View>>;

export type ViewName = keyof typeof VIEWS;

/** What the page shows. */
export interface Route {
  readonly view: ViewName;
  /** What the view is of, e.g. "b1"; null where its address names nothing. */
  readonly subject: string | null;
}

export const viewOf = ({ view }: Pick<Route, "view">): View => VIEWS[view];

export const viewNames = Object.keys(VIEWS) as readonly ViewName[];

/** `…/model` and `…/upload` are pages; elsewhere the hash says which view it is, and one that says nothing is the ward's. */
export function parseRoute({ pathname, hash }: Pick<Location, "pathname" | "hash">): Route {
  const page = /\/([a-z]+)\/?$/.exec(pathname)?.[1];
  for (const view of viewNames) {
    const { at } = viewOf({ view });
    if ("page" in at && at.page === page) return { view, subject: null };
  }
  for (const view of viewNames) {
    const { at } = viewOf({ view });
    const found = "hash" in at ? at.hash.exec(hash) : null;
    const subject = found ? decode(found[1] ?? null) : undefined;
    if (subject !== undefined) return { view, subject };
  }
  return { view: "ward", subject: null };
}

/** Where Escape leads: a step towards the ward. Null: nowhere, since what was filled in there would be lost. */
export function above({ view, subject }: Route): string | null {
  const [bed] = (subject ?? "").split(/[/@]/);
  switch (view) {
    case "ward":
    case "upload":
      return null;
    case "events":
      return subject === null ? WARD_HREF : eventHref(null);
    case "trends":
    case "beat":
      return bedHref(bed);
    case "disclosure":
      return trendsHref(bed);
    default:
      return WARD_HREF;
  }
}

/** Undefined: it is nothing that was ever encoded. */
function decode(text: string | null): string | null | undefined {
  try {
    return text === null ? null : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
