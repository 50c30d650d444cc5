import { escapeText, tag } from "./svg.ts";

export type Cell = string | number | null;

export interface Column {
  readonly label: string;
  /** How a number is written; default: with thousands apart. */
  readonly format?: (value: number) => string;
}

export interface TableOptions {
  readonly caption?: string;
  readonly columns: readonly (Column | string)[];
  /** The first cell names its row; numbers stand right, null is a dash. */
  readonly rows: readonly (readonly Cell[])[];
}

/** A table as HTML, in a box that scrolls sideways where it must. */
export function dataTable({ caption, columns, rows }: TableOptions): string {
  const all = columns.map((column): Column => (typeof column === "string" ? { label: column } : column));
  const isFigures = all.map((_, c) => rows.length > 0 && rows.every((row) => typeof (row[c] ?? 0) === "number"));
  const kind = (c: number): string | undefined => (isFigures[c] ? "figure" : undefined);
  // A column without a name has an empty cell there, which is no heading; where none has one, there is no head.
  const head = all.map(({ label }, c) =>
    label === "" ? tag("td", {}) : tag("th", { scope: "col", class: kind(c) }, escapeText(label)),
  );
  const labels = all.map(({ label }) => label).filter((label) => label !== "");
  const body = rows.map((row) =>
    tag(
      "tr",
      {},
      ...all.map((column, c) => {
        const text = escapeText(written(row[c] ?? null, column));
        return c === 0 ? tag("th", { scope: "row", class: kind(c) }, text) : tag("td", { class: kind(c) }, text);
      }),
    ),
  );
  const table = tag(
    "table",
    {},
    caption === undefined ? "" : tag("caption", {}, escapeText(caption)),
    labels.length === 0 ? "" : tag("thead", {}, tag("tr", {}, ...head)),
    tag("tbody", {}, ...body),
  );
  // Regions of a page are told apart by their names.
  const name = caption ?? (labels.join(", ") || String(rows[0]?.[0] ?? ""));
  return tag("div", { class: "table", tabindex: 0, role: "region", "aria-label": name }, table);
}

function written(cell: Cell, { format }: Column): string {
  if (cell === null) return "–";
  if (typeof cell === "string") return cell;
  return format ? format(cell) : cell.toLocaleString("en-GB", { maximumFractionDigits: 3 });
}
