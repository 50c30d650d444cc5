import { BedsideError } from "../../contracts/errors.ts";
import { WINDOW_LENGTH } from "../events.ts";
import type { StateReader, StateWriter, Stateful } from "../state.ts";
import { deviation, qrsSpread } from "./shape.ts";
import { Stretch } from "./stretch.ts";

const MAX_CLUSTERS = 6;
const MIN_CORRELATION = 0.9;
/** Each beat weighs this much less at the next: a memory of about 150 beats. */
const DECAY = 1 - 1 / 150;
/** A cluster's template follows its beats by at least this share of each. */
const MIN_LEARNING_RATE = 1 / 16;
/** Smaller clusters, against the largest, cannot be the dominant one. */
const MIN_DOMINANT_SHARE = 0.35;
/** QRS compared: −96 to +152 ms. */
const FROM = -12;
const TO = 19;
const qrs = new Stretch(FROM, TO, 2);

/** How a beat stands among the beats before it. */
export interface Kinship {
  /** Share of past beats in the beat's own cluster, 0 to 1; 0.5 at the very start. */
  readonly share: number;
  /** The beat's cluster is the dominant one, or there is none yet. */
  readonly dominant: boolean;
}

/**
 * Groups the bed's beats by QRS shape as they come, and keeps the dominant group's mean beat: what is normal for this
 * bed. Clustering by correlation with running templates is as old as arrhythmia monitors (G. B. Moody & R. G. Mark,
 * "Development and evaluation of a 2-lead ECG analysis program", Computers in Cardiology 1982). Dominant is the
 * narrowest among the large clusters, so that bigeminy does not make the ectopic beat the norm.
 */
export class Clusters implements Stateful {
  private readonly templates = Array.from({ length: MAX_CLUSTERS }, () => new Float64Array(WINDOW_LENGTH));
  /** Beats, decayed; beats in all; of the template: QRS spread (s) and size (mV). */
  private readonly weights = new Float64Array(MAX_CLUSTERS);
  private readonly totals = new Float64Array(MAX_CLUSTERS);
  private readonly spreads = new Float64Array(MAX_CLUSTERS);
  private readonly sizes = new Float64Array(MAX_CLUSTERS);
  private size = 0;
  private seen = 0;

  /** Copies the dominant template into `out`, [187] mV; false (and `out` untouched) where there is none yet. */
  dominantTemplate(out: Float64Array): boolean {
    const dominant = this.dominant();
    if (dominant < 0) return false;
    out.set(this.templates[dominant]);
    return true;
  }

  /** Judges a beat by those before it, then takes it in. `window`: [187] mV, median removed. */
  add(window: Float64Array): Kinship {
    const dominant = this.dominant();
    const own = this.closest(window);
    let sum = 0;
    for (let i = 0; i < this.size; i++) sum += this.weights[i];
    const unseen = this.seen < 8 ? 0.5 : 0;
    const kinship = {
      share: own >= 0 ? this.weights[own] / Math.max(sum, 1e-9) : unseen,
      dominant: dominant < 0 || own === dominant,
    };
    for (let i = 0; i < this.size; i++) this.weights[i] *= DECAY;
    this.learn(own >= 0 ? own : this.open(), window);
    this.seen++;
    return kinship;
  }

  save(to: StateWriter): void {
    to.number(this.seen);
    to.number(this.size);
    for (const values of [this.weights, this.totals, this.spreads]) to.array(values.subarray(0, this.size));
    for (let i = 0; i < this.size; i++) to.array(this.templates[i]);
  }

  load(from: StateReader): void {
    this.seen = from.number();
    const size = from.number();
    if (!(Number.isInteger(size) && size >= 0 && size <= MAX_CLUSTERS)) {
      throw new BedsideError("BAD_SNAPSHOT", `the snapshot holds ${size} clusters of ${MAX_CLUSTERS} at the most`);
    }
    this.size = size;
    for (const values of [this.weights, this.totals, this.spreads]) from.into(values.subarray(0, size));
    for (let i = 0; i < size; i++) {
      from.into(this.templates[i]);
      this.sizes[i] = sizeOf(this.templates[i]);
    }
  }

  private dominant(): number {
    if (this.seen < 2) return -1;
    let largest = 0;
    for (let i = 0; i < this.size; i++) largest = Math.max(largest, this.weights[i]);
    let best = -1;
    let bestSpread = Number.POSITIVE_INFINITY;
    for (let i = 0; i < this.size; i++) {
      const share = this.weights[i] / largest;
      const spread = (this.spreads[i] + 0.005) * (1 - 0.1 * share);
      if (share >= MIN_DOMINANT_SHARE && spread < bestSpread) {
        best = i;
        bestSpread = spread;
      }
    }
    return best;
  }

  /** The cluster whose QRS is alike in shape and, within a factor of 2, in size; −1 where none is. */
  private closest(window: Float64Array): number {
    const size = sizeOf(window);
    qrs.take(window);
    let best = -1;
    let bestLikeness = MIN_CORRELATION;
    for (let i = 0; i < this.size; i++) {
      const ratio = size / this.sizes[i];
      if (ratio <= 0.5 || ratio >= 2) continue;
      const likeness = qrs.likeness(this.templates[i]);
      if (likeness >= bestLikeness) {
        best = i;
        bestLikeness = likeness;
      }
    }
    return best;
  }

  /** An empty cluster, in place of the one that weighs least where all are taken. */
  private open(): number {
    let place = this.size;
    if (this.size < MAX_CLUSTERS) {
      this.size++;
    } else {
      place = 0;
      for (let i = 1; i < MAX_CLUSTERS; i++) if (this.weights[i] < this.weights[place]) place = i;
    }
    this.weights[place] = 0;
    this.totals[place] = 0;
    return place;
  }

  private learn(cluster: number, window: Float64Array): void {
    this.weights[cluster] += 1;
    this.totals[cluster] += 1;
    const rate = Math.max(1 / this.totals[cluster], MIN_LEARNING_RATE);
    const template = this.templates[cluster];
    for (let i = 0; i < WINDOW_LENGTH; i++) template[i] += rate * (window[i] - template[i]);
    this.spreads[cluster] = qrsSpread(template);
    this.sizes[cluster] = sizeOf(template);
  }
}

function sizeOf(window: Float64Array): number {
  return deviation(window, FROM, TO) + 1e-9;
}
