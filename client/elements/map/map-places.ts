/** The grid that beds are laid on. */
export const MAP = { columns: 10, rows: 8 } as const;

/** A cell of the grid, from 0. */
export interface Cell {
  readonly column: number;
  readonly row: number;
}

/** Where each bed lies. */
export type Places = Readonly<Record<string, Cell>>;

const at = ({ column, row }: Cell): string => `${column}/${row}`;

/** The cell of each bed: the one it was given, else the first that is free, row by row; there are always as many rows as it takes. */
export function placesOf(beds: readonly string[], given: Places): Map<string, Cell> {
  const places = new Map<string, Cell>();
  const taken = new Set<string>();
  const put = (bed: string, cell: Cell): void => {
    places.set(bed, cell);
    taken.add(at(cell));
  };
  for (const bed of beds) {
    const cell = Object.hasOwn(given, bed) ? given[bed] : null;
    if (cell && !taken.has(at(cell))) put(bed, cell);
  }
  let next = 0;
  for (const bed of beds) {
    if (places.has(bed)) continue;
    const cellOf = (index: number): Cell => ({
      column: index % MAP.columns,
      row: Math.floor(index / MAP.columns),
    });
    while (taken.has(at(cellOf(next)))) next++;
    put(bed, cellOf(next));
  }
  return places;
}

/** `bed` moved to a cell within the grid; who lies there takes its place. */
export function movedTo(places: ReadonlyMap<string, Cell>, bed: string, to: Cell): Places {
  const from = places.get(bed);
  const cell = {
    column: Math.min(MAP.columns - 1, Math.max(0, to.column)),
    row: Math.min(Math.max(MAP.rows, rowsOf(places)) - 1, Math.max(0, to.row)),
  };
  const entries = [...places].map(([name, place]): [string, Cell] => {
    if (name === bed) return [name, cell];
    return [name, from && at(place) === at(cell) ? from : place];
  });
  return Object.fromEntries(entries);
}

/** Rows that the map has. */
export const rowsOf = (places: ReadonlyMap<string, Cell>): number =>
  Math.max(MAP.rows, ...[...places.values()].map(({ row }) => row + 1));

/** What was stored, as far as it is places. */
export function readPlaces(stored: Readonly<Record<string, unknown>>): Places {
  const isIndex = (value: unknown, end: number): value is number =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) < end;
  const entries = Object.entries(stored).flatMap(([bed, cell]): [string, Cell][] => {
    const { column, row } = (cell ?? {}) as Record<string, unknown>;
    return isIndex(column, MAP.columns) && isIndex(row, 100) ? [[bed, { column, row }]] : [];
  });
  return Object.fromEntries(entries);
}
