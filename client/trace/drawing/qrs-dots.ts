import type { QrsPlace } from "../samples/qrs-places.ts";
import type { SweepGeometry } from "./calibration.ts";
import { LABEL_HALF_PX } from "./draw-marks.ts";
import type { Pen } from "./pen.ts";

/** A class comes up to two seconds behind its R peak: after so long, of event time, none will. */
const UNKNOWN_S = 4;
const RADIUS_PX = 3.5;
const LINE_PX = 1.4;

/** Lays the trace's line again over a stretch of positions that was wiped. */
export type Mend = (from: number, to: number) => void;

/**
 * A hollow dot over each QRS until its letter takes its place. One that gets none is struck through: that something beat there is known, what it was
 * is not.
 */
export class QrsDots {
  private waiting: QrsPlace[] = [];
  private drawn: QrsPlace[] = [];
  private seen = -1;

  constructor(
    private readonly context: Pen,
    private readonly geometry: SweepGeometry,
    private readonly rateHz: number,
    private readonly colour: string,
    /** Where a position stands, device pixels. */
    private readonly xOf: (position: number) => number,
  ) {}

  /** Nothing stands on the trace: those from `oldest` on are drawn again. */
  restartAt(places: readonly QrsPlace[], oldest: number): void {
    this.drawn = [];
    this.waiting = places.filter(({ position }) => position >= oldest);
    this.seen = places.at(-1)?.serial ?? -1;
  }

  /** Those that lie before `until`, where the erase bar does not wipe them, and behind `oldest`, where it has not. */
  draw(places: readonly QrsPlace[], oldest: number, until: number, mend: Mend): void {
    for (let at = places.length - 1; at >= 0 && places[at].serial > this.seen; at--) this.waiting.push(places[at]);
    this.seen = Math.max(this.seen, places.at(-1)?.serial ?? -1);
    this.drawn = this.drawn.filter((place) => {
      if (place.position < oldest) return false;
      if (place.isClassed) this.wipe(place, mend);
      else if (until - place.position > UNKNOWN_S * this.rateHz) this.strike(place);
      else return true;
      return false;
    });
    this.waiting = this.waiting.filter((place) => {
      if (place.isClassed || place.position < oldest) return false;
      if (place.position > until) return true;
      this.ring(place);
      if (until - place.position > UNKNOWN_S * this.rateHz) this.strike(place);
      else this.drawn.push(place);
      return false;
    });
  }

  private placeOf({ position }: QrsPlace): { x: number; y: number; radius: number } {
    const { left, width, ratio } = this.geometry;
    const radius = RADIUS_PX * ratio;
    const edge = radius + LINE_PX * ratio;
    const x = Math.min(Math.max(this.xOf(position), left + edge), left + width - edge);
    return { x, y: (LABEL_HALF_PX + 2) * ratio, radius };
  }

  private ring(place: QrsPlace): void {
    const { x, y, radius } = this.placeOf(place);
    this.begin();
    this.context.arc(x, y, radius, 0, 2 * Math.PI);
    this.context.stroke();
  }

  private strike(place: QrsPlace): void {
    const { x, y, radius } = this.placeOf(place);
    this.begin();
    this.context.moveTo(x - radius, y + radius);
    this.context.lineTo(x + radius, y - radius);
    this.context.stroke();
  }

  private begin(): void {
    this.context.strokeStyle = this.colour;
    this.context.lineWidth = LINE_PX * this.geometry.ratio;
    this.context.beginPath();
  }

  private wipe(place: QrsPlace, mend: Mend): void {
    const { context, geometry } = this;
    const { x, y, radius } = this.placeOf(place);
    const half = Math.ceil(radius + LINE_PX * geometry.ratio);
    const [left, top] = [Math.floor(x - half), Math.floor(y - half)];
    context.save();
    context.beginPath();
    context.rect(left, top, 2 * half + 1, 2 * half + 1);
    context.clip();
    context.clearRect(left, top, 2 * half + 1, 2 * half + 1);
    const reach = Math.ceil(((half + 2) * this.rateHz) / geometry.pxPerSecond);
    mend(place.position - reach, place.position + reach + 1);
    context.restore();
  }
}
