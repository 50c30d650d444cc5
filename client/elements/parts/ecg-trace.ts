import { msg, str } from "@lit/localize";
import { html, LitElement, nothing, type PropertyValues } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { Unmonitored } from "../../../contracts/socket.ts";
import { consume, painterContext, settingsContext } from "../../context.ts";
import { everySecond } from "../../controllers/every-second.ts";
import { follow } from "../../controllers/follow.ts";
import { beatHref } from "../../controllers/route.ts";
import { duration } from "../../format.ts";
import { fittingScale, type SweepGeometry, sweepGeometry, sweepPlace } from "../../trace/drawing/calibration.ts";
import { letterAt } from "../../trace/drawing/letter-at.ts";
import { readPalette } from "../../trace/drawing/palette.ts";
import type { DisplayFilterName } from "../../trace/samples/display-filter.ts";
import type { PaintedView, TraceSheet } from "../../trace/painting/painter.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";
import { conditionWords } from "../../words/conditions.ts";
import { type UnmonitoredWords, wordsFor } from "../../ward/unmonitored.ts";
import { traceStyles } from "./ecg-trace-styles.ts";
import type { TraceSheetElement } from "./trace-sheet.ts";
import "./injected-signal.ts";

const silence = (ms: number): string => (ms < 100_000 ? `${Math.floor(ms / 1000)} s` : duration(ms));

/**
 * One lead of a bed as a sweep on ECG paper. Samples go from the ring to the canvas; no reactive property sees them. On a sheet it is a window through
 * which its own part of the sheet is seen: closed from the moment it has another place until that has been drawn, since what lies there is another bed's.
 */
export class EcgTrace extends LitElement {
  static override properties = {
    bed: { attribute: false },
    lead: { type: Number },
    scale: { type: Number },
    filter: { attribute: false },
    unmonitored: { attribute: false },
    isOpen: { attribute: false },
    sheet: { attribute: false },
  };

  declare bed: MonitoredBed;
  declare lead: number;
  /** Times CSS_PX_PER_MM; null: as fits. */
  declare scale: number | null;
  declare filter: DisplayFilterName;
  /** Why nobody monitors the bed; null where somebody does. */
  declare unmonitored: Unmonitored | null;
  /** Of a bed that is open: its samples come while the trace is out of sight too, and a beat's letter leads to why it has its class. */
  declare isOpen: boolean;
  /** Whose canvases it is drawn on; null: on its own. */
  declare sheet: TraceSheetElement | null;

  private readonly settings = consume(this, settingsContext);
  private readonly painter = consume(this, painterContext);
  private view: PaintedView | null = null;
  /** Its own, where it shares none. */
  private ownSheet: TraceSheet | null = null;
  private ownSize = "";
  /** Canvases are for one view: another wants others. */
  private generation = 0;
  private factor = 1;
  private geometry: SweepGeometry | null = null;
  /** What the view was told to show: another is told only where something differs. */
  private told = "";
  /** Of which bed, and where: at another, what lies behind its window may be another bed's. */
  private toldPlace = "";
  private readonly resized = new ResizeObserver(() => this.place());
  private readonly seen = new IntersectionObserver(([entry]) => this.view?.see(entry.isIntersecting));

  constructor() {
    super();
    this.lead = 0;
    this.scale = null;
    this.filter = "monitor";
    this.unmonitored = null;
    this.isOpen = false;
    this.sheet = null;
    this.addEventListener("click", (event) => {
      const beat = this.beatAt(event);
      if (beat !== null) location.hash = beatHref(beat).slice(2);
    });
    this.addEventListener("pointermove", (event) => {
      this.toggleAttribute("atletter", this.beatAt(event) !== null);
    });
    follow(
      this,
      () => everySecond,
      () => this.ofThisSecond,
    );
    follow(
      this,
      () => this.bed.changes,
      () => this.ofTheBed,
    );
    follow(this, () => this.settings.value.changes);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.resized.observe(this);
    this.seen.observe(this);
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
    this.seen.disconnect();
    // One that is put to another place is connected again at once, and goes on.
    queueMicrotask(() => {
      if (!this.isConnected) this.leave(this.sheet);
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("sheet") && this.view) this.leave(changed.get("sheet") ?? null);
  }

  private leave(sheet: TraceSheetElement | null): void {
    sheet?.release(this);
    this.view?.close();
    this.ownSheet?.close();
    this.view = this.ownSheet = null;
    this.generation++;
  }

  protected override updated(): void {
    if (!this.isConnected) return;
    if (!this.view) {
      this.told = this.toldPlace = "";
      this.view = this.openSheet().open({
        onFactor: (factor) => {
          this.factor = factor;
          this.requestUpdate();
        },
        onDrawn: () => this.toggleAttribute("closed", false),
      });
    }
    this.place();
  }

  private openSheet(): TraceSheet {
    if (this.sheet) return this.sheet.add(this);
    const [paper, sweep] = this.renderRoot.querySelectorAll("canvas");
    this.ownSheet = this.painter.value.openSheet(paper, sweep);
    this.ownSize = "";
    return this.ownSheet;
  }

  protected override render() {
    const staleMs = this.bed.staleForMs(performance.now());
    const name = this.bed.leads[this.lead] ?? "";
    const words = this.unmonitored && wordsFor(this.unmonitored);
    const silent = staleMs === null ? "" : `, ${msg(str`no data for ${Math.floor(staleMs / 1000)} seconds`)}`;
    const off = this.bed.conditions.isLeadOff(name) ? `, ${msg("off")}` : "";
    const state = `${words ? `, ${msg("not monitored")}` : ""}${off}${silent}`;
    const { factor } = this;
    const scale = factor === 1 ? "" : `, ${msg(str`at ${factor} of the gain chosen`)}`;
    const isDim = staleMs !== null || words !== null;
    return html`
      ${this.sheet ? nothing : keyed(this.generation, html`<canvas class="paper"></canvas><canvas class="sweep"></canvas>`)}
      <div
        class="picture ${isDim ? "stale" : ""}"
        role="img"
        aria-label="${msg(str`ECG, lead ${name}`)}${state}${scale}"
      ></div>
      ${this.renderSign(staleMs, words)}
      <injected-signal .source=${this.bed.source}></injected-signal>
    `;
  }

  /** What stands across the trace. */
  private renderSign(staleMs: number | null, words: UnmonitoredWords | null) {
    const silent =
      staleMs === null
        ? nothing
        : html`<p class="no-data">${msg("No data").toUpperCase()} <span>${silence(staleMs)}</span></p>`;
    if (words) {
      const label = words.label.toUpperCase();
      return html`<div class="unmonitored">
        ${label === msg("No data").toUpperCase() ? silent : html`<p class="label">${label}</p>`}
        <p class="why">${words.short}</p>
      </div>`;
    }
    if (staleMs !== null) return silent;
    return this.isWaiting ? html`<p class="no-data waiting">${msg("Waiting for data")}</p>` : nothing;
  }

  private get isWaiting(): boolean {
    return this.bed.trace?.leads[this.lead]?.isWaiting ?? true;
  }

  /** What changes as time goes by: for how long nothing has come, and what it is drawn on. */
  private get ofThisSecond(): string {
    const staleMs = this.bed.staleForMs(performance.now());
    const silentS = staleMs === null ? "" : Math.floor(staleMs / 1000);
    return `${silentS} ${this.isWaiting} ${devicePixelRatio} ${JSON.stringify(readPalette(this))}`;
  }

  private get ofTheBed(): string {
    const name = this.bed.leads[this.lead] ?? "";
    return `${name} ${this.bed.conditions.isLeadOff(name)} ${this.isWaiting} ${this.bed.source}`;
  }

  /** Tells the view what to show and where, if that differs from what it shows. */
  place(): void {
    const { clientWidth, clientHeight, bed, lead, filter } = this;
    if (clientWidth === 0 || clientHeight === 0) {
      // What it no longer shows must not be drawn where another trace may stand by now.
      if (this.sheet && this.told !== "") this.leave(this.sheet);
      return;
    }
    if (!this.view) return this.requestUpdate();
    const calibration = {
      ...this.settings.value.values,
      scale: this.scale ?? fittingScale(clientWidth, clientHeight),
    };
    const geometry = sweepGeometry(calibration, clientWidth, clientHeight, devicePixelRatio);
    this.geometry = geometry;
    const { x, y } = this.sheet?.placeOf(this) ?? { x: 0, y: 0 };
    const offWords = conditionWords({ kind: "lead-off", lead: bed.leads[lead] ?? "" });
    const settings = { x, y, bed: bed.bed, lead, filter, geometry, palette: readPalette(this), offWords };
    const told = JSON.stringify([settings, this.isOpen, this.sheet?.size]);
    if (told === this.told) return;
    this.told = told;
    const [width, height] = [geometry.left + geometry.width, geometry.height];
    const place = `${bed.bed} ${x} ${y} ${width} ${height} ${this.sheet?.size}`;
    if (place !== this.toldPlace) this.toggleAttribute("closed", this.sheet !== null);
    this.toldPlace = place;
    const size = `${width} ${height}`;
    if (this.ownSheet && size !== this.ownSize) {
      this.ownSheet.setSize(width, height);
      this.ownSize = size;
    }
    this.view.set(settings, this.isOpen);
  }

  /** The id of the beat whose letter is there; null where none is, or letters lead nowhere. */
  private beatAt({ clientX, clientY }: MouseEvent): string | null {
    const { geometry, bed } = this;
    const { trace } = bed;
    const head = this.painter.value.headOf(bed.bed);
    if (!this.isOpen || !geometry || !trace || !head) return null;
    const headAt = head.position + ((performance.now() - head.toldMs) / 1000) * trace.rateHz;
    const oldest = headAt - (geometry.width / geometry.pxPerSecond) * trace.rateHz;
    const letters = bed.beats.flatMap(({ id, epoch, sample, fiducialSample }) => {
      const position = trace.positionOf(epoch, fiducialSample ?? sample);
      if (position === null || position < oldest || position > headAt) return [];
      return [{ id, x: sweepPlace(geometry, position / trace.rateHz).x }];
    });
    const { left, top } = this.getBoundingClientRect();
    const place = { x: (clientX - left) * geometry.ratio, y: (clientY - top) * geometry.ratio };
    return letterAt(geometry, letters, place)?.id ?? null;
  }

  static override styles = traceStyles;
}

customElements.define("ecg-trace", EcgTrace);
