/** The tile that an arrow key leads to from tile `at` of `count` in `columns`; null: the key leads nowhere. */
export function nextTile(key: string, at: number, count: number, columns: number): number | null {
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[key];
  if (step === undefined) return null;
  const next = at + step;
  return next >= 0 && next < count ? next : null;
}
