import { html, LitElement, type TemplateResult } from "lit";
import { everySecond } from "../../controllers/every-second.ts";
import { Size } from "../../controllers/size.ts";
import { follow } from "../../controllers/follow.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";
import { axes, type ChartFrame, chartFrame, HEADING_PX } from "./chart.ts";

/** A panel with a plot of a bed's last minutes, drawn anew every second. */
export abstract class TimeChart extends LitElement {
  static override properties = { bed: { attribute: false } };
  declare bed: MonitoredBed;
  private readonly size = new Size(this);

  constructor() {
    super();
    follow(this, () => everySecond);
  }

  /** Now of the bed, Unix ms. */
  protected get endMs(): number {
    return this.bed.eventNowMs(performance.now());
  }

  /** Scales for the last `spanMs`, in the room that the heading leaves. */
  protected frame(endMs: number, spanMs: number, range: readonly [number, number]): ChartFrame {
    return chartFrame({ width: this.size.width, height: this.size.height - HEADING_PX }, endMs, spanMs, range);
  }

  /** The plot with its axes; times stand `everyMs` apart. */
  protected plot(
    frame: ChartFrame,
    { label, everyMs, unit }: { readonly label: string; readonly everyMs: number; readonly unit: "min" | "s" },
    content: unknown,
  ): TemplateResult {
    return html`<div class="plot">
      <svg viewBox="0 0 ${frame.width} ${frame.height}" role="img" aria-label=${label}>
        ${axes(frame, everyMs, unit)} ${content}
      </svg>
    </div>`;
  }
}
