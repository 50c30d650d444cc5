import type { Reading } from "./probe.ts";

/** ward: the leads that are shown alone; bed: all leads of one bed; none: a page without traces. */
export type ScreenView = "ward" | "bed" | "none";

export interface Row extends Reading {
  readonly beds: number;
  readonly view: ScreenView;
  /** Of all scripts that the view loads at first, gzipped, and what the server sent for them; kB. */
  readonly scriptsGzipKb: number;
  readonly sentKb: number;
  /** From the server to the browser while samples were taken, all of the socket's bytes, a bed and second; kB. */
  readonly socketKbPerBedS: number;
  readonly serverCpuPercent: number;
}

const FIGURES: readonly (readonly [string, (row: Row) => string])[] = [
  ["main thread a frame, ms", (row) => row.mainThreadMsPerFrame.toFixed(1)],
  [
    "of it scripts; styles and layout",
    (row) => `${row.scriptMsPerFrame.toFixed(1)}; ${row.styleAndLayoutMsPerFrame.toFixed(1)}`,
  ],
  ["frames a second", (row) => row.framesPerSecond.toFixed(0)],
  [
    "tile renders; all renders a second",
    (row) => `${row.tileRendersPerSecond.toFixed(0)}; ${row.rendersPerSecond.toFixed(0)}`,
  ],
  [
    "beat on the socket → letter, p50; p95, ms",
    (row) => `${row.beatToCanvasP50Ms.toFixed(0)}; ${row.beatToCanvasP95Ms.toFixed(0)}`,
  ],
  ["letters drawn of beats that came, %", (row) => row.lettersPercent.toFixed(0)],
  ["socket, kB a bed and second", (row) => row.socketKbPerBedS.toFixed(2)],
  ["scripts gzipped; sent, kB", (row) => `${row.scriptsGzipKb.toFixed(0)}; ${row.sentKb.toFixed(0)}`],
  ["live heap, MB", (row) => row.liveHeapMb.toFixed(1)],
  [
    "processor: page, compositor, server, % of a core",
    (row) =>
      [row.rendererCpuPercent, row.compositorCpuPercent, row.serverCpuPercent]
        .map((percent) => percent.toFixed(0))
        .join(", "),
  ],
];

/** In Markdown: a row for each figure, a column for each measurement. */
export function screenTable(rows: readonly Row[]): string {
  const lines = [
    ["", ...rows.map(({ view, beds }) => `${view}, ${beds} beds`)],
    ["---", ...rows.map(() => "---")],
    ...FIGURES.map(([name, told]) => [name, ...rows.map(told)]),
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
