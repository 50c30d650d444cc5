import { css, html, LitElement } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { consume, wardContext } from "../../context.ts";
import { Size } from "../../controllers/size.ts";
import { follow } from "../../controllers/follow.ts";
import { onKey } from "../../controllers/keys.ts";
import { shared } from "../../styles/shared.ts";
import { nextTile } from "./next-tile.ts";
import { wardLayout } from "./ward-layout.ts";
import type { BedTile } from "./bed-tile.ts";
import "./bed-tile.ts";
import "./empty-ward.ts";

/** All beds, as large as the screen lets them be. */
export class WardView extends LitElement {
  private readonly ward = consume(this, wardContext);
  private readonly size = new Size(this);
  private columns = 1;

  constructor() {
    super();
    follow(this, () => this.ward.value.changes.beds);
    onKey(this, (event) => this.walk(event));
  }

  /** The focus from tile to tile; from elsewhere to the first of those that call for somebody, else of all. */
  private walk(event: KeyboardEvent): void {
    if (!event.key.startsWith("Arrow")) return;
    const tiles = [...this.renderRoot.querySelectorAll<BedTile>("bed-tile")];
    const at = tiles.findIndex((tile) => tile.matches(":focus-within"));
    const calling = tiles.findIndex(({ priority }) => priority !== null);
    const next = at < 0 ? Math.max(0, calling) : nextTile(event.key, at, tiles.length, this.columns);
    if (next === null || tiles.length === 0) return;
    event.preventDefault();
    tiles[next].renderRoot.querySelector("a")?.focus();
  }

  protected override updated(): void {
    const { columns, rowHeight } = wardLayout(this.ward.value.beds.size, this.size.width, this.size.height);
    this.columns = columns;
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
