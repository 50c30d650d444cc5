import { css, html, LitElement } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { Size } from "../../controllers/size.ts";
import { shared } from "../../styles/shared.ts";

/** A chart of charts/, drawn at the width there is, so that its text is never scaled. */
export class ChartFigure extends LitElement {
  static override properties = { draw: { attribute: false } };
  /** Markup for a width in px; charts/ escapes every text in it. null: nothing to draw. */
  declare draw: (width: number) => string | null;
  private readonly size = new Size(this);

  protected override render() {
    if (this.size.width < 1) return html``;
    return html`${unsafeHTML(this.draw(Math.floor(this.size.width)) ?? "")}`;
  }

  static override styles = [
    shared,
    css`
      :host {
        min-width: 0;
        overflow: hidden;
      }
      svg {
        display: block;
      }
    `,
  ];
}

customElements.define("chart-figure", ChartFigure);
