import { css, html, LitElement } from "lit";
import { conditionWords } from "../../words/conditions.ts";
import type { Episode } from "../../../contracts/history.ts";
import { eventHref } from "../../controllers/route.ts";
import { fateOf } from "../../review/fate.ts";
import { dateAndTime } from "../../format.ts";
import { priorityInks, shared } from "../../styles/shared.ts";
import "../parts/priority-mark.ts";

/** Alarms, the last first, each a link to what went on around it. */
export class EpisodeListElement extends LitElement {
  static override properties = { episodes: { attribute: false }, chosen: { attribute: false } };
  declare episodes: readonly Episode[];
  declare chosen: string | null;

  constructor() {
    super();
    this.episodes = [];
    this.chosen = null;
  }

  protected override render() {
    return html`<ol>
      ${this.episodes.map((episode) => this.renderOne(episode))}
    </ol>`;
  }

  private renderOne(episode: Episode) {
    const { alarm, raisedTimeMs, dismissed } = episode;
    return html`<li>
      <a
        href=${eventHref(alarm.id)}
        aria-current=${alarm.id === this.chosen ? "true" : "false"}
        class=${dismissed ? "dismissed" : ""}
        data-testid="episode"
        data-kind=${alarm.kind}
      >
        <priority-mark class=${alarm.priority} .priority=${alarm.priority}></priority-mark>
        <span class="what"><b>${alarm.bed}</b> ${conditionWords(alarm)}</span>
        <time>${dateAndTime(raisedTimeMs)}</time>
        <span class="fate">${fateOf(episode)}</span>
      </a>
    </li>`;
  }

  protected override updated(changed: Map<string, unknown>): void {
    if (changed.has("chosen"))
      this.renderRoot.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
  }

  static override styles = [
    shared,
    priorityInks,
    css`
      ol {
        display: grid;
        gap: 0.25rem;
      }
      a {
        display: grid;
        grid-template-columns: 1.5rem minmax(0, 1fr);
        gap: 0 0.5rem;
        align-items: center;
        padding: 0.5rem;
        text-decoration: none;
        border: 1px solid var(--line);
        border-radius: 6px;
        background: var(--panel);
      }
      a[aria-current="true"] {
        border-color: var(--focus);
        box-shadow: inset 0 0 0 1px var(--focus);
        background: var(--panel-raised);
      }
      time,
      .fate {
        color: var(--ink-dim);
        font-size: 0.8125rem;
      }
      time,
      .fate {
        grid-column: 2;
      }
      .dismissed .what {
        text-decoration: line-through;
      }
    `,
  ];
}

customElements.define("episode-list", EpisodeListElement);
