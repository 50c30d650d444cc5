import { msg, str } from "@lit/localize";
import { css, html, LitElement, nothing } from "lit";
import { INJECTION_KINDS } from "../../../contracts/drift.ts";
import { SPEEDS } from "../../../contracts/simulation.ts";
import { follow } from "../../controllers/follow.ts";
import { DRIFT_CONTROLS, type DriftControl, stepOf, valueOf, withValue } from "../../simulation/drift-controls.ts";
import type { Wish, Wished } from "../../simulation/wish.ts";
import { session } from "../../session/session.ts";
import { documentPartStyles } from "../../styles/document.ts";
import { shared } from "../../styles/shared.ts";
import { commandStyles } from "../parts/no-commands.ts";

/** Record, speed and disturbances of one bed, as they are really played, and what has become of what was asked for. */
export class PlayControls extends LitElement {
  static override properties = { wish: { attribute: false } };
  declare wish: Wish;

  constructor() {
    super();
    follow(this, () => this.wish.bed.changes);
    follow(this, () => this.wish.changes);
    follow(this, () => session.changes);
  }

  protected override render() {
    const { shown, bed } = this.wish;
    if (!shown) {
      return html`<section data-testid="no-simulator">
        <h2>${msg("Nothing answers here")}</h2>
        <p>
          ${msg(html`No simulator says that it plays bed ${bed.bed}, so nothing can be changed from this page. <code>npm start</code> brings one of its own; beside processes of their own, <code>npm run simulate</code> is one. Beds of real monitors never answer.`)}
        </p>
      </section>`;
    }
    return html`<section>
      <h2>${msg(str`What bed ${bed.bed} plays`)}</h2>
      <no-commands></no-commands>
      <fieldset ?disabled=${session.whyNoCommands !== null}>
        <div class="record">${this.renderRecord(shown)}${this.renderSpeed(shown)}</div>
        <div class="drift">${DRIFT_CONTROLS.map((control) => this.renderDrift(shown, control))}</div>
        <div class="choices">
          ${this.renderLeadsOff(shown)}
          <button type="button" ?disabled=${shown.drift === ""} @click=${() => this.ask({ drift: "" })}>
            ${msg("Remove all disturbances")}
          </button>
        </div>
      </fieldset>
      ${this.hasNoise ? nothing : html`<p class="dim">${msg(html`Recorded noise (NSTDB) is not here: <code>npm run fetch -- nstdb</code> brings it.`)}</p>`}
      <p role="status" data-testid="outcome">${this.renderOutcome()}</p>
    </section>`;
  }

  private get hasNoise(): boolean {
    return (this.wish.bed.simulation?.noise ?? []).length > 0;
  }

  private renderRecord({ record }: Wished) {
    const { records = [] } = this.wish.bed.simulation ?? {};
    const names = records.includes(record) ? records : [record, ...records];
    return html`<label
      >${msg("Record")}
      <select data-testid="record" @change=${(event: Event) => this.ask({ record: valueIn(event) })}>
        ${names.map((name) => html`<option value=${name} .selected=${name === record}>${name}</option>`)}
      </select></label
    >`;
  }

  private renderSpeed({ speed }: Wished) {
    const speeds = (SPEEDS as readonly number[]).includes(speed) ? SPEEDS : [speed, ...SPEEDS];
    return html`<label
      >${msg("Speed")}
      <select data-testid="speed" @change=${(event: Event) => this.ask({ speed: Number(valueIn(event)) })}>
        ${speeds.map((one) => html`<option value=${one} .selected=${one === speed}>× ${one}</option>`)}
      </select></label
    >`;
  }

  private renderDrift({ drift }: Wished, control: DriftControl) {
    const { kind, label, steps, recorded } = control;
    const value = valueOf(drift, kind);
    const { unit, what } = INJECTION_KINDS[kind];
    const words = kind === "gain" ? `× ${value ?? 1}` : value === null ? msg("none") : `${value} ${unit}`;
    return html`<label title=${what}
      ><span>${label()}</span>
      <input
        type="range"
        min="0"
        max=${steps.length - 1}
        step="1"
        data-testid=${kind}
        aria-valuetext=${words}
        ?disabled=${recorded && !this.hasNoise}
        .value=${String(stepOf(control, value))}
        @input=${(event: Event) => {
          const { shown } = this.wish;
          if (shown) this.ask({ drift: withValue(shown.drift, kind, steps[Number(valueIn(event))]) });
        }}
      />
      <output>${words}</output></label
    >`;
  }

  /** All leads, or one of them: by its place, as the simulator knows no names. */
  private renderLeadsOff({ drift }: Wished) {
    const off = valueOf(drift, "lead-off");
    const choices = [msg("Take all leads off"), ...this.wish.bed.leads.map((name) => msg(str`Take ${name} off`))];
    return choices.map(
      (words, value) =>
        html`<button
          type="button"
          data-testid=${value === 0 ? "lead-off" : `lead-off-${value}`}
          aria-pressed=${off === value}
          @click=${() => this.ask({ drift: withValue(drift, "lead-off", off === value ? null : value) })}
        >
          ${words}
        </button>`,
    );
  }

  private renderOutcome() {
    const { outcome, reason } = this.wish;
    switch (outcome) {
      case "none":
        return nothing;
      case "asking":
        return msg("Asked …");
      case "played":
        return msg("The bed plays what you asked for.");
      case "refused":
        return msg(str`Refused: ${reason}. The bed plays as before.`);
      case "unanswered":
        return msg(
          "Nothing answers: the simulator that played this bed is not there. The controls show what it last said.",
        );
      case "failed":
        return reason;
    }
  }

  private ask(change: Partial<Wished>): void {
    const { shown } = this.wish;
    if (shown) this.wish.ask({ ...shown, ...change });
  }

  static override styles = [
    shared,
    ...documentPartStyles,
    commandStyles,
    css`
      .record {
        display: flex;
        flex-wrap: wrap;
        gap: 0.75rem 1.5rem;
      }
      .record label {
        display: flex;
        align-items: center;
        gap: 0.5rem;
      }
      .drift {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr));
        gap: 0.25rem 2rem;
      }
      .drift label {
        display: grid;
        grid-template-columns: 9.5rem minmax(0, 1fr) 4.5rem;
        align-items: center;
        gap: 0.75rem;
        min-height: 2.25rem;
      }
      input {
        width: 100%;
        accent-color: var(--focus);
      }
      output {
        text-align: right;
        white-space: nowrap;
      }
      [role="status"] {
        min-height: 1.5em;
      }
    `,
  ];
}

function valueIn({ target }: Event): string {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement ? target.value : "";
}

customElements.define("play-controls", PlayControls);
