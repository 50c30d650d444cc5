import { css, html, LitElement, nothing } from "lit";
import { two } from "../../../charts/model-report/words.ts";
import { JUDGED_CLASSES } from "../../../contracts/beat.ts";
import type { ReportRecord } from "../../../contracts/report.ts";
import { grouped, percent } from "../../../kit/figures.ts";
import { documentPartStyles } from "../../styles/document.ts";
import { shared } from "../../styles/shared.ts";
import { ordered, type RecordColumn } from "./record-order.ts";

const COLUMNS: readonly (readonly [RecordColumn, string])[] = [
  ["record", "Record"],
  ["accuracy", "Right"],
  ["called", "Called"],
  ...JUDGED_CLASSES.map((name) => [name, `F1 of ${name}`] as const),
];

/** Figures of each record, which is each patient; a column's head orders them. */
export class RecordTable extends LitElement {
  static override properties = { records: { attribute: false }, column: { state: true }, isRising: { state: true } };
  declare records: readonly ReportRecord[];
  declare column: RecordColumn;
  declare isRising: boolean;

  constructor() {
    super();
    this.column = "accuracy";
    this.isRising = true;
  }

  protected override render() {
    const { column, isRising } = this;
    const state = (one: RecordColumn) => (one === column ? (isRising ? "ascending" : "descending") : nothing);
    return html`<div class="table" role="region" aria-label="Record by record" tabindex="0">
      <table>
        <caption>
          Record by record, the worst first. Beside each F1 the record's beats of the class; – where it has none.
        </caption>
        <thead>
          <tr>
            ${COLUMNS.map(
              ([one, name]) =>
                html`<th scope="col" aria-sort=${state(one)}>
                  <button @click=${() => this.order(one)}>
                    ${name}<span aria-hidden="true">${one === column ? (isRising ? " ▲" : " ▼") : ""}</span>
                  </button>
                </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${ordered(this.records, column, isRising).map(
            (record) =>
              html`<tr data-testid="record">
                <th scope="row">${record.record}</th>
                <td>${percent(record.accuracy)}</td>
                <td>${percent(record.coverage)}</td>
                ${JUDGED_CLASSES.map((name) => {
                  const own = record.classes[name];
                  if (!own || own.support === 0) return html`<td class="none">–</td>`;
                  return html`<td class=${(own.f1 ?? 0) < 0.6 ? "poor" : ""}>
                    ${two(own.f1)} <small>${grouped(own.support)}</small>
                  </td>`;
                })}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  private order(column: RecordColumn): void {
    this.isRising = column === this.column ? !this.isRising : true;
    this.column = column;
  }

  static override styles = [
    shared,
    documentPartStyles,
    css`
      table {
        width: 100%;
        min-width: 560px;
      }
      thead button {
        background: none;
        border: none;
        padding: 2px 0;
        min-height: 28px;
        color: var(--ink-dim);
        text-decoration: underline dotted;
        text-underline-offset: 3px;
      }
      th[aria-sort] button {
        color: var(--ink);
      }
      small,
      .none {
        color: var(--ink-dim);
      }
      .poor {
        color: var(--poor);
      }
    `,
  ];
}

customElements.define("record-table", RecordTable);
