import type { Beat } from "../../../contracts/beat.ts";

/** How many beats are kept: of so long before the last one, ms, no more than `most`. */
interface Bounds {
  readonly windowMs: number;
  readonly most: number;
}

/** What a ward says of a bed is of the last minute; a little more, so that the minute's begin is known. */
const OF_A_WARD: Bounds = { windowMs: 90_000, most: 500 };
/** About ten minutes at 100/min. */
const OF_AN_OPEN_BED: Bounds = { windowMs: Number.POSITIVE_INFINITY, most: 1000 };
/** So many are kept however old they are: one whose time is wrong must not drive out all others. */
const LEAST = 64;

/** A bed's last beats, each once, in the order of their times: a few, or many while somebody looks at them. */
export class KeptBeats {
  readonly all: Beat[] = [];
  private readonly ids = new Set<string>();
  private bounds = OF_A_WARD;

  /** Takes a beat, wherever in time it belongs; false where it is known, or older than what is kept. */
  add(beat: Beat): boolean {
    if (this.ids.has(beat.id)) return false;
    this.ids.add(beat.id);
    let place = this.all.length;
    while (place > 0 && this.all[place - 1].timeMs > beat.timeMs) place--;
    this.all.splice(place, 0, beat);
    this.forget();
    return this.ids.has(beat.id);
  }

  /** Whether many are kept from here on. */
  keepMany(isMany: boolean): void {
    this.bounds = isMany ? OF_AN_OPEN_BED : OF_A_WARD;
    this.forget();
  }

  private forget(): void {
    const { all, bounds } = this;
    const oldestMs = (all.at(-1)?.timeMs ?? 0) - bounds.windowMs;
    let gone = Math.max(0, all.length - bounds.most);
    while (all.length - gone > LEAST && all[gone].timeMs < oldestMs) gone++;
    for (const { id } of all.splice(0, gone)) this.ids.delete(id);
  }
}
