import { msg, str } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { barChart } from "../../../charts/bars.ts";
import { lineChart } from "../../../charts/lines.ts";
import { BEAT_CLASSES } from "../../../contracts/beat.ts";
import type { ClassifiedRow } from "../../../contracts/classify-api.ts";
import { percent } from "../../../kit/figures.ts";
import { classWords } from "../../words/readings.ts";
import { shared } from "../../styles/shared.ts";
import "../parts/chart-figure.ts";

const RATE_HZ = 125;

/** One row of a file: the beat as it stands there, and how probable each class is. */
export class UploadedBeat extends LitElement {
  static override properties = { row: { attribute: false }, samples: { attribute: false } };
  declare row: ClassifiedRow;
  /** 0 to 1; null where they are not known (yet). */
  declare samples: Float32Array | null;

  protected override render() {
    const { row, samples } = this;
    return html`
      ${
        samples
          ? html`<chart-figure .draw=${(width: number) => beatChart(row, samples, width)}></chart-figure>`
          : html`<p class="dim">${msg(str`The beat of line ${row.row} is still being read.`)}</p>`
      }
      <chart-figure .draw=${(width: number) => probabilityChart(row, width)}></chart-figure>
    `;
  }

  static override styles = [
    shared,
    css`
      .dim {
        color: var(--ink-dim);
        padding: 40px 0;
      }
    `,
  ];
}

function beatChart({ row, beatClass, label }: ClassifiedRow, samples: Float32Array, width: number): string {
  const end = samples.findLastIndex((value) => value !== 0) + 1;
  const point = (value: number, i: number) => [i / RATE_HZ, value] as const;
  const points = Array.from(samples, point);

  return lineChart({
    title:
      label === undefined
        ? msg(str`Line ${row}: called ${beatClass}`)
        : msg(str`Line ${row}: called ${beatClass}, label ${label}`),
    description: msg(str`The row's 187 samples; ${samples.length - end} zeros fill it up.`),
    width,
    height: 240,
    x: { label: msg("time, s (dashed: zeros that fill the row)"), domain: [0, (samples.length - 1) / RATE_HZ] },
    y: { label: msg("amplitude, 0 to 1"), domain: [0, 1], ticks: [0, 0.5, 1] },
    series: [
      { name: beatClass, points: points.slice(0, end), marks: false },
      { name: msg("filled"), colour: "O", points: points.slice(end), marks: false, dashed: true },
    ],
  });
}

const probabilityChart = ({ probabilities, beatClass }: ClassifiedRow, width: number): string =>
  barChart({
    title: msg(
      str`How probable each class is to the model: ${classWords(beatClass)} ${percent(probabilities[beatClass])}`,
    ),
    width,
    height: 200,
    categories: [...BEAT_CLASSES],
    series: [
      { name: msg("probability"), values: BEAT_CLASSES.map((name) => probabilities[name]), colours: [...BEAT_CLASSES] },
    ],
    value: { label: "", domain: [0, 1], format: (value) => percent(value, 0) },
    horizontal: true,
    text: (value) => percent(value),
  });

customElements.define("uploaded-beat", UploadedBeat);
