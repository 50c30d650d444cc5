import { msg } from "@lit/localize";
import { css, html, LitElement, svg } from "lit";
import { consume, soundContext } from "../../context.ts";
import { follow } from "../../controllers/follow.ts";
import type { SoundState } from "../../sound/alarm-sound.ts";
import { shared } from "../../styles/shared.ts";

const SPEAKER = svg`<path d="M2 7h3l4-4v14l-4-4H2z" />`;
const WAVES = svg`<path class="line" d="M12 7c1.6 1.6 1.6 4.4 0 6M14.6 4.6c3 3 3 7.8 0 10.8" />`;
const CROSS = svg`<path class="line" d="M12.5 7l6 6M18.5 7l-6 6" />`;

const WORDS: Readonly<Record<SoundState, () => { readonly state: string; readonly means: string }>> = {
  off: () => ({ state: msg("Sound off"), means: msg("No alarm sounds at this screen. Press to turn its sound on.") }),
  ready: () => ({ state: msg("Sound on"), means: msg("Alarms sound at this screen. Press to turn its sound off.") }),
  blocked: () => ({
    state: msg("Sound blocked: press"),
    means: msg("This browser lets nothing sound until the page is touched."),
  }),
  missing: () => ({
    state: msg("No sound here"),
    means: msg("This browser has no sound: alarms are seen here, and not heard."),
  }),
};

/** Whether alarms sound at this screen, always in sight, and how to change it. */
export class SoundSwitch extends LitElement {
  private readonly sound = consume(this, soundContext);

  constructor() {
    super();
    follow(this, () => this.sound.value.changes);
  }

  protected override render() {
    const { state } = this.sound.value;
    const isOn = state === "ready";
    return html`<button
      class=${state}
      data-testid="sound"
      data-state=${state}
      aria-pressed=${isOn ? "true" : "false"}
      title=${WORDS[state]().means}
      ?disabled=${state === "missing"}
      @click=${() => this.press()}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">${SPEAKER}${isOn ? WAVES : CROSS}</svg>
      <span aria-live="polite">${WORDS[state]().state}</span>
    </button>`;
  }

  private press(): void {
    const sound = this.sound.value;
    if (sound.state === "ready") sound.turnOff();
    else sound.turnOn();
  }

  static override styles = [
    shared,
    css`
      button {
        display: flex;
        align-items: center;
        gap: 0.375rem;
        min-height: 1.875rem;
        padding: 0.125rem 0.625rem;
        border: 1px solid var(--line);
        border-radius: 0.375rem;
        font: inherit;
        font-size: 0.875rem;
        font-weight: 600;
        white-space: nowrap;
        color: var(--ink);
        background: var(--panel-raised);
        cursor: pointer;
      }
      svg {
        width: 1.125rem;
        height: 1.125rem;
        fill: currentColor;
      }
      .line {
        fill: none;
        stroke: currentColor;
        stroke-width: 1.8;
        stroke-linecap: round;
      }
      .off,
      .missing {
        color: var(--medium);
        border-color: var(--medium);
        background: none;
        font-weight: 700;
      }
      .blocked {
        color: var(--medium-ink);
        border-color: var(--medium-fill);
        background: var(--medium-fill);
        font-weight: 700;
      }
    `,
  ];
}

customElements.define("sound-switch", SoundSwitch);
