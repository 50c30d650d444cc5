import { css, html, LitElement } from "lit";
import { consume, wardContext } from "../../context.ts";
import { follow } from "../../controllers/follow.ts";
import { shared } from "../../styles/shared.ts";
import type { BedAlarm } from "../../ward/ward-store.ts";

/** Says alarms to a screen reader: high priority at once, others when it has time. */
export class AlarmAnnouncer extends LitElement {
  private readonly ward = consume(this, wardContext);

  constructor() {
    super();
    follow(this, () => this.ward.value.changes.alarms);
  }

  protected override render() {
    const { alarms } = this.ward.value;
    const words = (list: readonly BedAlarm[]): string =>
      list
        .map(
          ({ bed, alarm: { label, detail } }) => `Bed ${bed.bed}: ${detail === null ? label : `${label}, ${detail}`}`,
        )
        .join(". ");
    return html`
      <p class="hidden-visually" role="alert" aria-live="assertive">
        ${words(alarms.filter(({ alarm }) => alarm.priority === "high"))}
      </p>
      <p class="hidden-visually" aria-live="polite">
        ${words(alarms.filter(({ alarm }) => alarm.priority !== "high"))}
      </p>
    `;
  }

  static override styles = [
    shared,
    css`
      :host {
        position: absolute;
      }
    `,
  ];
}

customElements.define("alarm-announcer", AlarmAnnouncer);
