import { msg, str } from "@lit/localize";
import { html, LitElement, type PropertyValues } from "lit";
import { JUDGED_CLASSES } from "../../../contracts/beat.ts";
import type { Provenance } from "../../../contracts/provenance.ts";
import { percent } from "../../../kit/figures.ts";
import { fetchProvenance } from "../../api.ts";
import { bedHref } from "../../controllers/route.ts";
import { timeOfDay } from "../../format.ts";
import { classWords } from "../../words/readings.ts";
import { documentStyles } from "../../styles/document.ts";
import { shared } from "../../styles/shared.ts";
import { save } from "../../upload/save.ts";
import "../parts/beat-chip.ts";
import "./beat-features.ts";
import "./beat-origin.ts";
import "./beat-rules.ts";
import "./beat-signal.ts";
import "./beat-window.ts";

/** `#/beat/<id>`: where a beat comes from, why it has its class, and what came of it. */
export class ProvenanceView extends LitElement {
  static override properties = { beat: { type: String }, answer: { state: true } };
  /** The beat's id. */
  declare beat: string;
  declare answer: Provenance | string | null;

  constructor() {
    super();
    this.answer = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("beat")) void this.ask();
  }

  private async ask(): Promise<void> {
    const { beat } = this;
    this.answer = null;
    const answer = await fetchProvenance(beat);
    if (beat === this.beat) this.answer = answer;
  }

  protected override render() {
    const { answer } = this;
    const known = typeof answer === "string" ? null : answer;
    // One heading, which keeps the focus, and one place where what is new is said, whatever comes.
    return html`
      <h1>
        ${known ? msg(html`Beat of <a href=${bedHref(known.beat.bed)}>${known.beat.bed}</a> at ${timeOfDay(known.beat.timeMs)}`) : msg("Beat")}
      </h1>
      <div role="status">${renderNews(answer)}</div>
      ${known ? this.renderKnown(known) : answer === null ? "" : this.renderFailure()}
    `;
  }

  private renderKnown(answer: Provenance) {
    const { beat, explanation } = answer;
    return html`
      <p class="dim">
        ${msg("Why it has its class, from the signal that is kept. What is shown can be opened again with this page's address, as long as its signal is kept.")}
      </p>
      <section aria-labelledby="class">
        <h2 id="class">${msg("Class")}</h2>
        <p>
          <beat-chip .beatClass=${beat.beatClass}></beat-chip> ${classWords(beat.beatClass)},
          ${msg(str`read in lead ${beat.lead || msg("not known")}`)}${beat.foundLate ? `, ${msg("found late")}` : ""}.
          ${JUDGED_CLASSES.map((name) => html` P(${name}) ${percent(beat.probabilities[name])}`)}
        </p>
        <p>
          RR ${beat.rrMs === null ? msg("not known") : `${Math.round(beat.rrMs)} ms`} ·
          ${msg(str`reading's quality ${percent(beat.quality, 0)}`)}
        </p>
      </section>
      ${explanation ? this.renderExplanation(explanation) : html`<section><p class="missing">${answer.why}</p></section>`}
      <section aria-labelledby="rules">
        <h2 id="rules">${msg("What came of it")}</h2>
        <beat-rules .rules=${answer.rules}></beat-rules>
      </section>
      <section aria-labelledby="origin">
        <h2 id="origin">${msg("Where it comes from")}</h2>
        <beat-origin .provenance=${answer}></beat-origin>
        <div class="choices"><button @click=${() => this.save(answer)}>${msg("Save as JSON")}</button></div>
      </section>
    `;
  }

  private renderExplanation(explanation: NonNullable<Provenance["explanation"]>) {
    return html`
      <section aria-labelledby="signal">
        <h2 id="signal">${msg("Signal")}</h2>
        <beat-signal .explanation=${explanation}></beat-signal>
      </section>
      <section aria-labelledby="window">
        <h2 id="window">${msg("What the model saw")}</h2>
        <beat-window .explanation=${explanation}></beat-window>
        <p class="dim">
          ${msg("A part counts as its class's probability falls when a straight line takes its place. Parts that say the same stand in for one another: then each shows little.")}
        </p>
        <beat-features .explanation=${explanation}></beat-features>
      </section>
    `;
  }

  private renderFailure() {
    return html`<div class="choices"><button @click=${() => void this.ask()}>${msg("Try again")}</button></div>`;
  }

  private save(answer: Provenance): void {
    save(JSON.stringify(answer, null, 1), `beat-${answer.beat.bed}-${answer.beat.sample}.json`, "application/json");
  }

  static override styles = [shared, documentStyles];
}

/** What is being done, why there is nothing to show, or what the beat is. */
function renderNews(answer: Provenance | string | null) {
  if (answer === null) return html`<p>${msg("Making it anew from the signal that is kept …")}</p>`;
  if (typeof answer === "string") return html`<p class="missing">${answer}</p>`;
  const { beatClass } = answer.beat;
  return html`<p class="hidden-visually">${beatClass}, ${classWords(beatClass)}</p>`;
}

customElements.define("provenance-view", ProvenanceView);
