import { msg, str } from "@lit/localize";
import { html, LitElement, nothing, svg } from "lit";
import type { Beat } from "../../../contracts/beat.ts";
import { conditionShort } from "../../words/conditions.ts";
import { timeOfDay } from "../../format.ts";
import { shownClass } from "../../review/export-wfdb.ts";
import { type LeadPicture, leadPictures, PAPER, placeOf } from "../../review/strip-picture.ts";
import type { Strip } from "../../source/ecg-source.ts";
import { shared } from "../../styles/shared.ts";
import { factorWords } from "../../trace/drawing/fit.ts";
import { stripStyles } from "./strip-styles.ts";

/** Below the leads: a row for each condition, no more than so many, and the times, mm. */
const ROW_MM = 4.4;
const MAX_ROWS = 4;
const TIMES_MM = 8;

/**
 * Some seconds of all leads on paper at 25 mm/s and 10 mm/mV, beats labelled, what was open below. A `choose` event names the beat that
 * was chosen.
 */
export class EcgStrip extends LitElement {
  static override properties = {
    strip: { attribute: false },
    fromMs: { attribute: false },
    toMs: { attribute: false },
    chosen: { attribute: false },
    isPrint: { attribute: false },
  };
  declare strip: Strip;
  /** Event time, Unix ms. */
  declare fromMs: number;
  declare toMs: number;
  /** Id of the beat that is chosen; null: none is, or none can be. */
  declare chosen: string | null;
  /** In true millimetres; else as wide as there is room. */
  declare isPrint: boolean;

  constructor() {
    super();
    this.chosen = null;
    this.isPrint = false;
  }

  protected override render() {
    const { strip, fromMs, toMs, isPrint } = this;
    const pictures = leadPictures(strip, fromMs, toMs);
    const width = placeOf(toMs, fromMs);
    const open = strip.conditions
      .filter(({ condition, endTimeMs }) => condition.beginTimeMs < toMs && (endTimeMs ?? toMs) > fromMs)
      .slice(-MAX_ROWS);
    const height = pictures.length * PAPER.lead + open.length * ROW_MM + TIMES_MM;
    const size = isPrint ? svgSize(width, height) : null;
    const words = msg(str`${pictures.length} leads of ${strip.bed}, ${timeOfDay(fromMs)} to ${timeOfDay(toMs)}`);
    return html`<svg
      viewBox="0 0 ${width} ${height}"
      width=${size?.width ?? "100%"}
      height=${size?.height ?? nothing}
      role="group"
      aria-label=${words}
    >
      ${svg`<defs>
        <pattern id="fine" width="1" height="1" patternUnits="userSpaceOnUse" x=${PAPER.gutter}><path class="fine" d="M0 0V1M0 0H1" /></pattern>
        <pattern id="bold" width="5" height="5" patternUnits="userSpaceOnUse" x=${PAPER.gutter}><path class="bold" d="M0 0V5M0 0H5" /></pattern>
        <pattern id="hatch" width="2" height="2" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="gap" d="M0 0V2" /></pattern>
        <pattern id="off" width="2" height="2" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="off" d="M0 0V2" /></pattern>
      </defs>`}
      ${pictures.map((picture, i) => this.renderLead(picture, i * PAPER.lead, width))} ${this.renderBeats(pictures[0])}
      ${this.renderFoot(open, pictures.length * PAPER.lead, width)}
    </svg>`;
  }

  private renderLead({ name, path, missing, off, fit, zero, mv }: LeadPicture, y: number, width: number) {
    const { gutter, lead } = PAPER;
    const foot = Math.min(Math.max(zero, mv + 1), lead - 1);
    return svg`<g transform="translate(0 ${y})">
      <rect x=${gutter} width=${width - gutter} height=${lead} fill="url(#fine)" />
      <rect x=${gutter} width=${width - gutter} height=${lead} fill="url(#bold)" />
      ${missing.map((run) => svg`<rect x=${run.x} width=${run.width} height=${lead} fill="url(#hatch)" />`)}
      ${off.map(
        (run) => svg`<rect data-testid="off" x=${run.x} width=${run.width} height=${lead} fill="url(#off)" />
          <text class="kind" x=${run.x + 1} y=${lead / 2}>${conditionShort({ kind: "lead-off", lead: name })}</text>`,
      )}
      <path class="mark" d="M1 ${foot}H2.2V${foot - mv}H5.8V${foot}H7" />
      <path class="line" d=${path} />
      <text class="name" x=${gutter + 1} y=${lead - 1.5}>${name} ${factorWords(fit)}</text>
    </g>`;
  }

  private renderBeats(picture: LeadPicture | undefined) {
    const { strip, fromMs, toMs } = this;
    if (!picture) return "";
    const beats = strip.beats.filter(({ timeMs }) => timeMs >= fromMs && timeMs < toMs);
    const first = beats.find(({ id }) => id === this.chosen) ?? beats[0];
    return svg`<g @keydown=${(event: KeyboardEvent) => this.move(event, beats)}>
      ${beats.map((beat) => this.renderBeat(beat, beat === first))}
    </g>`;
  }

  private renderBeat(beat: Beat, isFirst: boolean) {
    const { strip, fromMs, isPrint } = this;
    const beatClass = shownClass(strip, beat);
    const isChanged = beatClass !== beat.beatClass;
    const at = timeOfDay(beat.timeMs);
    const words = isChanged
      ? msg(str`Beat ${beatClass} at ${at}, told as ${beat.beatClass}`)
      : msg(str`Beat ${beatClass} at ${at}`);
    const x = placeOf(markMs(beat), fromMs);
    const choose = (): void => this.choose(beat);
    return svg`<g
      class="beat ${beatClass} ${beat.id === this.chosen ? "chosen" : ""} ${isChanged ? "changed" : ""}"
      data-testid="beat"
      data-beat=${beat.id}
      data-class=${beatClass}
      role=${isPrint ? "img" : "button"}
      tabindex=${isPrint ? nothing : isFirst ? 0 : -1}
      aria-label=${words}
      aria-pressed=${isPrint ? nothing : beat.id === this.chosen}
      @click=${choose}
    >
      <rect x=${x - 3} y="0.4" width="6" height="6" rx="1" />
      <text x=${x} y="5">${beatClass}</text>
      ${isChanged ? svg`<text class="told" x=${x + 3.4} y="5">${msg(str`was ${beat.beatClass}`)}</text>` : ""}
    </g>`;
  }

  private renderFoot(open: Strip["conditions"], y: number, width: number) {
    const { fromMs, toMs } = this;
    const timesAt = open.length * ROW_MM;
    const ticks: number[] = [];
    for (let ms = Math.ceil(fromMs / 1000) * 1000; ms < toMs; ms += 1000) ticks.push(ms);
    const within = (ms: number): number => Math.min(width, Math.max(PAPER.gutter, placeOf(ms, fromMs)));
    return svg`<g transform="translate(0 ${y})">
      ${open.map(({ condition, endTimeMs }, row) => {
        const [x, end] = [within(condition.beginTimeMs), within(endTimeMs ?? toMs)];
        return svg`<g class=${condition.priority}>
          <rect class="open" x=${x} y=${0.8 + row * ROW_MM} width=${end - x} height="0.9" />
          <text class="kind" x=${Math.min(x, width - 24)} y=${4.5 + row * ROW_MM}>${conditionShort(condition)}</text>
        </g>`;
      })}
      ${ticks.map(
        (ms) => svg`<path class="mark" d="M${placeOf(ms, fromMs)} ${timesAt + 1}v1.4" />
        ${
          ms % 5000 === 0
            ? svg`<text class="time" x=${Math.min(placeOf(ms, fromMs), width - 7)} y=${timesAt + 6.4}>${timeOfDay(ms)}</text>`
            : ""
        }`,
      )}
    </g>`;
  }

  private move(event: KeyboardEvent, beats: readonly Beat[]): void {
    const at = beats.findIndex(({ id }) => id === (event.target as Element).getAttribute("data-beat"));
    const by = { ArrowRight: 1, ArrowLeft: -1, Enter: 0, " ": 0 }[event.key];
    const beat = by === undefined ? undefined : beats[at + by];
    if (!beat) return;
    event.preventDefault();
    event.stopPropagation();
    this.choose(beat);
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<SVGElement>(`[data-beat="${CSS.escape(beat.id)}"]`)?.focus(),
    );
  }

  private choose({ id }: Beat): void {
    if (!this.isPrint) this.dispatchEvent(new CustomEvent("choose", { detail: id }));
  }

  static override styles = [shared, stripStyles];
}

const svgSize = (width: number, height: number): { width: string; height: string } => ({
  width: `${width}mm`,
  height: `${height}mm`,
});

/** Where an annotator would put the mark, Unix ms. */
const markMs = ({ timeMs, sample, fiducialSample = sample, samplingRateHz }: Beat): number =>
  timeMs + ((fiducialSample - sample) / samplingRateHz) * 1000;

customElements.define("ecg-strip", EcgStrip);
