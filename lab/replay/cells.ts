import { formatDrift, type Injection, INJECTION_KINDS, type InjectionKind } from "../../contracts/drift.ts";
import { BedsideError } from "../../contracts/errors.ts";

/** Drift that one pass over the records is replayed with. */
export interface Cell {
  readonly injections: readonly Injection[];
  /** Of the grid: what is varied, and how much of it; null of a drift asked for as it is. */
  readonly family: InjectionKind | null;
  /** In the family's unit. */
  readonly severity: number | null;
}

/** From this second to that one (Infinity: the record's end). */
export interface ScoredStretch {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** The grid, each family from mild to severe. */
export const GRID: readonly { readonly family: InjectionKind; readonly severities: readonly number[] }[] = [
  { family: "em", severities: [24, 18, 12, 6, 0, -6] },
  { family: "bw", severities: [24, 18, 12, 6, 0, -6] },
  { family: "ma", severities: [24, 18, 12, 6, 0, -6] },
  { family: "wander", severities: [0.5, 1, 2, 4] },
  { family: "gain", severities: [0.25, 0.5, 2, 4] },
];

/** The grid's cells: each drift begins behind a clean lead-in of so many seconds and lasts to the record's end. */
export const gridCells = (leadInSeconds: number): Cell[] =>
  GRID.flatMap(({ family, severities }) =>
    severities.map((severity) => ({
      injections: [{ kind: family, value: severity, fromSeconds: leadInSeconds, toSeconds: Number.POSITIVE_INFINITY }],
      family,
      severity,
    })),
  );

/** One cell a drift. Throws BAD_ARGUMENT where one holds nothing. */
export function driftCells(drifts: readonly (readonly Injection[])[]): Cell[] {
  return drifts.map((injections) => {
    if (injections.length === 0) throw new BedsideError("BAD_ARGUMENT", "a drift is empty: e.g. em:6dB@300s is one");
    return { injections, family: null, severity: null };
  });
}

/** What is scored, in the clean run and with drift alike: from the first drift's begin to the last one's end. */
export function scoredStretch(cells: readonly Cell[]): ScoredStretch {
  const all = cells.flatMap(({ injections }) => injections);
  return {
    fromSeconds: Math.min(...all.map(({ fromSeconds }) => fromSeconds)),
    toSeconds: Math.max(...all.map(({ toSeconds }) => toSeconds)),
  };
}

/** A cell by its drift, in the grammar. */
export const nameOf = ({ injections }: Cell): string => formatDrift(injections);

/** A grid's cell for people: `em 6 dB`. */
export function shortNameOf(cell: Pick<Cell, "family" | "severity"> & { readonly drift: string }): string {
  if (cell.family === null || cell.severity === null) return cell.drift;
  const unit = INJECTION_KINDS[cell.family].unit;
  return cell.family === "gain" ? `gain ×${cell.severity}` : `${cell.family} ${cell.severity} ${unit}`;
}
