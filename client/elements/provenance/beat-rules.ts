import { msg, str } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { conditionWords, priorityShort, stepWords } from "../../words/conditions.ts";
import type { Rule } from "../../../contracts/provenance.ts";
import { timeOfDay } from "../../format.ts";
import { shared } from "../../styles/shared.ts";
import { documentPartStyles } from "../../styles/document.ts";
import "../parts/priority-mark.ts";

/** What the beat was a cause of: conditions, and the steps of their alarms. */
export class BeatRules extends LitElement {
  static override properties = { rules: { attribute: false } };
  declare rules: readonly Rule[];

  protected override render() {
    if (this.rules.length === 0)
      return html`<p class="missing">${msg("No condition names this beat, and none was open when it came.")}</p>`;
    return html`<ol>
      ${this.rules.map(
        ({ condition, named, steps }) =>
          html`<li>
            <p>
              <b>${conditionWords(condition)}</b>, ${priorityShort(condition.priority)},
              ${msg(str`from ${timeOfDay(condition.beginTimeMs)}`)}:
              ${named ? msg(str`the beat is one of ${condition.beats.length} that caused it`) : msg("it went on when the beat came")};
              ${msg(html`policy <code>${condition.policy}</code>`)}${
                condition.limitBpm === null ? "" : `, ${msg(str`limit ${condition.limitBpm}/min`)}`
              }
            </p>
            ${
              steps.length === 0
                ? html`<p class="missing">${msg("It raised no alarm of its own.")}</p>`
                : html`<ol class="steps">
                    ${steps.map(
                      ({ step, timeMs, by, reason, alarm }) =>
                        html`<li>
                          <time>${timeOfDay(timeMs)}</time>
                          ${stepWords(step)}${alarm && step === "rose" ? `: ${conditionWords(alarm)}` : ""}${by ? `, ${by}` : ""}${reason ? `: ${reason}` : ""}
                        </li>`,
                    )}
                  </ol>`
            }
          </li>`,
      )}
    </ol>`;
  }

  static override styles = [
    shared,
    ...documentPartStyles,
    css`
      li + li {
        margin-top: 8px;
      }
      .steps {
        margin: 4px 0 0 14px;
        border-left: 2px solid var(--line);
        padding-left: 12px;
        font-size: 14px;
      }
      .steps li + li {
        margin-top: 2px;
      }
      time {
        color: var(--ink-dim);
      }
    `,
  ];
}

customElements.define("beat-rules", BeatRules);
