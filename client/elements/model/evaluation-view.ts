import { html, LitElement } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { classFigure, confusionFigure, reliabilityFigure, riskFigure } from "../../../charts/model-report/figures.ts";
import { errorTable } from "../../../charts/model-report/records.ts";
import { range, two } from "../../../charts/model-report/words.ts";
import type { Evaluation } from "../../../contracts/report.ts";
import { decimals, percent } from "../../../kit/figures.ts";
import { documentPartStyles } from "../../styles/document.ts";
import { shared } from "../../styles/shared.ts";
import "../parts/chart-figure.ts";
import "./record-table.ts";

/** One of a model's evaluations, class by class and record by record. */
export class EvaluationView extends LitElement {
  static override properties = { evaluations: { attribute: false }, chosen: { state: true } };
  declare evaluations: readonly Evaluation[];
  declare chosen: string | null;

  constructor() {
    super();
    this.chosen = null;
  }

  protected override render() {
    const { evaluations } = this;
    const shown = evaluations.find(({ name }) => name === this.chosen) ?? evaluations.at(0);
    if (!shown) return html``;
    return html`<section>
      <h2>Class by class, patient by patient</h2>
      ${
        evaluations.length > 1
          ? html`<div class="choices" role="group" aria-label="Scored on">
              ${evaluations.map(
                ({ name }) =>
                  html`<button aria-pressed=${name === shown.name} @click=${() => (this.chosen = name)}>
                    ${name}
                  </button>`,
              )}
            </div>`
          : html`<p>${shown.name}</p>`
      }
      <p class="dim">${shown.remark}</p>
      <p>${factsOf(shown)}</p>
      <div class="charts">
        ${
          shown.figures.confusion
            ? figure((width) => confusionFigure(shown, width))
            : html`<p class="missing">Of this evaluation the confusion matrix was not kept.</p>`
        }
        ${figure((width) => classFigure(shown, width))}
        ${
          shown.calibration
            ? figure((width) => reliabilityFigure(shown, width))
            : html`<p class="missing">Whether its confidence is what it says was not measured here.</p>`
        }
        ${shown.riskCoverage ? figure((width) => riskFigure(shown, width)) : ""}
      </div>
      ${shown.mostErrors ? unsafeHTML(errorTable(shown.mostErrors)) : ""}
      ${
        shown.perRecord
          ? html`<record-table .records=${shown.perRecord}></record-table>`
          : html`<p class="missing">
              Record by record: not in this report. <code>npm run evaluate -- --json OUT</code>, then
              <code>npm run report -- --evaluate OUT</code>.
            </p>`
      }
      ${
        shown.command
          ? html`<p class="dim">
              Made by <code>${shown.command}</code>${shown.hash ? `, weights ${shown.hash}` : ""}.
            </p>`
          : ""
      }
    </section>`;
  }

  static override styles = [shared, documentPartStyles];
}

const figure = (draw: (width: number) => string | null) => html`<chart-figure .draw=${draw}></chart-figure>`;

/** The figures of all classes together, in a line. */
function factsOf({ figures, intervals, spread, qrs, coverage, covered, without232 }: Evaluation): string {
  const accuracy = intervals?.accuracy ? ` (${range(intervals.accuracy, percent)})` : "";
  const facts = [
    figures.accuracy === null ? "" : `Accuracy ${percent(figures.accuracy)}${accuracy}`,
    spread
      ? `${spread.folds} folds: accuracy ${percent(spread.accuracy.mean)} ± ${percent(spread.accuracy.sd)}, macro-F1 ${decimals(spread.macroF1.mean, 3)} ± ${decimals(spread.macroF1.sd, 3)}`
      : "",
    `mean F1 ${two(figures.macroF1)}`,
    qrs ? `of all beats found ${percent(qrs.se, 2)}, of those found real ${percent(qrs.ppv, 2)}` : "",
    coverage == null
      ? ""
      : `called at all ${percent(coverage)}${covered ? `, and of those right ${percent(covered.accuracy)}` : ""}`,
    without232 ? `F1 of S without record 232: ${two(without232.classes["S"]?.f1)}` : "",
  ];
  return `${facts.filter(Boolean).join(" · ")}`;
}

customElements.define("evaluation-view", EvaluationView);
