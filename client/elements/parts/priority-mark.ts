import { css, html, LitElement, svg } from "lit";
import type { Priority } from "../../../contracts/condition.ts";
import { priorityWords } from "../../words/conditions.ts";
import { shared } from "../../styles/shared.ts";

/** Shape, strokes: a priority can be told without its colour. */
const SHAPES: Readonly<Record<Priority, { outline: ReturnType<typeof svg>; strokes: readonly number[] }>> = {
  high: { outline: svg`<path d="M12 1.5 23.2 21.5H.8Z" />`, strokes: [8, 12, 16] },
  medium: { outline: svg`<path d="M12 .8 23.2 12 12 23.2 .8 12Z" />`, strokes: [9.8, 14.2] },
  low: { outline: svg`<circle cx="12" cy="12" r="10.5" />`, strokes: [12] },
};

/** A priority's sign: triangle !!!, diamond !!, circle !. */
export class PriorityMark extends LitElement {
  static override properties = { priority: { type: String } };
  declare priority: Priority;

  protected override render() {
    const { outline, strokes } = SHAPES[this.priority];
    const top = this.priority === "high" ? 11 : 7;
    return html`<svg viewBox="0 0 24 24" role="img" aria-label=${priorityWords(this.priority)}>
      ${outline} ${strokes.map((x) => svg`<path class="stroke" d="M${x} ${top}v4.4M${x} ${top + 7.6}v1.2" />`)}
    </svg>`;
  }

  static override styles = [
    shared,
    css`
      :host {
        width: 1.25em;
        height: 1.25em;
        flex: none;
      }
      svg {
        display: block;
        width: 100%;
        height: 100%;
        fill: var(--mark-fill, currentColor);
      }
      .stroke {
        fill: none;
        stroke: var(--mark-stroke, var(--bg));
        stroke-width: 2.3;
        stroke-linecap: round;
      }
    `,
  ];
}

customElements.define("priority-mark", PriorityMark);
