import { css, html, LitElement } from "lit";
import type { Priority } from "../../../contracts/condition.ts";
import { shared } from "../../styles/shared.ts";

/** The heart rate in a slot of three figures, so that nothing moves as it changes. */
export class HeartRate extends LitElement {
  static override properties = { bpm: { type: Number }, priority: { type: String, reflect: true } };
  declare bpm: number | null;
  /** Of the condition that the rate belongs to, if any. */
  declare priority: Priority | null;

  constructor() {
    super();
    this.bpm = null;
    this.priority = null;
  }

  protected override render() {
    const text = this.bpm === null ? "––" : String(Math.round(this.bpm));
    return html`
      <span class="label">HR <span class="unit">/min</span></span>
      <span class="number ${this.bpm === null ? "unknown" : ""}" data-testid="heart-rate">${text}</span>
    `;
  }

  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-direction: column;
        align-items: flex-end;
        color: var(--trace);
      }
      :host([priority="high"]) {
        color: var(--high);
      }
      :host([priority="medium"]) {
        color: var(--medium);
      }
      .label {
        font-size: 13px;
        font-weight: 600;
        line-height: 1;
      }
      .unit {
        color: var(--ink-dim);
        font-weight: 400;
      }
      .number {
        font-size: var(--heart-rate-size, 56px);
        line-height: 1.02;
        font-weight: 600;
        letter-spacing: -0.02em;
        min-width: 3ch;
        text-align: right;
      }
      .unknown {
        color: var(--ink-dim);
        font-weight: 400;
      }
    `,
  ];
}

customElements.define("heart-rate", HeartRate);
