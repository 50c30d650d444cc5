import { FRAME_LIMITS } from "./frame-shape.ts";

/** Stands between the name that a producer gives twice and what tells its recordings apart. */
const MARK = "..";

/**
 * The name under which a recording is heard whose own name another recording of the bed has: `name` (cut where it is long), and
 * `ms` of Unix time in base 36. At most 64 characters.
 */
export function derivedEpoch(name: string, ms: number): string {
  const end = `${MARK}${Math.floor(ms).toString(36)}`;
  return name.slice(0, FRAME_LIMITS.maxNameLength - end.length) + end;
}

const DERIVED = /^(.*)\.\.[0-9a-z]+$/;

/** Whether what is told of the epoch `heardAs` is told of frames that name theirs `name`. */
export function isHeardAs(name: string, heardAs: string): boolean {
  if (name === heardAs) return true;
  const stem = DERIVED.exec(heardAs)?.[1];
  if (stem === undefined) return false;
  return stem === name || (heardAs.length === FRAME_LIMITS.maxNameLength && name.startsWith(stem));
}
