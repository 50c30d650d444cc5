import { css, html, LitElement } from "lit";
import { CONDITION_KINDS } from "../../../contracts/condition.ts";
import { follow } from "../../controllers/follow.ts";
import { shared } from "../../styles/shared.ts";
import type { OpenCondition, Ward } from "../../ward/ward.ts";

/** Says alarms to a screen reader: high priority at once, others when it has time. */
export class AlarmAnnouncer extends LitElement {
  static override properties = { ward: { attribute: false } };
  declare ward: Ward;

  constructor() {
    super();
    follow(this, (changed) => this.ward.subscribe(changed));
  }

  protected override render() {
    const open = this.ward.openConditions;
    const words = (list: readonly OpenCondition[]): string =>
      list.map(({ bed, condition }) => `Bed ${bed.bed}: ${CONDITION_KINDS[condition.kind].label}`).join(". ");
    return html`
      <p class="hidden-visually" role="alert" aria-live="assertive">
        ${words(open.filter(({ condition }) => condition.priority === "high"))}
      </p>
      <p class="hidden-visually" aria-live="polite">
        ${words(open.filter(({ condition }) => condition.priority !== "high"))}
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
