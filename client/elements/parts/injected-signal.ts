import { msg } from "@lit/localize";
import { css, html, LitElement, nothing } from "lit";
import { shared } from "../../styles/shared.ts";
import { injectedWords } from "../../ward/injected-words.ts";

/** Says that a trace is not what a patient or a recording has: noise and the like are mixed in. Shows nothing where none is. */
export class InjectedSignal extends LitElement {
  static override properties = { source: {} };
  /** As the bed's frames name it. */
  declare source: string;

  constructor() {
    super();
    this.source = "";
  }

  protected override render() {
    const words = injectedWords(this.source);
    return words === null
      ? nothing
      : html`<p data-testid="injected"><b>${msg("SIMULATED")}</b> <span>${words}</span></p>`;
  }

  static override styles = [
    shared,
    css`
      p {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        padding: 0.0625rem 0.4375rem;
        font-size: 0.8125rem;
        color: var(--ink);
        background: var(--panel);
        border: 1px dashed var(--ink-dim);
        border-radius: 4px;
      }
      b {
        letter-spacing: 0.04em;
      }
    `,
  ];
}

customElements.define("injected-signal", InjectedSignal);
