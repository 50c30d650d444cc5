import { msg, str } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { BEAT_CLASSES, type BeatClass } from "../../../contracts/beat.ts";
import type { ClassifiedRow } from "../../../contracts/classify-api.ts";
import { grouped, percent } from "../../../kit/figures.ts";
import { consume, uploadContext } from "../../context.ts";
import { follow } from "../../controllers/follow.ts";
import { documentPartStyles } from "../../styles/document.ts";
import { shared } from "../../styles/shared.ts";
import { chooseRows, confidenceOf, isWrong, type RowChoice } from "../../upload/choose-rows.ts";
import "../parts/beat-chip.ts";
import "./uploaded-beat.ts";

const PAGE = 50;

/** The rows of a file, fifty at a time, and the one that is looked at. */
export class UploadRows extends LitElement {
  static override properties = {
    choice: { state: true },
    page: { state: true },
    picked: { state: true },
  };
  declare choice: RowChoice;
  declare page: number;
  /** Line of the row that is looked at; null: the first one. */
  declare picked: number | null;
  private readonly upload = consume(this, uploadContext);

  constructor() {
    super();
    this.choice = { beatClass: null, onlyWrong: false, order: "file" };
    this.page = 0;
    this.picked = null;
    follow(this, () => this.upload.value.changes);
  }

  protected override render() {
    const run = this.upload.value;
    const { choice } = this;
    const rows = chooseRows(run.rows, choice);
    const pages = Math.max(1, Math.ceil(rows.length / PAGE));
    const page = Math.min(this.page, pages - 1);
    const shown = rows.slice(page * PAGE, (page + 1) * PAGE);
    const picked = shown.find(({ row }) => row === this.picked) ?? shown.at(0);
    const hasLabels = run.rows.some(({ label }) => label !== undefined);
    return html`<section>
      <h2>${msg("Row by row")}</h2>
      <div class="choices">
        <label
          >${msg("Called")}
          <select aria-label=${msg("Class called")} @change=${this.chooseClass}>
            <option value="">${msg("any class")}</option>
            ${BEAT_CLASSES.map((name) => html`<option value=${name} ?selected=${name === choice.beatClass}>${name}</option>`)}
          </select></label
        >
        <label
          >${msg("Order")}
          <select aria-label=${msg("Order")} @change=${this.chooseOrder}>
            <option value="file">${msg("of the file")}</option>
            <option value="unsure" ?selected=${choice.order === "unsure"}>${msg("least sure first")}</option>
          </select></label
        >
        ${
          hasLabels
            ? html`<label class="check"
                ><input type="checkbox" .checked=${choice.onlyWrong} @change=${this.chooseWrong} />
                ${msg("only where label and class differ")}</label
              >`
            : ""
        }
      </div>
      <div class="both">
        <div>
          <table>
            <thead>
              <tr>
                <th scope="col">${msg("Line")}</th>
                <th scope="col">${msg("Called")}</th>
                <th scope="col">${msg("Sure")}</th>
                ${hasLabels ? html`<th scope="col">${msg("Label")}</th>` : ""}
              </tr>
            </thead>
            <tbody @keydown=${(event: KeyboardEvent) => this.move(event, shown, picked)}>
              ${shown.map((row) => this.renderRow(row, row === picked, hasLabels))}
            </tbody>
          </table>
          ${shown.length === 0 ? html`<p class="missing">${msg("No such row.")}</p>` : ""}
          <div class="choices pages">
            <button ?disabled=${page === 0} @click=${() => (this.page = page - 1)}>‹ ${msg("Before")}</button>
            <span role="status" data-testid="page"
              >${msg(str`${rows.length === 0 ? 0 : page * PAGE + 1} to ${page * PAGE + shown.length} of ${grouped(rows.length)}`)}</span
            >
            <button ?disabled=${page >= pages - 1} @click=${() => (this.page = page + 1)}>${msg("Next")} ›</button>
          </div>
        </div>
        ${picked ? html`<uploaded-beat .row=${picked} .samples=${run.beats.at(picked.row)}></uploaded-beat>` : ""}
      </div>
    </section>`;
  }

  private renderRow(row: ClassifiedRow, isPicked: boolean, hasLabels: boolean) {
    const mark = isWrong(row) ? html`<span class="wrong">≠</span>` : "";
    return html`<tr data-testid="row" class=${isPicked ? "picked" : ""} @click=${() => (this.picked = row.row)}>
      <th scope="row">
        <button aria-pressed=${isPicked} aria-label=${msg(str`Show line ${row.row}`)} data-row=${row.row}>
          ${row.row}
        </button>
      </th>
      <td><beat-chip .beatClass=${row.beatClass}></beat-chip></td>
      <td>${percent(confidenceOf(row), 0)}</td>
      ${hasLabels ? html`<td>${row.label ?? "–"} ${mark}</td>` : ""}
    </tr>`;
  }

  /** Arrow keys go from row to row. */
  private move(event: KeyboardEvent, shown: readonly ClassifiedRow[], picked: ClassifiedRow | undefined): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || !picked) return;
    event.preventDefault();
    const next = shown[shown.indexOf(picked) + step];
    if (!next) return;
    this.picked = next.row;
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(`button[data-row="${next.row}"]`)?.focus(),
    );
  }

  private chooseClass({ target }: Event): void {
    if (!(target instanceof HTMLSelectElement)) return;
    const beatClass = BEAT_CLASSES.find((name): name is BeatClass => name === target.value) ?? null;
    this.choose({ ...this.choice, beatClass });
  }

  private chooseOrder({ target }: Event): void {
    if (target instanceof HTMLSelectElement)
      this.choose({ ...this.choice, order: target.value === "unsure" ? "unsure" : "file" });
  }

  private chooseWrong({ target }: Event): void {
    if (target instanceof HTMLInputElement) this.choose({ ...this.choice, onlyWrong: target.checked });
  }

  private choose(choice: RowChoice): void {
    this.choice = choice;
    this.page = 0;
    this.picked = null;
  }

  static override styles = [
    shared,
    documentPartStyles,
    css`
      .choices {
        align-items: center;
        gap: 8px 16px;
        font-size: 14px;
      }
      label {
        display: flex;
        align-items: center;
        gap: 6px;
      }
      .both {
        display: grid;
        grid-template-columns: minmax(250px, 1fr) minmax(0, 1.6fr);
        gap: 16px 24px;
        align-items: start;
      }
      uploaded-beat {
        position: sticky;
        top: 8px;
      }
      table {
        width: 100%;
      }
      th,
      td {
        padding: 2px 8px 2px 0;
        vertical-align: middle;
      }
      tbody tr {
        cursor: pointer;
      }
      tbody tr:hover,
      .picked {
        background: var(--panel-raised);
      }
      tbody button {
        min-height: 28px;
        min-width: 64px;
        padding: 0 8px;
        background: none;
        text-align: right;
      }
      .wrong {
        color: var(--poor);
        font-weight: 700;
      }
      .pages {
        margin-top: 10px;
        justify-content: space-between;
      }
      @media (max-width: 700px) {
        .both {
          grid-template-columns: minmax(0, 1fr);
        }
        uploaded-beat {
          order: -1;
          background: var(--panel);
          z-index: 1;
          border-bottom: 1px solid var(--line);
        }
      }
    `,
  ];
}

customElements.define("upload-rows", UploadRows);
