import { msg } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { consume, settingsContext } from "../../context.ts";
import { follow } from "../../controllers/follow.ts";
import { controls, shared } from "../../styles/shared.ts";
import { GAINS_MM_PER_MV, SPEEDS_MM_PER_S } from "../../trace/drawing/calibration.ts";

/** Paper speed and gain of all traces. */
export class DisplaySettings extends LitElement {
  private readonly settings = consume(this, settingsContext);

  constructor() {
    super();
    follow(this, () => this.settings.value.changes);
  }

  protected override render() {
    const settings = this.settings.value;
    const { speedMmPerS, gainMmPerMv } = settings.values;
    return html`
      ${choice(msg("Speed"), "mm/s", SPEEDS_MM_PER_S, speedMmPerS, (value) => settings.set({ speedMmPerS: value }))}
      ${choice(msg("Gain"), "mm/mV", GAINS_MM_PER_MV, gainMmPerMv, (value) => settings.set({ gainMmPerMv: value }))}
    `;
  }

  static override styles = [
    shared,
    controls,
    css`
      :host {
        display: flex;
        gap: 12px;
      }
      label {
        display: flex;
        align-items: center;
        gap: 6px;
        font-size: 13px;
        color: var(--ink-dim);
      }
      @media (max-width: 900px) {
        :host {
          gap: 6px;
        }
        .label {
          display: none;
        }
      }
    `,
  ];
}

function choice(
  label: string,
  unit: string,
  values: readonly number[],
  current: number,
  choose: (value: number) => void,
) {
  const changed = ({ target }: Event): void => {
    if (target instanceof HTMLSelectElement) choose(Number(target.value));
  };
  return html`<label>
    <span class="label">${label}</span>
    <select @change=${changed} aria-label="${label}, ${unit}">
      ${values.map((value) => html`<option value="${value}" ?selected=${value === current}>${value} ${unit}</option>`)}
    </select>
  </label>`;
}

customElements.define("display-settings", DisplaySettings);
