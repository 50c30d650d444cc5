import type { Samples } from "./decimate.ts";
import { type SweepGeometry, millivoltsToY, sweepPlace } from "./calibration.ts";
import { roomOf } from "./fit.ts";
import type { Pen } from "./pen.ts";

/** Half of an arrow's width, CSS pixels. */
export const ARROW_HALF_PX = 4;
const ARROW_PX = 6;

/** On which side of the trace a value at `y` lies: −1 above, 1 below, 0 in it. */
const sideOf = (y: number, { height }: SweepGeometry): -1 | 0 | 1 => (y < 0 ? -1 : y > height ? 1 : 0);

/** Draws a small arrow where samples leave the trace, in the middle of each such stretch. */
export class OverflowArrows {
  private side: -1 | 0 | 1 = 0;
  private since = 0;
  private doneTo = 0;

  constructor(
    private readonly context: Pen,
    private readonly rateHz: number,
    private readonly colour: string,
  ) {}

  restartAt(position: number): void {
    this.side = 0;
    this.doneTo = position;
  }

  /** Goes on to `until` with samples that all lie in a trace of that geometry. */
  draw(samples: Samples, until: number, geometry: SweepGeometry): void {
    for (; this.doneTo < until; this.doneTo++) {
      const value = samples.at(this.doneTo);
      const side = Number.isNaN(value) ? 0 : sideOf(millivoltsToY(geometry, value), geometry);
      if (side === this.side) continue;
      if (this.side !== 0) this.put((this.since + this.doneTo - 1) / 2, this.side, geometry);
      this.side = side;
      this.since = this.doneTo;
    }
  }

  private put(position: number, side: -1 | 1, geometry: SweepGeometry): void {
    const { context } = this;
    const { ratio, height } = geometry;
    const place = sweepPlace(geometry, position / this.rateHz);
    const half = ARROW_HALF_PX * geometry.ratio;
    // Within the trace: the sweep does not wipe what lies beyond.
    const x = Math.min(Math.max(place.x, geometry.left + half), geometry.left + geometry.width - half);
    const tip = side < 0 ? roomOf(geometry).top : height - ratio;
    const foot = tip - side * ARROW_PX * ratio;
    context.fillStyle = this.colour;
    context.beginPath();
    context.moveTo(x, tip);
    context.lineTo(x - ARROW_HALF_PX * ratio, foot);
    context.lineTo(x + ARROW_HALF_PX * ratio, foot);
    context.fill();
  }
}
