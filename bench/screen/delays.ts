/** A class's letter, when it came or was drawn, Unix ms, and where its bed's trace is. */
export type Seen = readonly [letter: string, atMs: number, place: string];

/** Of a beat that was never drawn nothing is left after so long. */
const LONGEST_MS = 3000;

/** Letters of one beat on several leads are drawn in the same frame; a heart's beats are further apart. */
const SAME_BEAT_MS = 100;

/** Of one bed's letters, drawn on each of its leads: the first one of each beat. */
export function firstOfEach(drawn: readonly Seen[]): Seen[] {
  const inOrder = drawn.toSorted((a, b) => a[1] - b[1]);
  return inOrder.filter(([, atMs], i) => i === 0 || atMs - inOrder[i - 1][1] > SAME_BEAT_MS);
}

/**
 * From each beat's message to its letter, ms, ascending. A letter is taken for that of the last beat of its place and class: of one that was wiped before
 * its class came none is drawn, and a delay of more than the time between two beats seems shorter than it is, though not short.
 */
export function delaysOf(beats: readonly Seen[], drawn: readonly Seen[]): number[] {
  const waiting = new Map<string, number[]>();
  const all = [...beats.map((seen) => [...seen, true] as const), ...drawn.map((seen) => [...seen, false] as const)];
  const delays: number[] = [];
  for (const [letter, atMs, place, isBeat] of all.toSorted((a, b) => a[1] - b[1])) {
    const queue = waiting.get(`${place} ${letter}`) ?? [];
    waiting.set(`${place} ${letter}`, queue);
    if (isBeat) queue.push(atMs);
    else {
      const beganMs = queue.pop();
      if (beganMs !== undefined && beganMs >= atMs - LONGEST_MS) delays.push(atMs - beganMs);
    }
  }
  return delays.toSorted((a, b) => a - b);
}
