import { css, html, LitElement } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { consume, wardContext } from "../../context.ts";
import { follow } from "../../controllers/follow.ts";
import { shared } from "../../styles/shared.ts";
import { CUT_OFF } from "../../ward/alarm.ts";
import { alarmNews } from "./alarm-news.ts";

/** Says to a screen reader what is new of the ward's alarms, once: high priority at once, all else when it has time. */
export class AlarmAnnouncer extends LitElement {
  private readonly ward = consume(this, wardContext);
  private readonly news = alarmNews();
  private urgent = "";
  private other = "";
  private count = 0;

  constructor() {
    super();
    follow(this, () => this.ward.value.changes.alarms);
  }

  protected override willUpdate(): void {
    // That the page is cut off is said once, by its banner.
    const news = this.news(this.ward.value.alarms.filter(({ alarm }) => alarm.kind !== CUT_OFF));
    if (news.length === 0) return;
    const words = (isUrgent: boolean): string =>
      news
        .filter((one) => one.isUrgent === isUrgent)
        .map((one) => one.words)
        .join(". ");
    this.urgent = words(true);
    this.other = words(false);
    this.count++;
  }

  protected override render() {
    // The same words a second time are a further element: else nothing would change, and nothing be said.
    const said = (words: string) => keyed(this.count, html`<span>${words}</span>`);
    return html`
      <p class="hidden-visually" role="alert" aria-live="assertive">${said(this.urgent)}</p>
      <p class="hidden-visually" aria-live="polite">${said(this.other)}</p>
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
