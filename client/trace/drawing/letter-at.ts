import type { SweepGeometry } from "./calibration.ts";
import { LABEL_HALF_PX, letterX } from "./draw-marks.ts";

/** Something that has a letter above x. */
export interface Lettered {
  readonly x: number;
}

/** Whose letter is at a place, device pixels: the nearest of those that lie over one another; null where there is none. */
export function letterAt<T extends Lettered>(
  geometry: SweepGeometry,
  letters: readonly T[],
  place: { readonly x: number; readonly y: number },
): T | null {
  const half = LABEL_HALF_PX * geometry.ratio;
  if (place.y > 2 * half + 2 * geometry.ratio) return null;
  let nearest: T | null = null;
  let least = half;
  for (const letter of letters) {
    const away = Math.abs(letterX(geometry, letter.x) - place.x);
    if (away <= least) [nearest, least] = [letter, away];
  }
  return nearest;
}
