import { msg, str } from "@lit/localize";
import { css, html, LitElement, nothing } from "lit";
import { consume, settingsContext } from "../../../context.ts";
import { follow } from "../../../controllers/follow.ts";
import { timeOfDay } from "../../../format.ts";
import { controls, shared, toolRow } from "../../../styles/shared.ts";
import type { MonitoredBed } from "../../../ward/monitored-bed.ts";
import type { Freeze } from "./freeze.ts";

/** A press of a button scrolls by so much. */
const STEP_S = 5;

/** What may be done to the traces of a bed that is open: freeze them, scroll back, measure. */
export class TraceTools extends LitElement {
  static override properties = { bed: { attribute: false }, freeze: { attribute: false } };
  declare bed: MonitoredBed;
  declare freeze: Freeze;
  private readonly settings = consume(this, settingsContext);

  constructor() {
    super();
    follow(this, () => this.settings.value.changes);
    follow(this, () => this.freeze.changes);
    follow(
      this,
      () => this.bed.changes,
      () => this.bed.trace?.rateHz ?? 0,
    );
  }

  protected override render() {
    const { bed, freeze } = this;
    const isFrozen = freeze.signal !== null;
    const { letterKeys } = this.settings.value.values;
    return html`<button
        type="button"
        class=${isFrozen ? "live" : ""}
        data-testid="freeze"
        aria-keyshortcuts=${letterKeys ? "F" : nothing}
        ?disabled=${!bed.trace}
        @click=${() => freeze.toggle(bed, performance.now())}
      >
        ${isFrozen ? msg("Back to live") : msg("Freeze")} ${letterKeys ? html`<kbd>F</kbd>` : nothing}
      </button>
      <button
        type="button"
        data-testid="callipers"
        aria-keyshortcuts=${letterKeys ? "C" : nothing}
        aria-pressed=${freeze.callipers !== null}
        ?disabled=${!bed.trace}
        @click=${() => freeze.toggleCallipers(bed, performance.now())}
      >
        ${msg("Callipers")} ${letterKeys ? html`<kbd>C</kbd>` : nothing}
      </button>
      ${isFrozen ? this.renderScroll() : nothing} ${this.renderMarch()}
      <p class="hidden-visually" role="status">
        ${isFrozen ? msg("Traces are frozen. Alarms and numbers go on.") : freeze.isWaiting ? msg("Waiting for data") : ""}
      </p>`;
  }

  private renderMarch() {
    const { callipers, marchesOut } = this.freeze;
    if (!callipers) return nothing;
    return html`<button
      type="button"
      data-testid="march"
      aria-pressed=${marchesOut}
      @click=${() => {
        this.freeze.touch(performance.now());
        this.freeze.toggleMarch();
      }}
    >
      ${msg("March out")}
    </button>`;
  }

  private renderScroll() {
    const { freeze } = this;
    const scroll = (seconds: number): void => {
      freeze.touch(performance.now());
      freeze.scrollBySeconds(seconds);
    };
    const { signal, to } = freeze;
    if (!signal) return nothing;
    const agoS = (signal.end - to) / signal.rateHz;
    return html`<div class="scroll" role="group" aria-label=${msg("Scroll back")}>
      <button type="button" data-testid="earlier" aria-label=${msg("Earlier")} @click=${() => scroll(-STEP_S)}>
        ‹
      </button>
      <span>${msg(str`until ${timeOfDay(freeze.timeMsOf(to))}`)}</span>
      <button
        type="button"
        data-testid="later"
        aria-label=${msg("Later")}
        ?disabled=${agoS === 0}
        @click=${() => scroll(STEP_S)}
      >
        ›
      </button>
    </div>`;
  }

  static override styles = [
    shared,
    controls,
    toolRow,
    css`
      button.live {
        font-weight: 700;
        color: var(--bg);
        background: var(--focus);
        border-color: var(--focus);
      }
      kbd {
        margin-left: 0.25rem;
        padding: 0 0.3rem;
        font: inherit;
        font-size: 0.75rem;
        border: 1px solid currentcolor;
        border-radius: 3px;
      }
      .scroll {
        display: flex;
        align-items: center;
        gap: 0.5rem;
      }
      .scroll button {
        min-width: 2.25rem;
        font-size: 1.125rem;
        line-height: 1;
      }
    `,
  ];
}

customElements.define("trace-tools", TraceTools);
