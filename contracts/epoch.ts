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
