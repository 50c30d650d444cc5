/** A stretch of time, s from the record's begin; `to` is not before `from`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The same time in order, what touches or overlaps as one. */
export function union(spans: readonly Span[]): Span[] {
  const merged: { from: number; to: number }[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

/** What of `spans` lies outside `holes`; a span without length stays where no hole holds it. */
export function without(spans: readonly Span[], holes: readonly Span[]): Span[] {
  const cut = union(holes);
  return spans.flatMap((span) => outside(span, cut));
}

function outside({ from, to }: Span, holes: readonly Span[]): Span[] {
  if (from === to) return holes.some((hole) => hole.from <= from && to <= hole.to) ? [] : [{ from, to }];
  const left: Span[] = [];
  let at = from;
  for (const hole of holes) {
    if (hole.to <= at || hole.from >= to) continue;
    if (hole.from > at) left.push({ from: at, to: hole.from });
    at = hole.to;
  }
  if (at < to) left.push({ from: at, to });
  return left;
}

/** What both have. */
export function intersection(spans: readonly Span[], others: readonly Span[]): Span[] {
  const apart = union(others);
  return union(spans).flatMap(({ from, to }) =>
    apart
      .filter((other) => other.from < to && other.to > from)
      .map((other) => ({ from: Math.max(from, other.from), to: Math.min(to, other.to) })),
  );
}

/** Seconds in all; of spans that do not overlap. */
export const durationOf = (spans: readonly Span[]): number => spans.reduce((sum, { from, to }) => sum + to - from, 0);

/** Whether they are at most `slackSeconds` apart. */
export const touches = (a: Span, b: Span, slackSeconds = 0): boolean =>
  a.from <= b.to + slackSeconds && b.from <= a.to + slackSeconds;
