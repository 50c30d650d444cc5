import { css, html, LitElement } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { consume, wardContext } from "../../context.ts";
import { Size } from "../../controllers/size.ts";
import { follow } from "../../controllers/follow.ts";
import { shared } from "../../styles/shared.ts";
import { wardLayout } from "./ward-layout.ts";
import "./bed-tile.ts";
import "./empty-ward.ts";

/** All beds, as large as the screen lets them be. */
export class WardView extends LitElement {
  private readonly ward = consume(this, wardContext);
  private readonly size = new Size(this);

  constructor() {
    super();
    follow(this, () => this.ward.value.changes.beds);
  }

  protected override updated(): void {
    const { columns, rowHeight } = wardLayout(this.ward.value.beds.size, this.size.width, this.size.height);
    this.style.setProperty("--columns", String(columns));
    this.style.setProperty("--row-height", `${rowHeight}px`);
  }

  protected override render() {
    const { beds, sortedBeds } = this.ward.value;
    if (beds.size === 0) return html`<empty-ward></empty-ward>`;
    return html`<div class="beds">
      ${repeat(
        sortedBeds,
        ({ bed }) => bed,
        (bed) => html`<bed-tile .bed=${bed} data-bed="${bed.bed}"></bed-tile>`,
      )}
    </div>`;
  }

  static override styles = [
    shared,
    css`
      :host {
        min-width: 0;
        min-height: 0;
        height: 100%;
      }
      .beds {
        display: grid;
        grid-template-columns: repeat(var(--columns, 1), minmax(0, 1fr));
        grid-auto-rows: var(--row-height, 176px);
        gap: 10px;
      }
    `,
  ];
}

customElements.define("ward-view", WardView);
