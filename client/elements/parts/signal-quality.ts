import { msg } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { shared } from "../../styles/shared.ts";

/** Quality from which on each bar is lit, and its word. */
const STEPS = [
  { from: 0, word: () => msg("Signal unusable") },
  { from: 0.3, word: () => msg("Signal poor") },
  { from: 0.5, word: () => msg("Signal fair") },
  { from: 0.75, word: () => msg("Signal good") },
] as const;

/** Of a quality of 0 to 1, null where unknown; e.g. "Signal good". */
export const qualityWord = (quality: number | null): string =>
  (quality === null ? undefined : STEPS.findLast(({ from }) => quality >= from))?.word() ?? msg("Signal unknown");

/** How clean the signal is: four bars, and a word for who can't see them. */
export class SignalQuality extends LitElement {
  static override properties = { quality: { type: Number } };
  /** 0 (noise) to 1 (clean); null where unknown. */
  declare quality: number | null;

  constructor() {
    super();
    this.quality = null;
  }

  protected override render() {
    const { quality } = this;
    const lit = quality === null ? [] : STEPS.filter(({ from }) => quality >= from);
    const words = qualityWord(quality);
    return html`<span class="bars n${lit.length}" role="img" aria-label="${words}" title="${words}">
      ${STEPS.map((_, index) => html`<span class="bar ${index < lit.length ? "lit" : ""}"></span>`)}
    </span>`;
  }

  static override styles = [
    shared,
    css`
      :host {
        display: inline-block;
      }
      .bars {
        display: flex;
        align-items: flex-end;
        gap: 2px;
        height: 15px;
      }
      .bar {
        width: 4px;
        height: 5px;
        border-radius: 1px;
        background: var(--line);
      }
      .bar:nth-child(2) {
        height: 8px;
      }
      .bar:nth-child(3) {
        height: 11px;
      }
      .bar:nth-child(4) {
        height: 15px;
      }
      .lit {
        background: var(--ink-dim);
      }
      .n1 .lit,
      .n2 .lit {
        background: var(--low);
      }
    `,
  ];
}

customElements.define("signal-quality", SignalQuality);
