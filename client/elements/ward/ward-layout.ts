/** How much a tile shows: all, the least that says what is wrong, or all while the page scrolls. */
export type Density = "full" | "compact" | "scrolled";

export interface WardLayout {
  readonly density: Density;
  /** Tiles in each row, the fuller rows first: each row is as wide as the screen. */
  readonly rows: readonly number[];
  /** Height of a tile, CSS px. */
  readonly rowHeight: number;
}

/** CSS px between tiles, by density. */
export const GAPS_PX = { full: 10, compact: 6, scrolled: 10 } as const;

const HIGHEST_PX = 420;
/** Where not all tiles fit, the page scrolls and each is so high and, in more than one column, so wide. */
const SCROLLED = { height: 176, width: 300 } as const;
/**
 * The least size of a tile, the shape that shows a trace best, width by height, and what tiles are worth in rows of unlike numbers: where there is
 * room, a plain grid is found one's way in more easily.
 */
const LIMITS = {
  full: { width: 300, height: 108, shape: 3.2, uneven: 0.78 },
  compact: { width: 104, height: 48, shape: 2, uneven: 1 },
} as const;
/** On a narrower screen than this one scrolls: tiles two abreast tell too little in a hand. */
const WALL_PX = 560;

/** The rows that show `count` tiles largest in `width` × `height` px: all in sight, in full where that can be. */
export function wardLayout(count: number, width: number, height: number): WardLayout {
  const fits = largest("full", count, width, height);
  if (fits) return fits;
  const dense = width >= WALL_PX ? largest("compact", count, width, height) : null;
  if (dense) return dense;
  const gap = GAPS_PX.scrolled;
  const columns = Math.max(1, Math.min(count, Math.floor((width + gap) / (SCROLLED.width + gap))));
  return { density: "scrolled", rows: rowsOf(count, Math.ceil(count / columns)), rowHeight: SCROLLED.height };
}

function largest(density: "full" | "compact", count: number, width: number, height: number): WardLayout | null {
  const limits = LIMITS[density];
  const gap = GAPS_PX[density];
  let best: WardLayout | null = null;
  let bestSize = 0;
  for (let rowCount = 1; rowCount <= count; rowCount++) {
    const rows = rowsOf(count, rowCount);
    const tileWidth = (width - gap * (rows[0] - 1)) / rows[0];
    const tileHeight = Math.min(HIGHEST_PX, (height - gap * (rowCount - 1)) / rowCount);
    if (tileHeight < limits.height || (tileWidth < limits.width && rows[0] > 1)) continue;
    const isEven = rows[rowCount - 1] === rows[0];
    const size = Math.min(tileWidth / limits.shape, tileHeight) * (isEven ? 1 : limits.uneven);
    if (size <= bestSize) continue;
    bestSize = size;
    best = { density, rows, rowHeight: Math.floor(tileHeight) };
  }
  return best;
}

/** `count` tiles in so many rows, as evenly as can be. */
function rowsOf(count: number, rowCount: number): number[] {
  const least = Math.floor(count / rowCount);
  return Array.from({ length: count > 0 ? rowCount : 0 }, (_, row) => least + (row < count % rowCount ? 1 : 0));
}

/** Columns of a grid in which a tile of each row can be the same whole number of columns wide. */
export function gridColumns(rows: readonly number[]): number {
  const [most = 1] = rows;
  const least = rows.at(-1) ?? 1;
  return most === least ? most : most * least;
}
