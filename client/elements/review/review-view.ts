import { msg, str } from "@lit/localize";
import { css, html, LitElement } from "lit";
import type { Episode, HistoryState } from "../../../contracts/history.ts";
import { eventHref } from "../../controllers/route.ts";
import { recordedSource } from "../../source/recorded-source.ts";
import { documentStyles } from "../../styles/document.ts";
import { dateAndTime } from "../../format.ts";
import { shared } from "../../styles/shared.ts";
import { type EpisodeFilter, NO_FILTER, rangeOf } from "../../review/filter.ts";
import "../parts/history-trouble.ts";
import "./episode-detail.ts";
import "./episode-filter.ts";
import "./episode-list.ts";

/** Alarms that are read at once. */
const PAGE = 50;
/** What is looked at is read again after so long. */
const AGAIN_MS = 5000;

/** Event review: every alarm with what went on around it, and what became of it. Up and down go to the next and the one before. */
export class ReviewView extends LitElement {
  static override properties = { alarm: { attribute: false } };
  /** Id of the alarm that is looked at; null: none. */
  declare alarm: string | null;
  private filter: EpisodeFilter = NO_FILTER;
  private episodes: readonly Episode[] | null = null;
  private more = false;
  private alone: Episode | null = null;
  private state: HistoryState | null = null;
  private trouble: string | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;
  private asked = 0;

  constructor() {
    super();
    this.alarm = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("keydown", this.onKey);
    this.timer = setInterval(() => void this.load(), AGAIN_MS);
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("keydown", this.onKey);
    clearInterval(this.timer);
  }

  protected override updated(changed: Map<string, unknown>): void {
    if (changed.has("alarm") && this.alarm !== null && !this.shown) void this.load();
  }

  private get shown(): Episode | null {
    const { alarm, alone, episodes } = this;
    const isShown = (one: Episode): boolean => one.alarm.id === alarm;
    return episodes?.find(isShown) ?? (alone && isShown(alone) ? alone : null);
  }

  protected override render() {
    const { alarm, shown, episodes } = this;
    return html`
      <div class="list ${alarm === null ? "" : "beside"}">
        <h1>${msg("Events")}</h1>
        <episode-filter .filter=${this.filter} @change=${this.onFilter}></episode-filter>
        <history-trouble></history-trouble>
        ${this.renderReach()}
        <episode-list .episodes=${episodes ?? []} .chosen=${alarm}></episode-list>
        ${episodes?.length === 0 && this.trouble === null ? html`<p class="dim" data-testid="none">${msg("No alarm was raised here, with this filter. Alarms are listed from the moment they are raised.")}</p>` : ""}
        ${this.more ? html`<button @click=${() => void this.load(true)}>${msg("Older ones")}</button>` : ""}
      </div>
      ${shown ? html`<episode-detail .episode=${shown} @changed=${() => void this.load()}></episode-detail>` : this.renderNone()}
    `;
  }

  private renderReach() {
    const { trouble, state } = this;
    if (trouble !== null) return html`<p class="missing" role="status" data-testid="trouble">${trouble}</p>`;
    if (state === null) return html`<p class="dim">${msg("Reading what happened …")}</p>`;
    const since = state.reachesBackToMs.alarms;
    return since === null
      ? ""
      : html`<p class="dim" data-testid="reach">${msg(str`History reaches back to ${dateAndTime(since)}.`)}</p>`;
  }

  private renderNone() {
    if (this.alarm === null)
      return html`<p class="choose dim">
        ${msg("Choose an alarm: ten seconds before and after it are kept. ↑ and ↓ go from one to the next.")}
      </p>`;
    return html`<p class="choose dim" role="status">
      ${this.episodes === null ? msg("Reading …") : msg("This alarm is not in this gateway's history any more, or not yet.")}
      <a href=${eventHref(null)}>${msg("All events")}</a>
    </p>`;
  }

  private readonly onFilter = ({ detail }: CustomEvent<EpisodeFilter>): void => {
    this.filter = detail;
    this.episodes = null;
    void this.load();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const [target] = event.composedPath();
    const isTyping = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
    if (by === undefined || isTyping || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const { episodes, alarm } = this;
    const at = episodes?.findIndex((one) => one.alarm.id === alarm) ?? -1;
    const next = episodes?.[alarm === null ? 0 : at + by];
    if (!next || (alarm !== null && at < 0)) return;
    event.preventDefault();
    location.hash = eventHref(next.alarm.id).slice(2);
  };

  /** `isFurther`: those before the ones that are here, too. */
  private async load(isFurther = false): Promise<void> {
    const asked = ++this.asked;
    const { alarm, episodes } = this;
    const limit = Math.min(500, Math.max(PAGE, episodes?.length ?? 0) + (isFurther ? PAGE : 0));
    const { kind, bed } = this.filter;
    try {
      const [{ episodes: found, more }, state, alone] = await Promise.all([
        recordedSource.episodes({ kinds: kind, beds: bed, ...rangeOf(this.filter, Date.now()), limit }),
        recordedSource.state(),
        alarm === null ? null : recordedSource.episodes({ id: alarm }),
      ]);
      if (asked !== this.asked) return;
      Object.assign(this, { episodes: found, more, state, alone: alone?.episodes[0] ?? null, trouble: null });
    } catch (error) {
      if (asked !== this.asked) return;
      this.trouble = error instanceof Error ? error.message : String(error);
      this.episodes ??= [];
    }
    this.requestUpdate();
  }

  static override styles = [
    shared,
    documentStyles,
    css`
      :host {
        max-width: none;
        display: grid;
        grid-template-columns: clamp(14rem, 24%, 20rem) minmax(0, 1fr);
        gap: 1rem;
        align-items: start;
      }
      .list {
        display: grid;
        gap: 0.5rem;
      }
      @media (min-width: 1101px) {
        .list {
          position: sticky;
          top: 0;
          max-height: calc(100dvh - 10rem);
          overflow-y: auto;
          padding: 2px;
        }
      }
      .choose {
        padding: 3rem 1rem;
        text-align: center;
      }
      @media (max-width: 1100px) {
        :host {
          grid-template-columns: minmax(0, 1fr);
        }
        .beside,
        .list:not(.beside) + .choose {
          display: none;
        }
      }
      @media print {
        .list {
          display: none;
        }
        :host {
          display: block;
          padding: 0;
        }
      }
    `,
  ];
}

customElements.define("review-view", ReviewView);
