/** A class's letter, and when it came or was drawn, Unix ms. */
export type Seen = readonly [letter: string, atMs: number];

/** Of a beat that was never drawn nothing is left after so long. */
const LONGEST_MS = 3000;

/** Letters of one beat on several leads are drawn in the same frame; a heart's beats are further apart. */
const SAME_BEAT_MS = 100;

/** Of one bed's letters, drawn on each of its leads: the first one of each beat. */
export function firstOfEach(drawn: readonly Seen[]): Seen[] {
  const inOrder = drawn.toSorted((a, b) => a[1] - b[1]);
  return inOrder.filter(([, atMs], i) => i === 0 || atMs - inOrder[i - 1][1] > SAME_BEAT_MS);
}

/** From each beat's message to its letter, ms, ascending: the two are matched by letter, in the order of time. */
export function delaysOf(beats: readonly Seen[], drawn: readonly Seen[]): number[] {
  const waiting = new Map<string, number[]>();
  const all = [...beats.map((seen) => [...seen, true] as const), ...drawn.map((seen) => [...seen, false] as const)];
  const delays: number[] = [];
  for (const [letter, atMs, isBeat] of all.toSorted((a, b) => a[1] - b[1])) {
    const queue = waiting.get(letter) ?? [];
    waiting.set(letter, queue);
    if (isBeat) queue.push(atMs);
    else {
      while (queue.length > 0 && queue[0] < atMs - LONGEST_MS) queue.shift();
      const beganMs = queue.shift();
      if (beganMs !== undefined) delays.push(atMs - beganMs);
    }
  }
  return delays.toSorted((a, b) => a - b);
}
