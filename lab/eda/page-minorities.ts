import { barChart } from "../../charts/bars.ts";
import { smallMultiples } from "../../charts/multiples.ts";
import { paragraph, type Section } from "../../charts/page.ts";
import { asPercent } from "../../charts/parts/plot.ts";
import { dataTable } from "../../charts/table.ts";
import { ROW_RATE_HZ } from "../../data/kachuee/rows.ts";
import { ACCURACY_AIM } from "../../model/augmentation/two-sample-test/check-generator.ts";
import type { EdaReport, MinoritySummary } from "./report.ts";

/** Generated beats: the two-sample test against real ones, and some of both. */
export function minoritySection({ minorities, tooFew }: EdaReport): Section {
  const within = (value: number): string => (value <= ACCURACY_AIM ? "yes" : "no");
  const table = dataTable({
    columns: [
      "class",
      "rows",
      "axes",
      "components by BIC",
      ...["logistic", "perceptron", "5 neighbours", "best", "real from real", "one Gaussian"].map((label) => ({
        label,
        format: asPercent,
      })),
      "≤ 65 %",
    ],
    rows: minorities.map(({ beatClass, rows, axes, chosen, twoSample, control, oneGaussian }) => [
      beatClass,
      rows,
      axes,
      `${chosen.size}, ${chosen.kind}`,
      twoSample.accuracy.logistic,
      twoSample.accuracy.perceptron,
      twoSample.accuracy.neighbours,
      twoSample.best,
      control.best,
      oneGaussian.best,
      within(twoSample.best),
    ]),
  });
  const chart = barChart({
    title: "Two-sample test: generated beats against held-out real ones",
    categories: minorities.map(({ beatClass }) => beatClass),
    series: [
      { name: "mixture", values: minorities.map(({ twoSample }) => twoSample.best), intervals: intervals(minorities) },
      { name: "one Gaussian", values: minorities.map(({ oneGaussian }) => oneGaussian.best) },
      { name: "real from real", values: minorities.map(({ control }) => control.best) },
    ],
    value: { label: "Accuracy of the best of three learners", domain: [0, 1], format: asPercent },
    width: 560,
  });
  const few = tooFew.length > 0 ? ` ${tooFew.join(", ")}: too few beats for a generator.` : "";
  return {
    heading: "Generated beats of the minority classes (DS1)",
    html:
      paragraph(
        `187-sample rows; a mixture of Gaussians over PCA scores, fitted on one random half of the class; the other half against as many generated beats, 5 folds. 50 % is chance, 65 % the aim. The halves share patients.${few}`,
      ) +
      chart +
      table +
      minorities.map(galleryOf).join(""),
  };
}

const intervals = (minorities: readonly MinoritySummary[]): (readonly [number, number])[] =>
  minorities.map(({ twoSample: { best, margin } }) => [best - margin, Math.min(1, best + margin)]);

function galleryOf({ beatClass, gallery }: MinoritySummary): string {
  const panel = (kind: string, dashed: boolean) => (row: readonly number[], i: number) => ({
    title: `${kind} ${i + 1}`,
    series: [
      {
        name: beatClass,
        dashed,
        marks: false,
        points: row.map((value, k) => [(k / ROW_RATE_HZ) * 1000, value] as const),
      },
    ],
  });
  return smallMultiples({
    title: `${beatClass}: real above, generated (dashed) below`,
    x: { label: "ms from R", domain: [0, 1500], ticks: [0, 500, 1000] },
    y: { label: "amplitude, 0 to 1", domain: [0, 1], ticks: [0, 0.5, 1] },
    panels: [
      ...gallery.real.slice(0, 4).map(panel("real", false)),
      ...gallery.synthetic.slice(0, 4).map(panel("generated", true)),
    ],
    columns: 4,
    width: 880,
    panelHeight: 140,
    legend: [],
  });
}
