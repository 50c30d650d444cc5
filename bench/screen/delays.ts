/** A class's letter, when it came or was drawn, Unix ms, where its bed's trace is, and where in that it was drawn. */
export type Seen = readonly [letter: string, atMs: number, place: string, x?: number];

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
  const seen = new Set<string>();
  const all = [
    ...beats.map(([letter, atMs, place]) => [letter, atMs, place, null] as const),
    ...drawn.map(([letter, atMs, place, x = 0]) => [letter, atMs, place, x] as const),
  ];
  const delays: number[] = [];
  for (const [letter, atMs, place, x] of all.toSorted((a, b) => a[1] - b[1])) {
    const queue = waiting.get(`${place} ${letter}`) ?? [];
    waiting.set(`${place} ${letter}`, queue);
    if (x === null) queue.push(atMs);
    else {
      // A trace that was drawn again has its letters again, where they were.
      const at = `${place} ${letter} ${x}`;
      if (seen.has(at)) continue;
      seen.add(at);
      const beganMs = queue.pop();
      if (beganMs !== undefined && beganMs >= atMs - LONGEST_MS) delays.push(atMs - beganMs);
    }
  }
  return delays.toSorted((a, b) => a - b);
}
