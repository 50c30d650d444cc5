import { barChart } from "../../charts/bars.ts";
import { histogramChart } from "../../charts/histogram.ts";
import { smallMultiples } from "../../charts/multiples.ts";
import { paragraph, reportPage, type Section, sideBySide } from "../../charts/page.ts";
import { scatterChart } from "../../charts/scatter.ts";
import { dataTable } from "../../charts/table.ts";
import { WINDOW_LENGTH, WINDOW_R_INDEX } from "../../signal/events.ts";
import { leftOutLines } from "../left-out.ts";
import type { ClassBeats } from "./beats.ts";
import { minoritySection } from "./page-minorities.ts";
import { signalSections } from "./page-signals.ts";
import { SPLIT_NAMES } from "./counts.ts";
import { EDA_CLASSES, type EdaReport } from "./report.ts";

const RATE_HZ = 125;
const msAt = (index: number): number => ((index - WINDOW_R_INDEX) / RATE_HZ) * 1000;

/** One self-contained HTML page of the report; `beats`: what its distributions are drawn from. */
export function edaPage(report: EdaReport, beats: readonly ClassBeats[]): string {
  return reportPage({
    title: "MIT-BIH, before any model",
    subtitle:
      "Counts of classes are of all 48 records. Signals, shapes, features and generated beats are of DS1 alone, since choices may rest on them: DS2 stays the hold-out.",
    sections: [
      ...leftOutSection(report),
      countSection(report),
      recordSection(report),
      shapeSection(report),
      distributionSection(beats),
      scatterSection(report),
      ...signalSections(report),
      minoritySection(report),
    ],
  });
}

function leftOutSection({ leftOut }: EdaReport): Section[] {
  if (leftOut.length === 0) return [];
  return [
    {
      heading: "Left out",
      html: leftOutLines(leftOut)
        .map((line) => paragraph(line.trim()))
        .join(""),
    },
  ];
}

function countSection({ splits }: EdaReport): Section {
  const total = (split: (typeof SPLIT_NAMES)[number]): number =>
    EDA_CLASSES.reduce((sum, name) => sum + splits[split][name], 0);
  const chart = barChart({
    title: "Beats by class and split",
    description: "Annotated beats by EC57 class, on a logarithmic axis.",
    categories: EDA_CLASSES,
    series: SPLIT_NAMES.map((split) => ({
      name: split,
      values: EDA_CLASSES.map((name) => splits[split][name] || null),
    })),
    value: { label: "Beats (logarithmic)", scale: "log", domain: [1, 100_000] },
    width: 560,
  });
  const rows = SPLIT_NAMES.map((split) => [
    split,
    ...EDA_CLASSES.map((name) => splits[split][name]),
    total(split),
    ratio(splits[split].N, splits[split].S),
    ratio(splits[split].N, splits[split].V),
    ratio(splits[split].N, splits[split].F),
  ]);
  const table = dataTable({
    columns: ["split", ...EDA_CLASSES, "all", "N to 1 S", "N to 1 V", "N to 1 F"],
    rows,
  });
  return {
    heading: "Classes and their imbalance",
    html:
      paragraph(
        "De Chazal's inter-patient split; EC57 leaves the four records with paced beats out of both halves. N to 1 S: how many N beats there are for one S.",
      ) + sideBySide(chart, table),
  };
}

const ratio = (many: number, few: number): number | null => (few > 0 ? Math.round((10 * many) / few) / 10 : null);

function recordSection({ counts }: EdaReport): Section {
  const rows = counts.map(({ record, split, beats }) => [
    record,
    split,
    ...EDA_CLASSES.map((name) => beats[name] || null),
  ]);
  const share = (name: "S" | "V" | "F"): string => {
    const own = counts.filter(({ split }) => split === "DS1").map(({ beats }) => beats[name]);
    const all = own.reduce((sum, value) => sum + value, 0);
    const most = Math.max(...own);
    const record = counts.find(({ split, beats }) => split === "DS1" && beats[name] === most)?.record ?? "–";
    return `${name}: ${all === 0 ? 0 : Math.round((100 * most) / all)} % from record ${record}`;
  };
  return {
    heading: "Beats of each record",
    html:
      paragraph(`A class may be one patient's: of DS1's beats, ${(["S", "V", "F"] as const).map(share).join("; ")}.`) +
      dataTable({ columns: ["record", "split", ...EDA_CLASSES], rows }),
  };
}

function shapeSection({ classes }: EdaReport): Section {
  const panels = classes
    .filter(({ beats }) => beats > 0)
    .map(({ beatClass, beats, shape }) => ({
      title: `${beatClass}, ${beats.toLocaleString("en-GB")} beats`,
      series: [
        {
          name: beatClass,
          points: shape.mean.map((value, i) => [msAt(i), value] as const),
          band: shape.low.map((low, i) => [msAt(i), low, shape.high[i]] as const),
          marks: false,
        },
      ],
    }));
  return {
    heading: "Mean beat of each class (DS1)",
    html:
      paragraph(
        "As the live chain hears them: 125 Hz, 0.5–35 Hz. The band holds 80 % of the beats at each sample. Aberrated atrial beats (a) are left out of S, as they are of training.",
      ) +
      smallMultiples({
        title: "Mean beat and 10–90 % band",
        x: { label: "ms from R", domain: [msAt(0), msAt(WINDOW_LENGTH - 1)], ticks: [-400, 0, 400, 800] },
        y: { label: "mV, normalised" },
        panels,
        columns: 2,
        panelHeight: 210,
        legend: [],
      }),
  };
}

function distributionSection(beats: readonly ClassBeats[]): Section {
  const of = (pick: (own: ClassBeats) => readonly number[]) =>
    beats.map((own) => ({ name: own.beatClass, values: pick(own) }));
  const rr = histogramChart({
    title: "RR before the beat",
    x: { label: "RR, ms", domain: [200, 1800] },
    series: of(({ rrMs }) => rrMs),
  });
  const small = { width: 420, height: 240, bins: 36 } as const;
  const features = Object.keys(beats[0]?.features ?? {}).map((name) =>
    histogramChart({
      ...small,
      title: name,
      x: { label: "clipped to ± 3", domain: [-3, 3] },
      series: of((own) => own.features[name]),
    }),
  );
  const moments = Object.keys(beats[0]?.moments ?? {}).map((name) => {
    const domain = [rangeOf(beats, name, 0.005), rangeOf(beats, name, 0.995)] as const;
    return histogramChart({
      ...small,
      title: `window: ${name}`,
      x: { label: name, domain },
      series: of((own) => own.moments[name]),
    });
  });
  return {
    heading: "RR, features and moments by class (DS1)",
    html:
      rr +
      paragraph("The features that the live model is given (signal/beat/features.ts), through the streaming chain.") +
      sideBySide(...features) +
      paragraph(
        "Moments of the whole window: mean, standard deviation, skewness g₁ and kurtosis g₂ (Joanes & Gill 1998).",
      ) +
      sideBySide(...moments),
  };
}

function rangeOf(beats: readonly ClassBeats[], name: string, share: number): number {
  const values = Float64Array.from(beats.flatMap((own) => own.moments[name])).sort();
  return values.length === 0 ? share : values[Math.floor(share * (values.length - 1))];
}

function scatterSection({ pca }: EdaReport): Section {
  const percent = pca.shares.map((share) => `${Math.round(100 * share)} %`);
  return {
    heading: "Beats along two principal axes (DS1)",
    html:
      paragraph("At most 800 beats of each class, so that N does not hide the others.") +
      scatterChart({
        title: "Windows along their first two principal axes",
        x: { label: `First axis (${percent[0]} of the variance)` },
        y: { label: `Second axis (${percent[1]})` },
        series: Object.entries(pca.points).map(([name, points]) => ({ name, points })),
      }),
  };
}
