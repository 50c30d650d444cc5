import { msg, str } from "@lit/localize";
import { css, html, LitElement, nothing } from "lit";
import { consume, wardContext } from "../../context.ts";
import { everySecond } from "../../controllers/every-second.ts";
import { follow } from "../../controllers/follow.ts";
import { shared } from "../../styles/shared.ts";

/** What is broken between the beds' signals and the screens: technical alarms that no bed has. */
export class ProofFaults extends LitElement {
  private readonly ward = consume(this, wardContext);

  constructor() {
    super();
    follow(this, () => this.ward.value.proof.changes);
    follow(this, () => everySecond);
  }

  protected override render() {
    const { proof } = this.ward.value;
    const starvedMs = proof.starvedForMs(performance.now());
    const own =
      starvedMs === null
        ? nothing
        : html`<li data-stage="here">
            ${msg(str`This screen is not being fed: no proof of an alarm's way for ${Math.floor(starvedMs / 1000)} s`)}
          </li>`;
    return html`<div role="alert">
      <ul>
        ${own} ${proof.faults.map(({ stage, message }) => html`<li data-stage=${stage}>${message}</li>`)}
      </ul>
    </div>`;
  }

  static override styles = [
    shared,
    css`
      li {
        list-style: none;
        margin: 4px 0;
        padding: 4px 8px;
        border-radius: 6px;
        font-size: 14px;
        font-weight: 600;
        background: var(--medium-fill);
        color: var(--medium-ink);
      }
    `,
  ];
}

customElements.define("proof-faults", ProofFaults);
