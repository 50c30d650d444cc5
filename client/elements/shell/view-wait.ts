import { msg } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { documentStyles } from "../../styles/document.ts";
import { shared } from "../../styles/shared.ts";

/** Stands where a view will, while its code comes or when it has not come. Tells `again` when somebody asks for it anew. */
export class ViewWait extends LitElement {
  static override properties = { name: {}, failed: { type: Boolean } };

  /** What the view is called. */
  declare name: string;
  declare failed: boolean;

  constructor() {
    super();
    this.name = "";
    this.failed = false;
  }

  protected override render() {
    if (!this.failed)
      return html`<h1>${this.name}</h1>
        <p class="dim" role="status">${msg("Loading …")}</p>`;
    return html`
      <h1>${this.name}</h1>
      <section role="alert">
        <h2>${msg("This page did not load")}</h2>
        <p>
          ${msg("Its files did not come from the server: there is no connection, or the server has been renewed since this page was opened. Traces and alarms go on as far as they are connected.")}
        </p>
        <div class="choices">
          <button type="button" @click=${() => this.dispatchEvent(new Event("again"))}>${msg("Try again")}</button>
          <button type="button" @click=${() => location.reload()}>${msg("Open the page anew")}</button>
        </div>
      </section>
    `;
  }

  static override styles = [
    shared,
    documentStyles,
    css`
      .dim {
        margin-top: 0.75rem;
      }
    `,
  ];
}

customElements.define("view-wait", ViewWait);
