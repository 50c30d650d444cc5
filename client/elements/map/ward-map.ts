import { msg } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { consume, settingsContext, wardContext } from "../../context.ts";
import { follow } from "../../controllers/follow.ts";
import { controls, shared } from "../../styles/shared.ts";
import { type Cell, MAP, movedTo, placesOf, readPlaces, rowsOf } from "./map-places.ts";
import "./map-bed.ts";

const STEPS: Readonly<Record<string, Cell>> = {
  ArrowLeft: { column: -1, row: 0 },
  ArrowRight: { column: 1, row: 0 },
  ArrowUp: { column: 0, row: -1 },
  ArrowDown: { column: 0, row: 1 },
};

/** The ward's beds where they stand in the house, as somebody has laid them out on this screen. */
export class WardMap extends LitElement {
  private readonly ward = consume(this, wardContext);
  private readonly settings = consume(this, settingsContext);
  private isArranging = false;
  private places: ReadonlyMap<string, Cell> = new Map();
  /** The bed that is being dragged. */
  private held: string | null = null;

  constructor() {
    super();
    follow(this, () => this.ward.value.changes.beds);
    follow(this, () => this.settings.value.changes);
  }

  protected override willUpdate(): void {
    const beds = this.ward.value.sortedBeds.map(({ bed }) => bed);
    this.places = placesOf(beds, readPlaces(this.settings.value.map));
  }

  protected override render() {
    const { isArranging } = this;
    return html`
      <header>
        <h1>${msg("Map")}</h1>
        <p>
          ${
            isArranging
              ? msg("Drag a bed, or go to it by Tab and move it by the arrow keys. The layout is kept on this screen.")
              : this.isLaidOut
                ? ""
                : msg("Beds stand in a row until they are laid where they stand in the house: press Arrange.")
          }
        </p>
        <button aria-pressed=${isArranging} @click=${this.toggle}>${isArranging ? msg("Done") : msg("Arrange")}</button>
      </header>
      <ol class=${isArranging ? "arranging" : ""} @dragover=${this.over} @drop=${this.drop}>
        ${repeat(
          this.ward.value.sortedBeds,
          ({ bed }) => bed,
          (bed) =>
            html`<li
              data-bed=${bed.bed}
              draggable=${isArranging ? "true" : "false"}
              tabindex=${isArranging ? "0" : "-1"}
              @dragstart=${(event: DragEvent) => this.take(event, bed.bed)}
              @keydown=${(event: KeyboardEvent) => this.step(event, bed.bed)}
            >
              <map-bed .bed=${bed} .still=${isArranging}></map-bed>
            </li>`,
        )}
      </ol>
    `;
  }

  private get isLaidOut(): boolean {
    return Object.keys(readPlaces(this.settings.value.map)).length > 0;
  }

  protected override updated(): void {
    this.style.setProperty("--rows", String(rowsOf(this.places)));
    for (const item of this.renderRoot.querySelectorAll("li")) {
      const cell = this.places.get(item.dataset["bed"] ?? "");
      if (cell) item.style.gridArea = `${cell.row + 1} / ${cell.column + 1}`;
    }
  }

  private toggle(): void {
    this.isArranging = !this.isArranging;
    this.requestUpdate();
  }

  private move(bed: string, to: Cell): void {
    this.settings.value.setMap(movedTo(this.places, bed, to));
  }

  private step(event: KeyboardEvent, bed: string): void {
    const from = this.places.get(bed);
    const by = Object.hasOwn(STEPS, event.key) ? STEPS[event.key] : null;
    if (!this.isArranging || !from || !by) return;
    event.preventDefault();
    this.move(bed, { column: from.column + by.column, row: from.row + by.row });
  }

  private take(event: DragEvent, bed: string): void {
    this.held = bed;
    // Without data, some browsers drag nothing.
    event.dataTransfer?.setData("text/plain", bed);
  }

  private over(event: DragEvent): void {
    if (this.held !== null) event.preventDefault();
  }

  private drop(event: DragEvent): void {
    const grid = this.renderRoot.querySelector("ol")?.getBoundingClientRect();
    if (this.held === null || !grid) return;
    event.preventDefault();
    this.move(this.held, {
      column: Math.floor(((event.clientX - grid.left) / grid.width) * MAP.columns),
      row: Math.floor(((event.clientY - grid.top) / grid.height) * rowsOf(this.places)),
    });
    this.held = null;
  }

  static override styles = [
    shared,
    controls,
    css`
      :host {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
        gap: 8px;
        height: 100%;
        min-width: 48rem;
      }
      header {
        display: flex;
        align-items: center;
        gap: 1rem;
        font-size: 0.875rem;
        color: var(--ink-dim);
      }
      h1 {
        font-size: 1.125rem;
        color: var(--ink);
      }
      p {
        flex: 1;
      }
      ol {
        display: grid;
        grid-template-columns: repeat(10, minmax(0, 1fr));
        grid-template-rows: repeat(var(--rows, 8), minmax(2.75rem, 1fr));
        gap: 4px;
      }
      li {
        display: grid;
        min-width: 0;
        min-height: 0;
      }
      .arranging {
        outline: 1px dashed var(--line);
        background: repeating-linear-gradient(90deg, var(--line) 0 1px, transparent 1px 10%);
      }
      .arranging li {
        cursor: grab;
      }
    `,
  ];
}

customElements.define("ward-map", WardMap);
