import { css, html, LitElement } from "lit";
import type { BeatClass } from "../../../contracts/beat.ts";
import { shared } from "../../styles/shared.ts";
import { classWords } from "../../words/readings.ts";

/** A beat's class: its letter on its colour. */
export class BeatChip extends LitElement {
  static override properties = { beatClass: { type: String, reflect: true, attribute: "class-name" } };
  declare beatClass: BeatClass | null;

  constructor() {
    super();
    this.beatClass = null;
  }

  protected override render() {
    const { beatClass } = this;
    if (beatClass === null) return html`<span class="none">–</span>`;
    return html`<abbr title="${classWords(beatClass)}">${beatClass}</abbr>`;
  }

  static override styles = [
    shared,
    css`
      :host {
        display: inline-grid;
        place-items: center;
        width: 1.7em;
        height: 1.7em;
        border-radius: 4px;
        font-weight: 700;
        line-height: 1;
        color: var(--chip-ink);
      }
      abbr {
        text-decoration: none;
      }
      .none {
        color: var(--ink-dim);
      }
      :host([class-name="N"]) {
        color: var(--beat-N);
        box-shadow: inset 0 0 0 1px var(--line);
      }
      :host([class-name="S"]) {
        background: var(--beat-S);
      }
      :host([class-name="V"]) {
        background: var(--beat-V);
      }
      :host([class-name="F"]) {
        background: var(--beat-F);
      }
      :host([class-name="Q"]) {
        background: var(--beat-Q);
      }
    `,
  ];
}

customElements.define("beat-chip", BeatChip);
