const FIRST_MS = 500;
const LONGEST_MS = 8000;

/**
 * How long to wait before the n-th attempt in a row (from 1), ms: doubling up to 8 s, between half and all of it by
 * `share` (0 to 1, drawn at random) so that many pages do not come back at one moment.
 */
export function backoffMs(attempt: number, share: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.round(whole * (0.5 + 0.5 * share));
}
