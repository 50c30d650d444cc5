import { msg } from "@lit/localize";
import { css, html, LitElement, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Priority } from "../../../contracts/condition.ts";
import { consume, settingsContext, wardContext } from "../../context.ts";
import { everySecond } from "../../controllers/every-second.ts";
import { follow } from "../../controllers/follow.ts";
import { onKey } from "../../controllers/keys.ts";
import { kiosk } from "../../controllers/kiosk.ts";
import { Size } from "../../controllers/size.ts";
import { shared } from "../../styles/shared.ts";
import { type Alarm, alarmsOf } from "../../ward/alarm.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";
import { BedOrder, type Call } from "./bed-order.ts";
import type { BedTile } from "./bed-tile.ts";
import { nextTile } from "./next-tile.ts";
import { GAPS_PX, gridColumns, type WardLayout, wardLayout } from "./ward-layout.ts";
import type { TraceSheetElement } from "../parts/trace-sheet.ts";
import "../parts/trace-sheet.ts";
import "./bed-tile.ts";
import "./empty-ward.ts";
import "./ward-tools.ts";

/** A hand that was on the screen so long ago has left it. */
const HAND_MS = 5000;

/** All beds, as large as the screen lets them be. */
export class WardView extends LitElement {
  private readonly ward = consume(this, wardContext);
  private readonly settings = consume(this, settingsContext);
  private readonly size = new Size(this);
  private readonly order = new BedOrder();
  private layout: WardLayout = wardLayout(0, 0, 0);
  private laidFor = "";
  private beds: readonly MonitoredBed[] = [];
  private focused: BedTile | null = null;
  private sought = "";
  private handMs = Number.NEGATIVE_INFINITY;

  constructor() {
    super();
    follow(this, () => this.ward.value.changes.beds);
    follow(this, () => this.ward.value.changes.alarms);
    follow(this, () => this.settings.value.changes);
    follow(this, () => kiosk);
    follow(this, () => everySecond);
    onKey(this, (event) => this.walk(event));
    for (const touch of ["pointermove", "pointerdown", "keydown"]) {
      this.addEventListener(touch, () => {
        this.handMs = performance.now();
      });
    }
  }

  protected override willUpdate(): void {
    this.focused = this.renderRoot.querySelector<BedTile>("bed-tile:focus-within");
    const { sortedBeds } = this.ward.value;
    const calls = new Map(sortedBeds.map((bed) => [bed, callOf(bed)]));
    const { order, show } = this.settings.value.ward;
    const wanted = this.sought.trim().toLowerCase();
    const beds = sortedBeds.filter((bed) => {
      const names = `${bed.bed} ${bed.source} ${bed.admission?.patient?.name ?? ""}`;
      if (wanted !== "" && !names.toLowerCase().includes(wanted)) return false;
      return show === "all" || calls.get(bed)?.isCalling;
    });
    const tools = this.renderRoot.querySelector<HTMLElement>("ward-tools");
    const height = this.size.height - (tools ? tools.offsetHeight + TOOLS_GAP_PX : 0);
    this.layout = this.layoutFor(beds.length, height);
    const isFirst = order === "alarms" || (order === "auto" && this.layout.density !== "full");
    const nowMs = performance.now();
    const arranged = this.order.arrange(
      beds.map((bed) => ({ bed: bed.bed, priority: calls.get(bed)?.priority ?? null })),
      nowMs,
      nowMs - this.handMs < HAND_MS,
    );
    const byName = new Map(beds.map((bed) => [bed.bed, bed]));
    this.beds = isFirst ? arranged.flatMap((name) => byName.get(name) ?? []) : beds;
  }

  private layoutFor(count: number, height: number): WardLayout {
    const wanted = `${count} ${this.size.width} ${height}`;
    if (wanted === this.laidFor) return this.layout;
    this.laidFor = wanted;
    return wardLayout(count, this.size.width, height);
  }

  protected override render() {
    const { beds } = this.ward.value;
    if (beds.size === 0) return html`<empty-ward></empty-ward>`;
    const { density } = this.layout;
    return html`
      ${
        kiosk.isOn
          ? nothing
          : html`<ward-tools .shown=${this.beds.length} .count=${beds.size} @find=${this.find}
              ><slot></slot
            ></ward-tools>`
      }
      ${this.beds.length === 0 ? html`<p class="none">${this.noneWords}</p>` : nothing}
      <div class="beds">
        ${density === "scrolled" && this.size.width > 0 ? nothing : html`<trace-sheet></trace-sheet>`}
        ${repeat(
          this.beds,
          ({ bed }) => bed,
          (bed) =>
            html`<bed-tile
              .bed=${bed}
              .density=${density === "compact" ? "compact" : "full"}
              data-bed="${bed.bed}"
            ></bed-tile>`,
        )}
      </div>
    `;
  }

  protected override updated(): void {
    // A tile that has changed its place has lost the focus.
    const { focused } = this;
    if (focused?.isConnected && !focused.matches(":focus-within")) focused.renderRoot.querySelector("a")?.focus();
    const { density, rows, rowHeight } = this.layout;
    const columns = gridColumns(rows);
    this.style.setProperty("--columns", String(columns));
    this.style.setProperty("--row-height", `${rowHeight}px`);
    this.style.setProperty("--gap", `${GAPS_PX[density]}px`);
    const spans = rows.flatMap((tiles) => Array.from({ length: tiles }, () => columns / tiles));
    const sheet = this.renderRoot.querySelector<TraceSheetElement>("trace-sheet");
    for (const [at, tile] of this.renderRoot.querySelectorAll<BedTile>("bed-tile").entries()) {
      tile.style.gridColumn = `span ${spans[at] ?? 1}`;
      tile.sheet = sheet;
    }
    sheet?.look();
  }

  private get noneWords(): string {
    return this.sought.trim() === "" ? msg("No bed has an alarm.") : msg("No bed of this name.");
  }

  private find({ detail }: CustomEvent<string>): void {
    this.sought = detail;
    this.requestUpdate();
  }

  /** The focus from tile to tile; from elsewhere to the first of those that call for somebody, else of all. */
  private walk(event: KeyboardEvent): void {
    if (!event.key.startsWith("Arrow")) return;
    const tiles = [...this.renderRoot.querySelectorAll<BedTile>("bed-tile")];
    const at = tiles.findIndex((tile) => tile.matches(":focus-within"));
    const [urgent] = this.ward.value.alarms;
    const calling = tiles.findIndex(({ bed }) => bed === urgent?.bed);
    const next = at < 0 ? Math.max(0, calling) : nextTile(event.key, at, this.layout.rows);
    if (next === null || tiles.length === 0) return;
    event.preventDefault();
    tiles[next].renderRoot.querySelector("a")?.focus();
  }

  static override styles = [
    shared,
    css`
      :host {
        min-width: 0;
        min-height: 0;
        height: 100%;
      }
      ward-tools {
        margin-bottom: 8px;
      }
      /* A gap would count for each of the many columns: tiles have theirs themselves. */
      .beds {
        position: relative;
        isolation: isolate;
        display: grid;
        grid-template-columns: repeat(var(--columns, 1), minmax(0, 1fr));
        grid-auto-rows: var(--row-height, 176px);
        row-gap: var(--gap);
        margin: 0 calc(var(--gap) / -2);
      }
      bed-tile {
        margin: 0 calc(var(--gap) / 2);
      }
      .none {
        color: var(--ink-dim);
      }
    `,
  ];
}

const TOOLS_GAP_PX = 8;

/** What moves a bed to the front, and whether it has any alarm. */
function callOf(bed: MonitoredBed): Pick<Call, "priority"> & { readonly isCalling: boolean } {
  const alarms = alarmsOf(bed);
  const urgent = alarms.find(({ isQuiet, category, priority }) => !isQuiet && moves(category, priority));
  return { priority: urgent?.priority ?? null, isCalling: alarms.length > 0 };
}

/** Clinical ones, and a bed without data or without anybody who monitors it. */
const moves = (category: Alarm["category"], priority: Priority): boolean =>
  category === "physiological" ? priority !== "low" : priority === "medium";

customElements.define("ward-view", WardView);
