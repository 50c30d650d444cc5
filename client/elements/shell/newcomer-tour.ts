import { msg } from "@lit/localize";
import { css, html, LitElement, nothing } from "lit";
import { Changes } from "../../changes.ts";
import { consume, settingsContext } from "../../context.ts";
import { follow } from "../../controllers/follow.ts";
import { controls, shared } from "../../styles/shared.ts";

/** Asks for the tour to begin. */
export const tourWanted = new Changes();

interface Step {
  readonly title: string;
  readonly words: string;
}

const steps = (): readonly Step[] => [
  {
    title: msg("Each tile is a bed"),
    words: msg(
      "The trace sweeps from left to right. Each beat has a letter: N is normal, V ventricular, S supraventricular; Q says that the model was not sure enough to tell. Press a tile to see all of its bed.",
    ),
  },
  {
    title: msg("Alarms say what, how urgent and since when"),
    words: msg(
      "High priority is a red triangle, medium a yellow diamond, low and technical ones are blue circles. All alarms stand in one list, the most urgent first; each can be acknowledged, silenced or paused there.",
    ),
  },
  {
    title: msg("What a number is worth stands beside it"),
    words: msg(
      "A hatched number with a question mark may be wrong; two dashes say that there is none, and why. The strip at the top says how fast, how late and how whole the data come, and whether the model is trusted.",
    ),
  },
  {
    title: msg("Try it"),
    words: msg(
      "On the page Demo you drag noise onto a bed or take its leads off and watch the monitor answer. Settings has colours, language and the list of keys. This is not a medical device.",
    ),
  },
];

/** Offered once to who is new at this screen, and shown beside what it speaks of: four short steps, which cover no alarm list and stop nothing. */
export class NewcomerTour extends LitElement {
  private readonly settings = consume(this, settingsContext);
  private step: number | null = null;

  constructor() {
    super();
    follow(this, () => this.settings.value.changes);
    let stop = (): void => {};
    this.addController({
      hostConnected: () => {
        stop = tourWanted.subscribe(() => this.goTo(0));
      },
      hostDisconnected: () => stop(),
    });
  }

  protected override render() {
    if (this.step !== null) return this.renderStep(this.step);
    if (this.settings.value.values.tourSeen) return nothing;
    return html`<div class="offer" data-testid="tour-offer">
      <span>${msg("New here?")}</span>
      <button type="button" @click=${() => this.goTo(0)}>${msg("A tour in four steps")}</button>
      <button type="button" @click=${() => this.end()}>${msg("No, thanks")}</button>
    </div>`;
  }

  private renderStep(at: number) {
    const all = steps();
    const { title, words } = all[at];
    const isLast = at === all.length - 1;
    return html`<div
      class="step"
      role="dialog"
      aria-labelledby="title"
      aria-describedby="words"
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        this.end();
      }}
    >
      <p class="place">${at + 1} / ${all.length}</p>
      <h2 id="title">${title}</h2>
      <p id="words">${words}</p>
      <div class="buttons">
        ${at > 0 ? html`<button type="button" @click=${() => this.goTo(at - 1)}>${msg("Back")}</button>` : nothing}
        ${
          isLast
            ? html`<button type="button" class="next" @click=${() => this.end()}>${msg("Done")}</button>`
            : html`<button type="button" class="next" @click=${() => this.goTo(at + 1)}>${msg("Next")}</button>
                <button type="button" @click=${() => this.end()}>${msg("End the tour")}</button>`
        }
      </div>
    </div>`;
  }

  private goTo(step: number): void {
    this.step = step;
    this.requestUpdate();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".next")?.focus());
  }

  private end(): void {
    this.step = null;
    this.settings.value.set({ tourSeen: true });
    this.requestUpdate();
  }

  static override styles = [
    shared,
    controls,
    css`
      .offer {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.25rem 0.5rem;
        color: var(--ink);
      }
      .step {
        position: fixed;
        left: 1rem;
        bottom: 2.5rem;
        z-index: 3;
        width: min(26rem, 100vw - 2rem);
        display: grid;
        gap: 0.5rem;
        padding: 1rem 1.25rem;
        font-size: 1rem;
        line-height: 1.45;
        color: var(--ink);
        background: var(--panel-raised);
        border: 2px solid var(--focus);
        border-radius: 10px;
      }
      .place {
        font-size: 0.875rem;
        color: var(--ink-dim);
      }
      h2 {
        font-size: 1.25rem;
      }
      .buttons {
        display: flex;
        gap: 0.5rem;
        margin-top: 0.25rem;
      }
      /* The footer stays as low as it is. */
      .offer button {
        min-height: 0;
        padding-block: 0.125rem;
      }
      .next {
        border-color: var(--focus);
      }
    `,
  ];
}

customElements.define("newcomer-tour", NewcomerTour);
