import { msg, str } from "@lit/localize";
import { css, html, LitElement } from "lit";
import type { Provenance } from "../../../contracts/provenance.ts";
import { decimals, percent } from "../../../kit/figures.ts";
import { shared } from "../../styles/shared.ts";
import { documentPartStyles } from "../../styles/document.ts";

/** The hops of a message, in their order, by the names in its meta. */
const HOPS = [
  ["producedAtMs", () => msg("its last frame sent")],
  ["receivedAtMs", () => msg("received by the worker")],
  ["publishedAtMs", () => msg("beat published")],
  ["gatewayAtMs", () => msg("at the gateway")],
] as const;

/** By whom a beat was judged, where it lies on the bus, and when it passed which hop. */
export class BeatOrigin extends LitElement {
  static override properties = { provenance: { attribute: false } };
  declare provenance: Provenance;

  protected override render() {
    const { beat, meta, explanation } = this.provenance;
    const isSame = explanation?.anew.model === beat.model;
    return html`<dl>
      <dt>${msg("Beat")}</dt>
      <dd><code>${beat.id}</code></dd>
      <dt>${msg("Model")}</dt>
      <dd>
        <code>${beat.model}</code>${
          explanation && !isSame
            ? html` <strong>${msg(html`Another one answers here: <code>${explanation.anew.model}</code>`)}</strong>`
            : ""
        }
      </dd>
      <dt>${msg("Alarm policy")}</dt>
      <dd>${this.renderPolicy()}</dd>
      <dt>${msg("Place")}</dt>
      <dd>${this.renderPlace()}</dd>
      <dt>${msg("Frame")}</dt>
      <dd>${meta["source"] === undefined ? msg("not known") : html`<code>${meta["source"]}</code>`}</dd>
      ${this.renderHops()}
      ${
        explanation
          ? html`<dt>${msg("Made anew")}</dt>
              <dd>${this.renderAnew(explanation)}</dd>`
          : ""
      }
    </dl>`;
  }

  /** A policy decides what is fibrillation, in which no beat is S. */
  private renderPolicy() {
    const { policy, explanation } = this.provenance;
    const { told, heard } = policy;
    if (told === heard) return html`<code>${heard}</code>`;
    const words = explanation ? msg(html`heard again here with <code>${heard}</code>: S and N may differ`) : "";
    return html`${told === null ? msg("the bed's is not kept") : html`<code>${told}</code>`}${words && html`, <strong>${words}</strong>`}`;
  }

  private renderPlace() {
    const { topic, partition, offset } = this.provenance.meta;
    return topic === undefined ? msg("not known") : html`<code>${topic}/${partition}/${offset}</code>`;
  }

  private renderHops() {
    const times = HOPS.flatMap(([key, words]) => {
      const at = this.provenance.meta[key];
      return typeof at === "number" ? [{ words, at }] : [];
    });
    if (times.length < 2) return "";
    return html`<dt>${msg("Hops")}</dt>
      <dd>
        ${times.map(({ words, at }, i) =>
          i === 0
            ? html`<span>${words()}</span>`
            : html` → <span>${words()} <b>+${decimals(at - times[i - 1].at, 0)} ms</b></span>`,
        )}
      </dd>`;
  }

  private renderAnew({ anew }: NonNullable<Provenance["explanation"]>) {
    const heard = decimals(anew.heardSeconds, 0);
    const from = anew.fromEpochStart
      ? msg(str`From all ${heard} s of signal before the beat`)
      : msg(str`From the last ${heard} s of signal before the beat; the model remembered more when it was told`);
    const off =
      anew.difference < 0.0005
        ? msg("the probabilities are those that were told")
        : msg(str`no probability differs by more than ${percent(anew.difference)} from what was told`);
    return `${from}: ${off}.`;
  }

  static override styles = [
    shared,
    ...documentPartStyles,
    css`
      dl {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: 6px 18px;
      }
      dt {
        color: var(--ink-dim);
      }
      dd {
        overflow-wrap: anywhere;
      }
      strong {
        color: var(--medium);
      }
      @media (max-width: 700px) {
        dl {
          grid-template-columns: minmax(0, 1fr);
          gap: 0;
        }
        dd {
          margin-bottom: 8px;
        }
      }
    `,
  ];
}

customElements.define("beat-origin", BeatOrigin);
