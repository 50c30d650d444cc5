import { css, html, LitElement } from "lit";
import {
  headline,
  leadingEvaluation,
  NO_INTERVALS,
  range,
  TRUST_RULE,
  two,
  type Verdict,
  verdictsOf,
  warnings,
  wordOf,
} from "../../../charts/model-report/words.ts";
import type { BeatClass } from "../../../contracts/beat.ts";
import type { ModelReport } from "../../../contracts/report.ts";
import { grouped, percent } from "../../../kit/figures.ts";
import { documentPartStyles } from "../../styles/document.ts";
import { shared } from "../../styles/shared.ts";
import "../parts/beat-chip.ts";

/** The first screen: how good, on whom, what must not be trusted. */
export class ModelSummary extends LitElement {
  static override properties = { model: { attribute: false } };
  declare model: ModelReport;

  protected override render() {
    const { model } = this;
    const evaluation = leadingEvaluation(model);
    const warned = warnings(model);
    return html`<section>
      <p class="headline" data-testid="headline">${headline(model)}</p>
      ${
        evaluation
          ? html`<ol class="classes">
                ${verdictsOf(evaluation).map((verdict) => card(verdict, wordOf(verdict.beatClass, model.name)))}
              </ol>
              <p class="dim">
                ${evaluation.intervals ? TRUST_RULE : NO_INTERVALS} F1 joins how many such beats are found (Se) and how
                many so called are right (+P).
              </p>`
          : html`<p class="missing">
              How good it is was not measured, or is not in this report.
              <code>npm run evaluate -- --db data/files/mitdb/1.0.0 --json OUT</code> measures it.
            </p>`
      }
      ${
        warned.length > 0
          ? html`<div>
              <h2>What must not be trusted</h2>
              <ul class="warnings">
                ${warned.map((warning) => html`<li>${warning}</li>`)}
              </ul>
            </div>`
          : ""
      }
      <p class="dim">${model.input}</p>
    </section>`;
  }

  static override styles = [
    shared,
    documentPartStyles,
    css`
      .headline {
        font-size: 18px;
        line-height: 1.4;
      }
      .classes {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
        gap: 10px;
      }
      .class {
        border: 1px solid var(--line);
        border-left: 4px solid var(--line);
        border-radius: 8px;
        padding: 10px 12px;
        background: var(--panel-raised);
        display: grid;
        gap: 2px;
        align-content: start;
      }
      .good {
        border-left-color: var(--good);
      }
      .fair {
        border-left-color: var(--fair);
      }
      .poor {
        border-left-color: var(--poor);
      }
      .name {
        display: flex;
        align-items: center;
        gap: 8px;
        font-weight: 600;
        font-size: 14px;
      }
      .f1 {
        font-size: 28px;
        font-weight: 650;
        line-height: 1.15;
      }
      .f1 small {
        display: block;
        line-height: 1.4;
        font-size: 13px;
        font-weight: 400;
        color: var(--ink-dim);
      }
      .word {
        font-weight: 600;
        font-size: 14px;
      }
      .good .word {
        color: var(--good);
      }
      .fair .word {
        color: var(--fair);
      }
      .poor .word {
        color: var(--poor);
      }
      .class .dim {
        font-size: 13px;
      }
      @media (max-width: 700px) {
        .class {
          padding: 8px;
        }
        .name {
          gap: 6px;
          font-size: 12.5px;
          overflow-wrap: anywhere;
        }
      }
      .warnings {
        list-style: disc;
        padding-left: 1.2em;
        margin-top: 4px;
      }
    `,
  ];
}

function card({ beatClass, level, word, f1, interval, se, ppv, support }: Verdict, name: string) {
  // A soft hyphen: the longest word is wider than a narrow card.
  const broken = name.replace("Supraventricular", "Supra\u00adventricular");
  return html`<li class="class ${level}" data-testid="verdict">
    <span class="name"><beat-chip .beatClass=${beatClass as BeatClass}></beat-chip>${broken}</span>
    <span class="f1">${two(f1)} <small>F1${interval ? `, ${range(interval)}` : ""}</small></span>
    <span class="word">${word}</span>
    <span class="dim">Se ${percent(se, 0)} · +P ${percent(ppv, 0)} · ${grouped(support)} beats</span>
  </li>`;
}

customElements.define("model-summary", ModelSummary);
