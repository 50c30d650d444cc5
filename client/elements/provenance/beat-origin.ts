import { css, html, LitElement } from "lit";
import type { Provenance } from "../../../contracts/provenance.ts";
import { decimals, percent } from "../../../kit/figures.ts";
import { shared } from "../../styles/shared.ts";
import { documentPartStyles } from "../../styles/document.ts";

/** The hops of a message, in their order, by the names in its meta. */
const HOPS = [
  ["producedAtMs", "its last frame sent"],
  ["receivedAtMs", "received by the worker"],
  ["publishedAtMs", "beat published"],
  ["gatewayAtMs", "at the gateway"],
] as const;

/** By whom a beat was judged, where it lies on the bus, and when it passed which hop. */
export class BeatOrigin extends LitElement {
  static override properties = { provenance: { attribute: false } };
  declare provenance: Provenance;

  protected override render() {
    const { beat, meta, explanation } = this.provenance;
    const isSame = explanation?.anew.model === beat.model;
    return html`<dl>
      <dt>Beat</dt>
      <dd><code>${beat.id}</code></dd>
      <dt>Model</dt>
      <dd>
        <code>${beat.model}</code>${
          explanation && !isSame
            ? html` <strong>Another one answers here: <code>${explanation.anew.model}</code></strong>`
            : ""
        }
      </dd>
      <dt>Place</dt>
      <dd>${this.renderPlace()}</dd>
      <dt>Frame</dt>
      <dd>${meta["source"] === undefined ? "not known" : html`<code>${meta["source"]}</code>`}</dd>
      ${this.renderHops()}
      ${
        explanation
          ? html`<dt>Made anew</dt>
              <dd>${this.renderAnew(explanation)}</dd>`
          : ""
      }
    </dl>`;
  }

  private renderPlace() {
    const { topic, partition, offset } = this.provenance.meta;
    return topic === undefined ? "not known" : html`<code>${topic}/${partition}/${offset}</code>`;
  }

  private renderHops() {
    const times = HOPS.flatMap(([key, words]) => {
      const at = this.provenance.meta[key];
      return typeof at === "number" ? [{ words, at }] : [];
    });
    if (times.length < 2) return "";
    return html`<dt>Hops</dt>
      <dd>
        ${times.map(({ words, at }, i) =>
          i === 0
            ? html`<span>${words}</span>`
            : html` → <span>${words} <b>+${decimals(at - times[i - 1].at, 0)} ms</b></span>`,
        )}
      </dd>`;
  }

  private renderAnew({ anew }: NonNullable<Provenance["explanation"]>) {
    const heard = `${decimals(anew.heardSeconds, 0)} s of signal before the beat`;
    const from = anew.fromEpochStart ? `all ${heard}` : `the last ${heard}; the model remembered more when it was told`;
    const off =
      anew.difference < 0.0005
        ? "the probabilities are those that were told"
        : `no probability differs by more than ${percent(anew.difference)} from what was told`;
    return html`From ${from}: ${off}.`;
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
