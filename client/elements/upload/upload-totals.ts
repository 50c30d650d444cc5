import { msg, str } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { matrixChart } from "../../../charts/matrix.ts";
import { two } from "../../../charts/model-report/words.ts";
import { BEAT_CLASSES } from "../../../contracts/beat.ts";
import { CLASSIFIED_CSV_HEAD, classifiedCsvLines } from "../../../contracts/classified-csv.ts";
import type { ClassifyMetrics } from "../../../contracts/classify-api.ts";
import { grouped, percent } from "../../../kit/figures.ts";
import { consume, uploadContext } from "../../context.ts";
import { follow } from "../../controllers/follow.ts";
import { classWords } from "../../words/readings.ts";
import { documentPartStyles } from "../../styles/document.ts";
import { shared } from "../../styles/shared.ts";
import { totalsOf } from "../../upload/choose-rows.ts";
import { save } from "../../upload/save.ts";
import "../parts/beat-chip.ts";
import "../parts/chart-figure.ts";

/** What a file came to: rows by class, and how right they are where the file has labels. */
export class UploadTotals extends LitElement {
  private readonly upload = consume(this, uploadContext);

  constructor() {
    super();
    follow(this, () => this.upload.value.changes);
  }

  protected override render() {
    const { rows, metrics, model, status } = this.upload.value;
    const totals = totalsOf(rows);
    return html`<section>
      <div class="head">
        <h2>${msg("What it came to")}</h2>
        <div class="choices">
          <button ?disabled=${status === "running"} @click=${this.saveCsv}>${msg("Download CSV")}</button>
          <button ?disabled=${status === "running"} @click=${this.saveJson}>${msg("Download JSON")}</button>
        </div>
      </div>
      <ol class="classes">
        ${BEAT_CLASSES.map(
          (name) =>
            html`<li data-testid="total-${name}">
              <beat-chip .beatClass=${name}></beat-chip>
              <span class="count">${grouped(totals[name])}</span>
              <span class="dim">${name === "Q" ? msg("Paced or unclear") : classWords(name)}</span>
            </li>`,
        )}
      </ol>
      ${metrics ? renderMetrics(metrics) : status === "done" ? html`<p class="dim">${msg("The file has no labels, so nothing can be said of how many are right.")}</p>` : ""}
      ${model ? html`<p class="dim">${msg(html`Model ${model.name}, engine ${model.engine}, <code>${model.hash}</code>. <a href="./model">How good is it?</a>`)}</p>` : ""}
    </section>`;
  }

  private saveCsv(): void {
    const { rows, rejected } = this.upload.value;
    save(CLASSIFIED_CSV_HEAD + classifiedCsvLines(rows, rejected), "classified.csv", "text/csv");
  }

  private saveJson(): void {
    const { rows, rejected, counts, metrics, model } = this.upload.value;
    const text = JSON.stringify({ rows, rejected, counts, ...(metrics && { metrics }), model });
    save(text, "classified.json", "application/json");
  }

  static override styles = [
    shared,
    documentPartStyles,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: center;
        gap: 8px;
      }
      .classes {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      .classes li {
        flex: 1 1 130px;
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0 10px;
        align-items: center;
        border: 1px solid var(--line);
        border-radius: 8px;
        padding: 8px 12px;
        background: var(--panel-raised);
      }
      .count {
        font-size: 22px;
        font-weight: 650;
        text-align: right;
      }
      .classes .dim {
        grid-column: 1 / -1;
        font-size: 13px;
      }
      .beside {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 330px), 1fr));
        gap: 12px 24px;
        align-items: start;
      }
    `,
  ];
}

function renderMetrics({ rows, accuracy, macroF1, order, confusion, classes }: ClassifyMetrics) {
  const names = order.filter((name) => classes[name].support > 0 || (classes[name].f1 ?? 0) > 0);
  return html`<p data-testid="scores">
      ${msg(str`Against the ${grouped(rows)} labels in the file: ${percent(accuracy)} right, mean F1 of its classes ${two(macroF1)}.`)}
    </p>
    <div class="beside">
      <chart-figure
        .draw=${(width: number) =>
          matrixChart({
            title: msg("Which rows were taken for which"),
            width: Math.min(width, 520),
            rows: [...order],
            columns: [...order],
            values: confusion,
            rowLabel: msg("Label"),
            columnLabel: msg("Called"),
          })}
      ></chart-figure>
      <table>
        <caption>
          ${msg("Class by class")}
        </caption>
        <thead>
          <tr>
            ${[msg("Class"), "Se", "+P", "F1", msg("Labels")].map((name, i) => html`<th scope="col" class=${i > 0 ? "figure" : ""}>${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${names.map((name) => {
            const { se, ppv, f1, support } = classes[name];
            return html`<tr>
              <th scope="row">${name}</th>
              ${[percent(se), percent(ppv), two(f1), grouped(support)].map((text) => html`<td class="figure">${text}</td>`)}
            </tr>`;
          })}
        </tbody>
      </table>
    </div>`;
}

customElements.define("upload-totals", UploadTotals);
