export interface WardLayout {
  readonly columns: number;
  /** Height of a tile, CSS px. */
  readonly rowHeight: number;
}

const GAP_PX = 10;
const NARROWEST_PX = 300;
const LOWEST_PX = 108;
const HIGHEST_PX = 420;
/** Where not all tiles fit, the page scrolls and each is so high. */
const SCROLLED_PX = 176;
/** The shape that shows a trace best, width by height. */
const SHAPE = 3.2;

/** The columns and row height that show `count` tiles largest in `width` × `height` px, all in sight where that can be. */
export function wardLayout(count: number, width: number, height: number): WardLayout {
  let best: WardLayout | null = null;
  let bestSize = 0;
  for (let columns = 1; columns <= Math.max(1, count); columns++) {
    const tileWidth = (width - GAP_PX * (columns - 1)) / columns;
    if (columns > 1 && tileWidth < NARROWEST_PX) break;
    const rows = Math.ceil(count / columns);
    const tileHeight = Math.min(HIGHEST_PX, (height - GAP_PX * (rows - 1)) / rows);
    if (tileHeight < LOWEST_PX) continue;
    const size = Math.min(tileWidth / SHAPE, tileHeight);
    if (size > bestSize) {
      bestSize = size;
      best = { columns, rowHeight: Math.floor(tileHeight) };
    }
  }
  return (
    best ?? { columns: Math.max(1, Math.floor((width + GAP_PX) / (NARROWEST_PX + GAP_PX))), rowHeight: SCROLLED_PX }
  );
}
