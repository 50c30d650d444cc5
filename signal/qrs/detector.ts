import { CHAIN_RATE_HZ } from "../events.ts";
import type { StateReader, StateWriter, Stateful } from "../state.ts";
import { bandPass, Filter } from "../filters.ts";

/** Called at each QRS: its R peak on the 125 Hz axis, and whether search-back found it (later than 0.3 s after R). */
export type QrsListener = (position125: number, foundLate: boolean) => void;

const RING = 64;
const WINDOW = 14;
const LOOK = 17;

/** Causal QRS detector at 125 Hz; see README.md. Constant cost per sample. */
export class QrsDetector implements Stateful {
  private readonly band = new Filter(bandPass(2, 6, 18, CHAIN_RATE_HZ));
  private readonly shape = new Filter(bandPass(2, 2, 30, CHAIN_RATE_HZ));
  private readonly squares = new Float64Array(RING);
  private readonly energy = new Float64Array(RING);
  private readonly deflection = new Float64Array(RING);
  private readonly levels = Float64Array.of(0.04, 0.004);
  private index = 0;
  private previous = 0;
  private last = Number.NEGATIVE_INFINITY;

  /** The next sample, mV. `emit` may be called once. */
  push(millivolts: number, emit: QrsListener): void {
    const at = this.index++;
    const slot = at & (RING - 1);
    const filtered = this.band.push(millivolts);
    const slope = filtered - this.previous;
    this.previous = filtered;
    this.deflection[slot] = this.shape.push(millivolts);
    this.squares[slot] = slope * slope;
    let sum = 0;
    for (let i = 0; i < WINDOW; i++) sum += this.squares[(at - i) & (RING - 1)];
    this.energy[slot] = 1.25 * Math.sqrt(sum / WINDOW);
    const peak = at - LOOK;
    const value = this.energy[peak & (RING - 1)];
    for (let i = 1; i <= LOOK; i++) {
      if (this.energy[(peak + i) & (RING - 1)] > value || this.energy[(peak - i) & (RING - 1)] >= value) return;
    }
    const [signal, noise] = this.levels;
    if (value > noise + 0.3 * (signal - noise) && peak - this.last > 27) {
      this.levels[0] += (value - signal) / 8;
      this.last = peak;
      emit(this.refine(peak - WINDOW / 2 - 4), false);
    } else {
      this.levels[1] += (Math.min(value, signal / 2) - noise) / 8;
    }
  }

  /** Forgets everything; the next sample has index `position125`. */
  reset(position125 = 0): void {
    this.band.reset();
    this.shape.reset();
    for (const ring of [this.squares, this.energy, this.deflection]) ring.fill(0);
    this.levels.set([0.04, 0.004]);
    this.index = position125;
    this.previous = 0;
    this.last = Number.NEGATIVE_INFINITY;
  }

  save(to: StateWriter): void {
    to.part(this.band);
    to.part(this.shape);
    for (const array of [this.squares, this.energy, this.deflection, this.levels]) to.array(array);
    to.number(this.index);
    to.number(this.previous);
    to.number(this.last);
  }

  load(from: StateReader): void {
    from.part(this.band);
    from.part(this.shape);
    for (const array of [this.squares, this.energy, this.deflection, this.levels]) from.into(array);
    this.index = from.number();
    this.previous = from.number();
    this.last = from.number();
  }

  private refine(centre: number): number {
    let best = centre;
    for (let i = centre - 10; i <= centre + 10; i++) {
      const here = Math.abs(this.deflection[i & (RING - 1)]);
      if (here > Math.abs(this.deflection[best & (RING - 1)])) best = i;
    }
    return best - 1;
  }
}
