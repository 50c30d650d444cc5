import { escapeText, tag } from "../svg.ts";
import { INK, INK_DIM } from "./colours.ts";

const FONT_PX = 12;

/** About how wide `text` is, px: sans-serif figures and letters come to 0.56 em on average, narrow ones included. */
export const textWidth = (text: string, fontPx = FONT_PX): number => text.length * fontPx * 0.56;

/** `text`, cut with an ellipsis where it is wider than `px`. */
export function cutTo(text: string, px: number, fontPx = FONT_PX): string {
  const most = Math.max(1, Math.floor(px / (fontPx * 0.56)));
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1)).trimEnd()}…`;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly size?: number;
  readonly weight?: number;
  readonly dim?: boolean;
  readonly turn?: number;
  readonly colour?: string;
}

/** A line of text with its middle at `y`. */
export function label(
  text: string,
  { x, y, anchor = "start", size = FONT_PX, weight, dim = false, turn, colour }: Place,
): string {
  return tag(
    "text",
    {
      x,
      y,
      dy: "0.35em",
      "text-anchor": anchor === "start" ? undefined : anchor,
      "font-size": size,
      "font-weight": weight,
      fill: colour ?? (dim ? INK_DIM : INK),
      transform: turn === undefined ? undefined : `rotate(${turn} ${x.toFixed(2)} ${y.toFixed(2)})`,
    },
    escapeText(text),
  );
}

/** `text` in lines of at most `px`, broken between words. */
export function wrap(text: string, px: number, fontPx: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`, fontPx) <= px) lines[lines.length - 1] = `${last} ${word}`;
    else if (word !== "") lines.push(word);
  }
  return lines;
}
