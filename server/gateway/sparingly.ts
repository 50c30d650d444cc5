const EVERY_MS = 5000;

/** `log`, once in five seconds at the most: whoever sends what cannot be read must not fill a disk. `more`: left out since. */
export function sparingly<T extends unknown[]>(log: (...args: [...T, number]) => void): (...args: T) => void {
  let lastMs = Number.NEGATIVE_INFINITY;
  let more = 0;
  return (...args) => {
    const nowMs = performance.now();
    if (nowMs - lastMs < EVERY_MS) {
      more++;
      return;
    }
    log(...args, more);
    lastMs = nowMs;
    more = 0;
  };
}
