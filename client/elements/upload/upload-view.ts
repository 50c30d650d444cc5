import { msg, str } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { decimals, grouped } from "../../../kit/figures.ts";
import { consume, uploadContext } from "../../context.ts";
import { follow } from "../../controllers/follow.ts";
import { documentStyles } from "../../styles/document.ts";
import { shared } from "../../styles/shared.ts";
import { exampleCsv } from "../../upload/example.ts";
import "./upload-rows.ts";
import "./upload-totals.ts";

/** A CSV file of beats in, each row's class out. */
export class UploadView extends LitElement {
  static override properties = { isOver: { state: true } };
  /** A file is held over the page. */
  declare isOver: boolean;
  private readonly upload = consume(this, uploadContext);

  constructor() {
    super();
    this.isOver = false;
    follow(this, () => this.upload.value.changes);
  }

  protected override render() {
    const run = this.upload.value;
    const isRunning = run.status === "running";
    return html`
      <h1>${msg("Classify a file of beats")}</h1>
      <section
        class="drop ${this.isOver ? "over" : ""}"
        @dragover=${(event: DragEvent) => this.over(event, true)}
        @dragleave=${(event: DragEvent) => this.over(event, false)}
        @drop=${this.drop}
      >
        <p>
          ${msg("A CSV file, one beat a row: 187 values from 0 to 1 at 125 Hz, and behind them, where it is known, the class (0 to 4, or N S V F Q), as in Kaggle's heartbeat files. A header may name the label and other columns anywhere. Nothing is kept by the server.")}
        </p>
        <p>
          ${msg(html`Each row is judged alone, by a model that learned from beats of the patients in those very files. On other patients it is of little use (<a href="./model">Model</a> has the figures): a recording with its rhythm belongs on the ward, where the live model judges each beat with those before it.`)}
        </p>
        <div class="choices">
          <label class="button primary">
            ${msg("Choose a file")}<input
              type="file"
              accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
              ?disabled=${isRunning}
              @change=${this.choose}
            />
          </label>
          <button ?disabled=${isRunning} @click=${this.tryExample}>${msg("Try an example")}</button>
          <span class="dim or">${msg("or drop one here")}</span>
        </div>
        ${
          run.status === "none"
            ? html`<p class="dim">
                ${msg(html`The example is made up by this page: 120 drawn beats (normal, early, wide), not recordings. The model learned from recordings, so its answers to drawn beats say nothing of how good it is; <a href="./model">Model</a> does.`)}
              </p>`
            : this.renderState()
        }
      </section>
      ${run.rows.length + run.rejected.length > 0 ? this.renderResults() : ""}
    `;
  }

  private renderState() {
    const run = this.upload.value;
    const { name, bytes, sent, rows, rejected, message } = run;
    const counted = msg(str`${grouped(rows.length)} rows classified, ${grouped(rejected.length)} refused`);
    const far = sent < bytes ? msg(str`${megabytes(sent)} of ${megabytes(bytes)} sent`) : msg("sent");
    const words = {
      none: "",
      running: `${name}: ${far}; ${counted}`,
      done: `${name}: ${counted}.`,
      failed: `${name}: ${message}${rows.length > 0 ? msg(str`. Before that ${counted}.`) : ""}`,
      cancelled: msg(str`${name}: cancelled. Until then ${counted}.`),
    }[run.status];
    return html`<div class="state ${run.status}">
      ${run.status === "running" ? html`<progress max=${Math.max(1, bytes)} .value=${sent} aria-label=${msg("File sent")}></progress>` : ""}
      <p role="status" data-testid="upload-status" data-status=${run.status}>${words}</p>
      ${run.status === "running" ? html`<button @click=${() => run.cancel()}>${msg("Cancel")}</button>` : ""}
    </div>`;
  }

  private renderResults() {
    const run = this.upload.value;
    return html`
      <upload-totals></upload-totals>
      ${run.rows.length > 0 ? html`<upload-rows></upload-rows>` : ""}
      ${
        run.rejected.length > 0
          ? html`<section>
              <h2>${msg(str`Refused rows: ${grouped(run.rejected.length)}`)}</h2>
              <p class="dim">
                ${msg("Line of the file, as an editor shows it, and why.")}
                ${run.rejected.length > 100 ? msg("The first 100.") : ""}
              </p>
              <ul class="refused" tabindex="0" aria-label=${msg("Refused rows")}>
                ${run.rejected
                  .slice(0, 100)
                  .map(
                    ({ row, reason }) =>
                      html`<li data-testid="rejected"><b>${msg(str`Line ${row}`)}</b> ${reason}</li>`,
                  )}
              </ul>
            </section>`
          : ""
      }
    `;
  }

  private over(event: DragEvent, isOver: boolean): void {
    event.preventDefault();
    this.isOver = isOver;
  }

  private drop(event: DragEvent): void {
    this.over(event, false);
    const file = event.dataTransfer?.files.item(0);
    if (file && this.upload.value.status !== "running") this.upload.value.start(file, file.name);
  }

  private choose({ target }: Event): void {
    if (!(target instanceof HTMLInputElement)) return;
    const file = target.files?.item(0);
    if (file) this.upload.value.start(file, file.name);
    // The same file may be chosen again, after it was mended.
    target.value = "";
  }

  private tryExample(): void {
    this.upload.value.start(new Blob([exampleCsv()], { type: "text/csv" }), "example.csv");
  }

  static override styles = [
    shared,
    documentStyles,
    css`
      .drop {
        border-style: dashed;
        border-color: var(--ink-dim);
      }
      .drop.over {
        border-color: var(--focus);
        background: var(--panel-raised);
      }
      .choices {
        align-items: center;
      }
      .primary {
        position: relative;
        overflow: hidden;
        border-color: var(--focus);
        font-weight: 600;
      }
      .primary:focus-within {
        outline: 2px solid var(--focus);
        outline-offset: 2px;
      }
      input[type="file"] {
        position: absolute;
        inset: 0;
        opacity: 0;
        cursor: pointer;
        font-size: 0;
      }
      .state {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 14px;
      }
      progress {
        width: min(100%, 300px);
        accent-color: var(--focus);
      }
      .failed p {
        color: var(--poor);
        font-weight: 600;
      }
      .refused {
        max-height: 220px;
        overflow: auto;
        display: grid;
        gap: 4px;
        font-size: 14px;
      }
      .refused b {
        display: inline-block;
        min-width: 6em;
      }
    `,
  ];
}

const megabytes = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${decimals(bytes / 1e6, 1)} MB`;

customElements.define("upload-view", UploadView);
