import { msg } from "@lit/localize";
import { css, html, LitElement } from "lit";
import type { Priority } from "../../../contracts/condition.ts";
import { type HeartRate as Rate, isBelow } from "../../../contracts/heart-rate.ts";
import { shared } from "../../styles/shared.ts";
import { rateReasonWords } from "../../words/readings.ts";

/** A rate is reckoned anew at each beat: what looks as before is not drawn again. */
const looksOther = (rate: Rate | null, before: Rate | null | undefined): boolean =>
  whole(rate) !== whole(before ?? null) ||
  (["validity", "reason", "condition", "limitBpm"] as const).some((name) => rate?.[name] !== before?.[name]);

const whole = (rate: Rate | null): number | null => (rate?.bpm == null ? null : Math.round(rate.bpm));

/**
 * The heart rate in a slot of three figures, so that nothing moves as it changes; above it the limit that it is beyond, or why it is not valid. One that
 * may be wrong is hatched and has a question mark.
 */
export class HeartRate extends LitElement {
  static override properties = {
    rate: { attribute: false, hasChanged: looksOther },
    priority: { type: String, reflect: true },
    valid: { type: Boolean, reflect: true },
  };
  declare rate: Rate | null;
  /** Of the alarm that the rate belongs to, if any. */
  declare priority: Priority | null;
  /** Of this moment, beyond doubt: what is not has no part in the colour of what is. */
  declare valid: boolean;

  constructor() {
    super();
    this.rate = null;
    this.priority = null;
    this.valid = false;
  }

  protected override willUpdate(): void {
    this.valid = this.rate?.validity === "valid";
  }

  protected override render() {
    const { bpm, validity, reason } = this.rate ?? NONE;
    const isUncertain = validity === "uncertain";
    const limit = this.limitText;
    const note = [limit, reason && rateReasonWords(reason)].filter(Boolean).join(" · ");
    return html`
      <span class="label"
        ><span class="name">${msg("HR")}</span>
        ${note ? html`<span class="note ${limit ? "limit" : ""}" title=${note}>${note}</span>` : html`<span class="unit">/min</span>`}</span
      >
      <span class="value ${validity}"
        ><span class="number" data-testid="heart-rate">${bpm === null ? "––" : Math.round(bpm)}</span
        >${isUncertain ? html`<span class="mark" title=${msg("may be wrong")}>?</span>` : ""}</span
      >
    `;
  }

  private get limitText(): string {
    const { bpm, condition, limitBpm } = this.rate ?? NONE;
    if (bpm === null || condition === null || limitBpm === null) return "";
    return `${isBelow(condition) ? "<" : ">"} ${limitBpm}`;
  }

  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-direction: column;
        align-items: flex-end;
        min-width: 0;
        color: var(--trace);
      }
      :host([priority="high"]) {
        color: var(--high);
      }
      :host([priority="medium"]) {
        color: var(--medium);
      }
      :host([priority="low"]) {
        color: var(--low);
      }
      .label {
        display: var(--heart-rate-label, block);
        max-width: 100%;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-size: 13px;
        font-weight: 600;
        line-height: 1;
      }
      .unit {
        color: var(--ink-dim);
        font-weight: 400;
      }
      .note {
        color: var(--ink);
      }
      .limit {
        color: inherit;
      }
      /* Where there is no room for both, why there is no rate is told rather than that this is one. */
      .name:has(+ .note:not(.limit)) {
        display: var(--heart-rate-name, inline);
      }
      .value {
        font-size: var(--heart-rate-size, 56px);
        line-height: 1.02;
        font-weight: 600;
        letter-spacing: -0.02em;
        white-space: nowrap;
      }
      .number {
        display: inline-block;
        min-width: 3ch;
        text-align: right;
      }
      .mark {
        font-size: 0.6em;
        margin-left: 0.1em;
      }
      .uncertain {
        border-radius: 4px;
        background: repeating-linear-gradient(-45deg, var(--hatch) 0 1px, transparent 1px 7px);
      }
      .unknown {
        font-weight: 400;
      }
      :host(:not([priority]):not([valid])) {
        color: var(--ink-dim);
      }
    `,
  ];
}

const NONE = { bpm: null, validity: "unknown", reason: null, condition: null, limitBpm: null } as const;

customElements.define("heart-rate", HeartRate);
