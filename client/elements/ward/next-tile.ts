/** The tile that an arrow key leads to from tile `at`, in rows of so many tiles; null: the key leads nowhere. */
export function nextTile(key: string, at: number, rows: readonly number[]): number | null {
  const count = rows.reduce((sum, tiles) => sum + tiles, 0);
  if (key === "ArrowRight" || key === "ArrowLeft") {
    const next = at + (key === "ArrowRight" ? 1 : -1);
    return next >= 0 && next < count ? next : null;
  }
  if (key !== "ArrowDown" && key !== "ArrowUp") return null;
  let row = 0;
  let first = 0;
  while (row < rows.length - 1 && at >= first + rows[row]) first += rows[row++];
  const to = row + (key === "ArrowDown" ? 1 : -1);
  if (rows[to] === undefined) return null;
  const toFirst = key === "ArrowDown" ? first + rows[row] : first - rows[to];
  // Straight up or down, also where the rows are not of the same number.
  return toFirst + Math.min(rows[to] - 1, Math.floor(((at - first + 0.5) / rows[row]) * rows[to]));
}
