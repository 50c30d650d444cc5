import { describe, expect, test } from "vitest";
import { barChart } from "./bars.ts";
import { attributesOf, faultOf } from "../testing/charts.ts";
import { histogramChart } from "./histogram.ts";
import { lineChart } from "./lines.ts";
import { matrixChart } from "./matrix.ts";
import { smallMultiples } from "./multiples.ts";
import { dataTable } from "./table.ts";
import { reliabilityChart } from "./reliability.ts";
import { scatterChart } from "./scatter.ts";

const NASTY = `<b a="1">&'"]]>`;
const x = { label: NASTY };
const y = { label: NASTY };
const points = [
  [0, 1],
  [1, null],
  [2, Number.NaN],
  [3, 4],
] as const;
const bins = [{ from: 0.5, to: 1, count: 4, confidence: 0.8, accuracy: 0.5 }];

const FULL: Readonly<Record<string, string>> = {
  line: lineChart({ title: NASTY, description: NASTY, x, y, series: [{ name: NASTY, points, band: [[0, 0, 2]] }] }),
  bars: barChart({
    title: NASTY,
    categories: [NASTY, "b"],
    series: [
      { name: NASTY, values: [1, null], intervals: [[0, 2], null] },
      { name: "V", values: [3, -1] },
    ],
    value: y,
    text: () => NASTY,
  }),
  lying: barChart({
    title: "t",
    categories: [NASTY],
    series: [{ name: "a", values: [1] }],
    value: y,
    horizontal: true,
  }),
  matrix: matrixChart({ title: NASTY, rows: [NASTY], columns: [NASTY, "b"], values: [[3, 1]], rowLabel: NASTY }),
  scatter: scatterChart({ title: NASTY, x, y, series: [{ name: NASTY, points: [[1, 2]] }] }),
  histogram: histogramChart({ title: NASTY, x, series: [{ name: NASTY, values: [1, 2, Number.NaN] }] }),
  reliability: reliabilityChart({ title: NASTY, bins }),
  multiples: smallMultiples({ title: NASTY, x, y, panels: [{ title: NASTY, series: [{ name: NASTY, points }] }] }),
  table: dataTable({
    caption: NASTY,
    columns: [NASTY, { label: "n" }],
    rows: [
      [NASTY, 1],
      ["b", null],
    ],
  }),
};

const EMPTY: Readonly<Record<string, string>> = {
  line: lineChart({ title: "", x, y, series: [] }),
  noPoints: lineChart({ title: "t", x, y, series: [{ name: "a", points: [] }] }),
  log: lineChart({ title: "t", x, y: { label: "", scale: "log" }, series: [{ name: "a", points: [[0, 0]] }] }),
  bars: barChart({ title: "t", categories: [], series: [], value: y }),
  noBars: barChart({ title: "t", categories: ["a"], series: [{ name: "a", values: [] }], value: y }),
  matrix: matrixChart({ title: "t", rows: [], columns: [], values: [] }),
  noCounts: matrixChart({ title: "t", rows: ["a"], columns: ["a"], values: [] }),
  scatter: scatterChart({ title: "t", x, y, series: [] }),
  histogram: histogramChart({ title: "t", x, series: [{ name: "a", values: [] }] }),
  reliability: reliabilityChart({ title: "t", bins: [{ from: 0, to: 1, count: 0, confidence: null, accuracy: null }] }),
  multiples: smallMultiples({ title: "t", x, y, panels: [] }),
  table: dataTable({ columns: [], rows: [] }),
};

describe.each([
  ["any text", FULL],
  ["nothing", EMPTY],
])("charts of %s", (_, charts) => {
  test.each(Object.entries(charts))(
    "%s is well-formed, named, without inline style or what is no number",
    (_name, markup) => {
      expect(faultOf(markup)).toBeNull();
      expect(markup).not.toMatch(/\sstyle=|<b\b|NaN|Infinity|undefined/);
      if (markup.startsWith("<svg"))
        expect(markup).toMatch(/role="img" aria-label="[^"]+".*?<title>[^<]+<\/title><desc>/);
    },
  );
});

test("what is not well-formed is seen", () => {
  for (const bad of ["<a><b></a>", "<a", "<a>&x</a>", '<a x="1" x="2"/>', "<a/><b/>", "x", "<a x=1/>"])
    expect(faultOf(bad)).not.toBeNull();
});

test("a line's points stand where its axes say, from right to left where the domain does", () => {
  const chart = lineChart({
    title: "",
    width: 400,
    height: 300,
    x: { label: "", domain: [24, -6], ticks: [24, 9, -6] },
    y: { label: "", domain: [0, 1], ticks: [0, 1] },
    series: [
      {
        name: "V",
        marks: false,
        points: [
          [24, 1],
          [9, 0.5],
          [-6, 0],
        ],
      },
    ],
  });
  const [path] = attributesOf(chart, "path", "d");
  const at = [...path.matchAll(/([\d.]+),([\d.]+)/g)].map(([, px, py]) => [Number(px), Number(py)]);
  const [[x0, y0], [x1, y1], [x2, y2]] = at;
  expect([x2, y2]).toEqual([386, 278]);
  expect(x1).toBeCloseTo((x0 + x2) / 2, 1);
  expect(y1).toBeCloseTo((y0 + y2) / 2, 1);
  expect(attributesOf(chart, "path", "stroke")[0]).toMatch(/^var\(--beat-V, #/);
  const labelled = (text: string): number => Number(new RegExp(`<text x="([\\d.]+)"[^>]*>${text}<`).exec(chart)?.[1]);
  expect(labelled("24")).toBeCloseTo(x0, 1);
  expect(labelled("−6")).toBeCloseTo(386, 1);
});

test("a gap in a line stays a gap", () => {
  const series = [
    {
      name: "a",
      points: [
        [0, 0],
        [1, 1],
        [2, null],
        [3, 1],
        [4, 0],
      ] as const,
    },
  ];
  const chart = lineChart({ title: "t", x, y, series });
  expect(attributesOf(chart, "path", "d")[0].match(/M/g)).toHaveLength(2);
});

test("bars are as long as their values; whiskers reach their interval's ends", () => {
  const options = { title: "", width: 400, categories: ["a", "b"], value: { label: "", domain: [0, 10] as const } };
  const chart = barChart({ ...options, height: 200, series: [{ name: "s", values: [10, 5] }] });
  const [whole, half] = attributesOf(chart, "rect", "height").map(Number);
  expect(half).toBeCloseTo(whole / 2, 1);
  const lying = barChart({ ...options, horizontal: true, series: [{ name: "s", values: [10, 5] }] });
  const [long, short] = attributesOf(lying, "rect", "width").map(Number);
  expect(short).toBeCloseTo(long / 2, 1);
  const whisked = barChart({ ...options, series: [{ name: "s", values: [8], intervals: [[0, 10]] }] });
  expect(whisked).toMatch(/class="whisker" d="M[\d.]+ 298L[\d.]+ 12M/);
});

test("a matrix says counts and shares of rows; right and wrong differ", () => {
  const chart = matrixChart({
    title: "t",
    rows: ["N", "S"],
    columns: ["N", "S"],
    values: [
      [900, 100],
      [0, 0],
    ],
  });
  for (const text of ["900", "90.0 %", "100", "10.0 %", "1,000"]) expect(chart).toContain(`>${text}<`);
  const fills = attributesOf(chart, "rect", "fill");
  expect(fills[0]).toContain("--chart-right");
  expect(fills[1]).toContain("--chart-wrong");
  const opacity = attributesOf(chart, "rect", "fill-opacity").map(Number);
  expect(opacity[0]).toBeGreaterThan(opacity[1]);
  expect(opacity.slice(2)).toEqual([0, 0]);
});

test("thousands of dots become few, spread over all of them", () => {
  const many = Array.from({ length: 50_000 }, (_, i) => [i % 1000, (i * 7919) % 997] as const);
  const chart = scatterChart({ title: "t", x, y, series: [{ name: "N", points: many }], limit: 800 });
  const dots = attributesOf(chart, "path", "d")[0].match(/M[\d.]+/g) ?? [];
  expect(dots.length).toBeGreaterThan(300);
  expect(dots.length).toBeLessThanOrEqual(800);
  const xs = dots.map((dot) => Number(dot.slice(1)));
  expect(Math.max(...xs) - Math.min(...xs)).toBeGreaterThan(400);
  expect(chart.length).toBeLessThan(20_000);
});

test("a histogram's bins hold each series' share", () => {
  const chart = histogramChart({
    title: "",
    width: 400,
    height: 300,
    x: { label: "", domain: [0, 2] },
    bins: 2,
    series: [{ name: "a", values: [0.5, 0.5, 0.5, 1.5] }],
  });
  const path = attributesOf(chart, "path", "d").at(-1) ?? "";
  const heights = [...path.matchAll(/,([\d.]+)/g)].map(([, py]) => 278 - Number(py));
  expect(heights[1] / heights[3]).toBeCloseTo(3, 1);
});

test("a table keeps figures and text apart and says what is missing", () => {
  const table = dataTable({
    columns: ["record", "beats"],
    rows: [
      ["100", 2273],
      ["101", null],
    ],
  });
  expect(table).toContain('<th scope="row">100</th><td class="figure">2,273</td>');
  expect(table).toContain('<td class="figure">–</td>');
});
