import { msg, str } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { BEAT_CLASSES, type Beat } from "../../../contracts/beat.ts";
import { scatterChart } from "../../../charts/scatter.ts";
import { decimals } from "../../../kit/figures.ts";
import { everySecond } from "../../controllers/every-second.ts";
import { follow } from "../../controllers/follow.ts";
import { panel, shared } from "../../styles/shared.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";
import "../parts/chart-figure.ts";
import { poincare, type IntervalPair } from "./poincare.ts";

const RANGE_MS = [200, 1800] as const;
/** Drawn anew every so many seconds. */
const EVERY_S = 5;

/** Each RR interval against the one before it, over the beats that the page has, and how wide the cloud is. */
export class PoincarePlot extends LitElement {
  static override properties = { bed: { attribute: false } };
  declare bed: MonitoredBed;
  private seconds = 0;
  private beats: readonly Beat[] = [];

  constructor() {
    super();
    follow(this, () => everySecond);
  }

  protected override willUpdate(): void {
    if (this.seconds++ % EVERY_S === 0) this.beats = [...this.bed.beats];
  }

  protected override render() {
    const { pairs, sd1Ms, sd2Ms } = poincare(this.beats);
    const draw = (width: number): string =>
      scatterChart({
        title: "",
        description: msg("Each RR interval against the one before it."),
        width,
        height: 260,
        x: { label: msg("RR, ms"), domain: RANGE_MS },
        y: { label: msg("next RR, ms"), domain: RANGE_MS },
        series: BEAT_CLASSES.map((name) => ({ name, points: pointsOf(pairs, name) })),
      });
    return html`<h2>${msg(str`Poincaré plot, ${pairs.length} pairs`)}</h2>
      <chart-figure .draw=${draw}></chart-figure>
      <p>
        ${
          sd1Ms === null
            ? msg("SD1, SD2 not known: fewer than 60 pairs of normal beats.")
            : html`SD1 <b>${decimals(sd1Ms, 0)} ms</b> · SD2 <b>${decimals(sd2Ms, 0)} ms</b>, ${msg("of normal beats")}`
        }
      </p>`;
  }

  static override styles = [
    shared,
    panel,
    css`
      p {
        font-size: 0.875rem;
      }
    `,
  ];
}

const pointsOf = (pairs: readonly IntervalPair[], name: string): [number, number][] =>
  pairs.filter(({ beatClass }) => beatClass === name).map(({ rrMs, nextMs }) => [rrMs, nextMs]);

customElements.define("poincare-plot", PoincarePlot);
