import { css, html, LitElement } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { CHOICE_HEADING, choiceHtml } from "../../../charts/model-report/choice.ts";
import { RHYTHMS_HEADING } from "../../../charts/model-report/rhythms.ts";
import { ablationFigure, coverageFigure, noiseFigure } from "../../../charts/model-report/figures.ts";
import {
  ablationTable,
  driftTable,
  generalisationHtml,
  falseSHtml,
  missing,
  openingTable,
  originTable,
  rhythmsHtml,
  WORDS,
} from "../../../charts/model-report/sections.ts";
import type { ModelReport, Report } from "../../../contracts/report.ts";
import { fetchModel, fetchReport } from "../../api.ts";
import { documentStyles } from "../../styles/document.ts";
import { shared } from "../../styles/shared.ts";
import "../parts/chart-figure.ts";
import "./evaluation-view.ts";
import "./model-summary.ts";

type Name = "live" | "rows";
const TITLES: Readonly<Record<Name, string>> = { live: "Live beats", rows: "Uploaded rows" };

/** The models' report: how good, on whom, what must not be trusted; then what that rests on. */
export class ModelView extends LitElement {
  static override properties = { report: { state: true }, shown: { state: true }, inUse: { state: true } };
  /** undefined: being asked for. */
  declare report: Report | null | undefined;
  declare shown: Name;
  /** Hash of the model that names the ward's beats. */
  declare inUse: string | null;

  constructor() {
    super();
    this.report = undefined;
    this.shown = "live";
    this.inUse = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render() {
    const { report, shown } = this;
    if (report === undefined)
      return html`<h1>Models</h1>
        <p class="dim">Asking for the report …</p>`;
    if (report === null) {
      return html`<h1>Models</h1>
        <section>
          <h2>No report yet</h2>
          <p>
            This gateway has no report of its models. <code>npm run report</code> makes one; this page then shows it.
          </p>
        </section>`;
    }
    const model = report[shown];
    return html`
      <header>
        <h1>Can these models be trusted?</h1>
        <div class="choices" role="group" aria-label="Model">
          ${(["live", "rows"] as const).map(
            (name) =>
              html`<button aria-pressed=${name === shown} @click=${() => (this.shown = name)}>${TITLES[name]}</button>`,
          )}
        </div>
      </header>
      <section>
        <h2>${CHOICE_HEADING}</h2>
        ${unsafeHTML(choiceHtml(report))}
      </section>
      ${model ? this.renderModel(model) : html`<section>${unsafeHTML(missing("This model", "npm run train"))}</section>`}
      <p class="dim foot">Report of ${report.date.slice(0, 10)}, made by <code>${report.command}</code>.</p>
    `;
  }

  private renderModel(model: ModelReport) {
    const isStale = model.name === "live" && this.inUse !== null && !model.hash.startsWith(this.inUse.slice(0, 12));
    return html`
      ${
        isStale
          ? html`<p class="stale" role="note">
              This report is of the weights <code>${model.hash}</code>; the ward runs on <code>${this.inUse}</code>.
              <code>npm run report</code> makes one of these.
            </p>`
          : ""
      }
      <model-summary .model=${model}></model-summary>
      ${
        model.name === "live"
          ? html`<section>
              <h2>Database by database</h2>
              ${unsafeHTML(generalisationHtml(this.report?.generalisation))}
            </section>`
          : ""
      }
      <evaluation-view .evaluations=${model.evaluations}></evaluation-view>
      ${
        model.name === "live"
          ? html`<section>
              <h2>${RHYTHMS_HEADING}</h2>
              ${unsafeHTML(rhythmsHtml(model))}
            </section>`
          : ""
      }
      ${model.name === "live" ? this.renderRobustness(model) : ""}
      <section>
        <h2>Limits, and where it comes from</h2>
        <ul class="limits">
          ${model.limits.map((limit) => html`<li>${limit}</li>`)}
        </ul>
        ${unsafeHTML(originTable(model))} ${model.openings ? unsafeHTML(openingTable(model)) : ""}
      </section>
      <section>
        <h2>Words</h2>
        <dl>
          ${WORDS.map(
            ([word, what]) =>
              html`<dt>${word}</dt>
                <dd>${what}</dd>`,
          )}
        </dl>
      </section>
    `;
  }

  private renderRobustness(model: ModelReport) {
    const { robustness, ablation } = model;
    return html`
      <section>
        <h2>How it holds up in noise</h2>
        ${
          robustness
            ? html`<p class="dim">
                  Records replayed through the live pipeline with recorded noise added, wander, and changes of gain.
                  Figures where a beat is called; bands are 95 % intervals over ${robustness.records.length} records.
                </p>
                <div class="charts">
                  ${["V", "S", "N", "F"].map(
                    (name) =>
                      html`<chart-figure
                        .draw=${(width: number) => noiseFigure(robustness, name, width)}
                      ></chart-figure>`,
                  )}
                  <chart-figure .draw=${(width: number) => coverageFigure(robustness, width)}></chart-figure>
                </div>
                <details>
                  <summary>Every drift in figures, gain and wander too</summary>
                  ${unsafeHTML(driftTable(robustness))}
                </details>`
            : unsafeHTML(missing("How it holds up in noise", "npm run replay -- --split ds2 --grid --json OUT"))
        }
      </section>
      <section>
        <h2>False S in atrial fibrillation</h2>
        ${unsafeHTML(falseSHtml(model))}
      </section>
      <section>
        <h2>What each ingredient is worth</h2>
        ${
          ablation
            ? html`<chart-figure .draw=${(width: number) => ablationFigure(ablation, width)}></chart-figure>
                ${unsafeHTML(ablationTable(ablation))}`
            : unsafeHTML(
                missing(
                  "What each ingredient of the training is worth, and the floor to beat",
                  "npm run crossvalidate",
                ),
              )
        }
      </section>
    `;
  }

  private async load(): Promise<void> {
    const [report, model] = await Promise.all([fetchReport(), fetchModel()]);
    this.report = report;
    this.inUse = model?.hash ?? null;
  }

  static override styles = [
    shared,
    documentStyles,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 8px 20px;
      }
      .limits {
        list-style: disc;
        padding-left: 1.2em;
        display: grid;
        gap: 4px;
        max-width: 85ch;
      }
      .stale {
        margin-top: 12px;
        padding: 8px 12px;
        border: 1px solid var(--medium);
        border-radius: 8px;
      }
      .foot {
        margin-top: 12px;
      }
      summary {
        cursor: pointer;
        font-size: 14px;
        padding: 4px 0;
      }
      dl {
        display: grid;
        grid-template-columns: minmax(9em, auto) minmax(0, 1fr);
        gap: 4px 16px;
        font-size: 14px;
      }
      dt {
        font-weight: 600;
      }
      dd {
        color: var(--ink-dim);
      }
    `,
  ];
}

customElements.define("model-view", ModelView);
