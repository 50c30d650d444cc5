import { percent } from "../../kit/figures.ts";
import { barChart } from "../../charts/bars.ts";
import { paragraph, type Section } from "../../charts/page.ts";
import { dataTable } from "../../charts/table.ts";
import { MISSING_KINDS } from "../../data/missing/find-missing.ts";
import type { EdaReport } from "./report.ts";

/** Noise levels and missing data of each record. */
export function signalSections({ signals }: EdaReport): Section[] {
  const records = signals.map(({ record }) => record);
  const noise = barChart({
    title: "Signal-to-noise ratio of each record",
    categories: records,
    series: [{ name: "SNR", values: signals.map(({ snrDb }) => snrDb) }],
    value: { label: "SNR within 0.5–35 Hz, dB" },
    categoryLabel: "Record",
    horizontal: true,
    width: 560,
  });
  const quality = dataTable({
    columns: [
      "record",
      { label: "SNR, dB", format: (value) => value.toFixed(1) },
      { label: "mean quality", format: (value) => value.toFixed(2) },
      "noisy",
      "lead off",
    ],
    rows: signals.map(({ record, snrDb, quality: mean, noisyShare, leadOffShare }) => [
      record,
      snrDb,
      mean,
      percent(noisyShare),
      percent(leadOffShare),
    ]),
  });
  const missing = dataTable({
    columns: ["record", ...MISSING_KINDS.flatMap((kind) => [`${kind}: runs`, "samples", "bridged", "rejected"])],
    rows: signals.map(({ record, missing: counts }) => [
      record,
      ...MISSING_KINDS.flatMap((kind) => {
        const { runs, samples, bridgedRuns, rejectedRuns } = counts[kind];
        return runs === 0 ? [null, null, null, null] : [runs, samples, bridgedRuns, rejectedRuns];
      }),
    ]),
  });
  const none = signals.every(({ missing: counts }) => MISSING_KINDS.every((kind) => counts[kind].runs === 0));
  return [
    {
      heading: "Noise levels (DS1)",
      html:
        paragraph(
          "Ratio: p²/8 of the QRS (NSTDB's definition) over half the mean square of the difference of N beats that follow one another, median over the record. What varies from beat to beat counts as noise, so the true ratio is higher. Quality and states: the live chain's, second by second.",
        ) +
        noise +
        quality,
    },
    {
      heading: "Missing data (DS1)",
      html:
        paragraph(
          `Runs of missing samples, flat lines from 200 ms and samples at the converter's ends; up to 100 ms they are bridged, longer ones rejected.${none ? " There are none." : ""}`,
        ) + missing,
    },
  ];
}
