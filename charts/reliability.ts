import { grouped } from "../kit/figures.ts";
import { escapeText, isDrawn, tag } from "./svg.ts";
import { colourOf, INK_DIM } from "./parts/colours.ts";
import { type Axis, asPercent, bottomRoom, leftRoom, scaleOf, xAxis, yAxis } from "./parts/plot.ts";
import { type ChartOptions, emptyChart, heading, shell } from "./parts/shell.ts";
import { label } from "./parts/text.ts";

export interface ReliabilityOptions extends ChartOptions {
  /** Answers whose confidence lies in (from, to]; fractions; confidence and accuracy are means, null where empty. */
  readonly bins: readonly {
    readonly from: number;
    readonly to: number;
    readonly count: number;
    readonly confidence: number | null;
    readonly accuracy: number | null;
  }[];
}

const COUNTS_PX = 46;
const confidence: Axis = { label: "Confidence (probability of the class called)", domain: [0, 1], format: asPercent };
const accuracy: Axis = { label: "Share that was right", domain: [0, 1], format: asPercent };

/**
 * Whether confidence is what it says: each bin's share of right answers over its mean confidence. On the dashed line they are
 * equal; below it the model is too sure. The bars at the foot say how many answers a bin holds (square root, so that few are seen).
 */
export function reliabilityChart(options: ReliabilityOptions): string {
  const { width = 420, height = 420, bins, title } = options;
  const filled = bins.filter((bin) => bin.count > 0 && isDrawn(bin.confidence) && isDrawn(bin.accuracy));
  if (filled.length === 0) return emptyChart(options, width);
  const top = heading(title, width, [], "line");
  const foot = height - bottomRoom(confidence);
  const box = { left: 0, right: width - 18, top: top.bottom + 6, bottom: foot - COUNTS_PX - 10 };
  const y = scaleOf(accuracy, [], [box.bottom, box.top]);
  box.left = leftRoom(accuracy, y);
  const x = scaleOf(confidence, [], [box.left, box.right]);
  const colour = colourOf({ name: "reliability" }, 0);
  const most = Math.max(...filled.map(({ count }) => count));
  const gaps = filled.map((bin) => {
    const at = x(bin.confidence ?? 0);
    return tag("line", {
      x1: at,
      x2: at,
      y1: y(bin.confidence ?? 0),
      y2: y(bin.accuracy ?? 0),
      stroke: colour,
      "stroke-opacity": 0.5,
      "stroke-width": 4,
    });
  });
  const dots = filled.map((bin) =>
    tag(
      "circle",
      { cx: x(bin.confidence ?? 0), cy: y(bin.accuracy ?? 0), r: 5, fill: colour },
      tag("title", {}, escapeText(said(bin))),
    ),
  );
  const counts = filled.map((bin) => {
    const tall = COUNTS_PX * Math.sqrt(bin.count / most);
    return tag(
      "rect",
      {
        x: x(bin.from) + 1,
        y: foot - tall,
        width: Math.max(1, x(bin.to) - x(bin.from) - 2),
        height: tall,
        fill: INK_DIM,
        "fill-opacity": 0.55,
      },
      tag("title", {}, escapeText(said(bin))),
    );
  });
  const diagonal = { x1: x(0), y1: y(0), x2: x(1), y2: y(1), stroke: INK_DIM, "stroke-dasharray": "5 4" };
  return shell(
    options,
    width,
    height,
    top.markup,
    yAxis(accuracy, y, box),
    xAxis(confidence, x, { ...box, bottom: foot }),
    label("answers", { x: box.left - 6, y: foot - COUNTS_PX / 2, anchor: "end", dim: true, size: 11 }),
    tag("line", diagonal),
    ...gaps,
    ...dots,
    ...counts,
  );
}

const said = (bin: ReliabilityOptions["bins"][number]): string =>
  `${grouped(bin.count)} answers: confidence ${asPercent(bin.confidence ?? 0)}, right ${asPercent(bin.accuracy ?? 0)}`;
