import { css, html, LitElement } from "lit";
import { conditionKind } from "../../../contracts/condition.ts";
import { consume, wardContext } from "../../context.ts";
import { follow } from "../../controllers/follow.ts";
import { shared } from "../../styles/shared.ts";
import type { OpenCondition } from "../../ward/ward-store.ts";

/** Says alarms to a screen reader: high priority at once, others when it has time. */
export class AlarmAnnouncer extends LitElement {
  private readonly ward = consume(this, wardContext);

  constructor() {
    super();
    follow(this, () => this.ward.value.changes.conditions);
  }

  protected override render() {
    const open = this.ward.value.openConditions;
    const words = (list: readonly OpenCondition[]): string =>
      list.map(({ bed, condition }) => `Bed ${bed.bed}: ${conditionKind(condition.kind).label}`).join(". ");
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
