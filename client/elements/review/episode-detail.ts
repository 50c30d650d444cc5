import { msg, str } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { conditionWords } from "../../words/conditions.ts";
import type { Episode } from "../../../contracts/history.ts";
import { bedHref, eventHref } from "../../controllers/route.ts";
import { fateOf } from "../../review/fate.ts";
import type { Strip } from "../../source/ecg-source.ts";
import { recordedSource } from "../../source/recorded-source.ts";
import { documentPartStyles } from "../../styles/document.ts";
import { dateAndTime, timeOfDay } from "../../format.ts";
import { priorityInks, shared } from "../../styles/shared.ts";
import "./ecg-strip.ts";
import "./episode-remarks.ts";
import "./strip-exports.ts";

/** Around when the alarm was raised, ms. */
const AROUND_MS = 10_000;
/** The filter for the eye has swung in. */
const SETTLE_MS = 3000;
/** Signal is written some seconds behind. */
const AGAIN_MS = 3000;

/** One alarm: ten seconds before and after it, all leads, and what was said of it. */
export class EpisodeDetail extends LitElement {
  static override properties = { episode: { attribute: false } };
  declare episode: Episode;
  private strip: Strip | null = null;
  /** Null: it is being read. */
  private said: string | null = null;
  private chosen: string | null = null;
  private loadedId = "";
  /** When it had last been raised when it was opened, event time, Unix ms; and in which recording. */
  private middleMs = 0;
  private epoch = "";
  private timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override willUpdate(): void {
    const { id } = this.episode.alarm;
    if (id === this.loadedId) return;
    this.loadedId = id;
    // One that is raised again while it is looked at stays where it was.
    this.lookAt({ timeMs: this.episode.raisedTimeMs, epoch: this.episode.alarm.epoch });
  }

  private lookAt({ timeMs, epoch }: Episode["raises"][number]): void {
    this.middleMs = timeMs;
    this.epoch = epoch;
    this.strip = null;
    this.said = null;
    this.chosen = null;
    void this.load();
    this.requestUpdate();
  }

  protected override render() {
    const { episode, strip } = this;
    const { alarm } = episode;
    const limits = strip?.conditions.find(({ condition }) => condition.id === alarm.condition)?.condition;
    return html`
      <header>
        <a class="back" href=${eventHref(null)}>${msg("All events")}</a>
        <h2 class=${alarm.priority} data-testid="title">${conditionWords(alarm)}</h2>
        <p><a href=${bedHref(alarm.bed)}>${alarm.bed}</a> · ${dateAndTime(alarm.beginTimeMs)} · ${fateOf(episode)}</p>
        ${limits?.limitBpm == null ? "" : html`<p>${limitWords(limits.heartRateBpm, limits.limitBpm)}</p>`}
      </header>
      ${this.renderRaises()}
      ${strip ? this.renderStrip(strip) : html`<p class="missing" role="status">${this.said ?? msg("Reading the signal …")}</p>`}
      <episode-remarks
        .episode=${episode}
        .strip=${strip}
        .chosen=${this.chosen}
        @changed=${this.onChanged}
      ></episode-remarks>
    `;
  }

  /** One that was raised again has a strip of each time. */
  private renderRaises() {
    const { raises } = this.episode;
    if (raises.length < 2) return "";
    return html`<p class="screen raises" role="group" aria-label=${msg("When it was raised")}>
      ${msg(str`Raised ${raises.length} times:`)}
      ${raises.map(
        (raise) =>
          html`<button
            data-testid="raise"
            aria-pressed=${raise.timeMs === this.middleMs && raise.epoch === this.epoch}
            @click=${() => this.lookAt(raise)}
          >
            ${timeOfDay(raise.timeMs)}
          </button>`,
      )}
    </p>`;
  }

  private renderStrip(strip: Strip) {
    const rows = [this.middleMs - AROUND_MS, this.middleMs];
    const row = (fromMs: number, isPrint: boolean) =>
      html`<ecg-strip
        .strip=${strip}
        .fromMs=${fromMs}
        .toMs=${fromMs + AROUND_MS}
        .isPrint=${isPrint}
        .chosen=${isPrint ? null : this.chosen}
        @choose=${({ detail }: CustomEvent<string>) => {
          this.chosen = detail;
          this.requestUpdate();
        }}
      ></ecg-strip>`;
    return html`
      <section class="screen" tabindex="0" aria-label=${msg("Signal")}>
        ${rows.map((fromMs) => row(fromMs, false))}
      </section>
      <p class="dim screen">
        ${msg("25 mm/s, 10 mm/mV, 0.5–40 Hz; upper row: 10 s before the alarm was raised, lower row: 10 s after.")}
        ${this.said ?? ""}
      </p>
      <div class="paper" aria-hidden="true">
        ${rows.map((fromMs) => row(fromMs, true))}
        <p>25 mm/s, 10 mm/mV, 0.5–40 Hz. ${msg("Not a medical device")}.</p>
      </div>
      <strip-exports
        .strip=${strip}
        .name=${exportName(this.episode.alarm, this.middleMs)}
        .drawings=${() => this.drawings}
      ></strip-exports>
    `;
  }

  private get drawings(): SVGSVGElement[] {
    return [...this.renderRoot.querySelectorAll(".paper ecg-strip")].flatMap(
      (strip) => strip.shadowRoot?.querySelector("svg") ?? [],
    );
  }

  private readonly onChanged = (): void => {
    void this.load();
    this.dispatchEvent(new CustomEvent("changed"));
  };

  private async load(): Promise<void> {
    clearTimeout(this.timer);
    const { alarm } = this.episode;
    const { id, bed } = alarm;
    const { epoch, middleMs } = this;
    const isStale = (): boolean => id !== this.loadedId || middleMs !== this.middleMs || epoch !== this.epoch;
    const [from, to] = [this.middleMs - AROUND_MS - SETTLE_MS, this.middleMs + AROUND_MS];
    try {
      const strip = await recordedSource.strip({ bed, epoch, from, to });
      if (isStale()) return;
      this.strip = strip;
      const endMs = strip ? strip.beginMs + (strip.leads[0].adu.length / strip.samplingRateHz) * 1000 : 0;
      const isComing = endMs < to - 500 && Date.now() - to < 30_000;
      this.said = strip ? (isComing ? msg("The rest is still being recorded.") : null) : isComing ? null : gone();
      if (isComing && this.isConnected) this.timer = setTimeout(() => void this.load(), AGAIN_MS);
    } catch (error) {
      if (isStale()) return;
      this.said = error instanceof Error ? error.message : String(error);
    }
    this.requestUpdate();
  }

  static override styles = [
    shared,
    documentPartStyles,
    priorityInks,
    css`
      h2 {
        font-size: 1.5rem;
      }
      .raises {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 0.5rem;
        align-items: center;
        max-width: none;
      }
      section {
        overflow-x: auto;
        padding: 0.5rem;
      }
      section ecg-strip {
        min-width: 38rem;
      }
      .paper {
        --strip-ink: #000;
        --strip-dim: #444;
        --strip-fine: #f3c4c4;
        --strip-bold: #e08b8b;
        --focus: transparent;
        position: absolute;
        left: -9999px;
        top: 0;
        background: #fff;
        color: #000;
      }
      @media (min-width: 1101px) {
        .back {
          display: none;
        }
      }
      @media print {
        .paper {
          position: static;
        }
        .screen,
        .back,
        strip-exports,
        episode-remarks {
          display: none;
        }
        header,
        header h2 {
          color: #000;
        }
      }
    `,
  ];
}

const gone = (): string =>
  msg("No signal of this time is kept any more. Beats and alarms are kept longer than signal.");
/** Of a condition that began without a rate there is the limit alone. */
const limitWords = (bpm: number | null, limit: number): string =>
  bpm === null
    ? msg(str`Heart rate not known, limit ${limit}/min`)
    : msg(str`Heart rate ${Math.round(bpm)}/min, limit ${limit}/min`);
/** Of letters, digits, - and _, as WFDB has records' names. */
const exportName = ({ bed, kind }: Episode["alarm"], raisedMs: number): string =>
  `${bed}_${kind}_${new Date(raisedMs).toISOString().slice(0, 19)}`.replaceAll(/[^A-Za-z0-9_-]/g, "-");

customElements.define("episode-detail", EpisodeDetail);
