/** A QRS whose beat's class may still come. */
export interface QrsPlace {
  /** Counts them in the order they came. */
  readonly serial: number;
  readonly position: number;
  isClassed: boolean;
}

const KEPT = 200;

/** Where QRS have been found, each once, whether it is told before its beat, behind it, or again. */
export class QrsPlaces {
  readonly places: QrsPlace[] = [];
  private serial = 0;

  found(position: number): void {
    this.at(position, false);
  }

  /** Its beat has a class. */
  classed(position: number): void {
    this.at(position, true);
  }

  private at(position: number, isClassed: boolean): void {
    const known = this.places.findLast((place) => place.position === position);
    if (known) known.isClassed ||= isClassed;
    else this.places.push({ serial: this.serial++, position, isClassed });
    if (this.places.length > KEPT) this.places.splice(0, KEPT / 4);
  }
}
