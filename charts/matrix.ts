import { grouped } from "../kit/figures.ts";
import { escapeText, tag } from "./svg.ts";
import { HEAT, HEAT_WRONG, INK_DIM, RULE } from "./parts/colours.ts";
import { type ChartOptions, emptyChart, heading, shell } from "./parts/shell.ts";
import { cutTo, label, textWidth } from "./parts/text.ts";

export interface MatrixOptions extends Omit<ChartOptions, "height"> {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Counts, [row][column]. */
  readonly values: readonly (readonly number[])[];
  /** Default "Reference". */
  readonly rowLabel?: string;
  /** Default "Called". */
  readonly columnLabel?: string;
}

const CELL_PX = 46;

/** A confusion matrix: counts with their share of the row; right cells in one colour, wrong ones in another, by that share. */
export function matrixChart(options: MatrixOptions): string {
  const { width = 560, rows, columns, values, title } = options;
  if (rows.length === 0 || columns.length === 0) return emptyChart(options, width);
  const { rowLabel = "Reference", columnLabel = "Called" } = options;
  const top = heading(title, width, [], "bar");
  const left = Math.min(width * 0.3, Math.max(...rows.map((name) => textWidth(name)), 14) + 30);
  const totalWidth = 54;
  const cell = Math.min(96, (width - left - totalWidth - 4) / columns.length);
  const y0 = top.bottom + 42;
  const height = y0 + rows.length * CELL_PX + 8;
  const inner = cell < 50 ? 10 : 12;
  const drawn = rows.map((row, r) => {
    const total = columns.reduce((sum, _, c) => sum + count(values, r, c), 0);
    const middle = y0 + (r + 0.5) * CELL_PX;
    const cells = columns.map((column, c) => {
      const value = count(values, r, c);
      const share = total === 0 ? 0 : value / total;
      const x = left + c * cell;
      const said = `${rowLabel} ${row}, ${columnLabel.toLowerCase()} ${column}: ${grouped(value)}, ${shareText(share)} of the row`;
      return tag(
        "g",
        { class: row === column ? "right" : "wrong" },
        tag("title", {}, escapeText(said)),
        tag("rect", {
          x: x + 1,
          y: y0 + r * CELL_PX + 1,
          width: cell - 2,
          height: CELL_PX - 2,
          rx: 3,
          fill: row === column ? HEAT : HEAT_WRONG,
          "fill-opacity": value === 0 ? 0 : 0.06 + 0.94 * Math.sqrt(share),
          stroke: RULE,
        }),
        label(grouped(value), {
          x: x + cell / 2,
          y: middle - 8,
          anchor: "middle",
          size: inner,
          weight: 600,
          dim: value === 0,
        }),
        value === 0
          ? ""
          : label(shareText(share), { x: x + cell / 2, y: middle + 9, anchor: "middle", size: inner - 1 }),
      );
    });
    return (
      label(cutTo(row, left - 28), { x: left - 8, y: middle, anchor: "end", weight: 600 }) +
      cells.join("") +
      label(grouped(total), { x: left + columns.length * cell + totalWidth - 4, y: middle, anchor: "end", dim: true })
    );
  });
  const across = left + (columns.length * cell) / 2;
  const names = columns.map((name, c) =>
    label(cutTo(name, cell), { x: left + (c + 0.5) * cell, y: y0 - 11, anchor: "middle", weight: 600 }),
  );
  const middle = y0 + (rows.length * CELL_PX) / 2;
  return shell(
    options,
    width,
    height,
    top.markup,
    label(columnLabel, { x: across, y: y0 - 30, anchor: "middle", colour: INK_DIM }),
    label("all", { x: left + columns.length * cell + totalWidth - 4, y: y0 - 11, anchor: "end", dim: true }),
    label(rowLabel, { x: 9, y: middle, anchor: "middle", turn: -90, colour: INK_DIM }),
    ...names,
    ...drawn,
  );
}

const count = (values: MatrixOptions["values"], r: number, c: number): number => values.at(r)?.at(c) ?? 0;
/** Shorter than a figure of a table where it can be: a cell is narrow. */
const shareText = (share: number): string => {
  const value = share * 100;
  return `${value === 0 || value === 100 ? value : value.toFixed(value < 0.1 ? 2 : 1)} %`;
};
