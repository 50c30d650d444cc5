import { PAGE_CSS } from "./parts/page-css.ts";
import { escapeText, tag } from "./svg.ts";

export interface Section {
  readonly heading: string;
  /** Markup: what the charts, dataTable() and paragraph() give, or own markup with escapeText() around every text. */
  readonly html: string;
}

export interface PageOptions {
  readonly title: string;
  readonly subtitle?: string;
  readonly sections: readonly Section[];
}

/** One self-contained HTML document: no host is asked for anything, light and dark as the reader's system has it, prints. */
export function reportPage({ title, subtitle, sections }: PageOptions): string {
  const ids = sections.map(({ heading }, i) => `s${i + 1}-${heading.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`);
  const links = sections.map(({ heading }, i) => tag("a", { href: `#${ids[i]}` }, escapeText(heading)));
  const body = sections.map(({ heading, html }, i) =>
    tag("section", { id: ids[i] }, tag("h2", {}, escapeText(heading)), html),
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<title>${escapeText(title)}</title>
<style>${PAGE_CSS}</style>
</head>
<body>
<header><h1>${escapeText(title)}</h1>${subtitle === undefined ? "" : tag("p", { class: "subtitle" }, escapeText(subtitle))}</header>
${sections.length > 2 ? tag("nav", { "aria-label": "Sections" }, ...links) : ""}
<main>
${body.join("\n")}
</main>
</body>
</html>
`;
}

/** A paragraph of plain text; what stands between backquotes is set as code. */
export function paragraph(text: string, className?: string): string {
  const parts = text.split("`").map((part, i) => (i % 2 === 1 ? tag("code", {}, escapeText(part)) : escapeText(part)));
  return tag("p", { class: className }, ...parts);
}

/** Charts or tables beside one another as far as the page is wide. */
export const sideBySide = (...html: readonly string[]): string =>
  tag("div", { class: "beside" }, ...html.map((each) => tag("div", {}, each)));
