import { formatDrift, type Injection, INJECTION_KINDS, type InjectionKind } from "../../contracts/drift.ts";
import { BedsideError } from "../../contracts/errors.ts";

/** Drift that one pass over the records is replayed with. */
export interface Drift {
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
const GRID: readonly { readonly family: InjectionKind; readonly severities: readonly number[] }[] = [
  { family: "em", severities: [24, 18, 12, 6, 0, -6] },
  { family: "bw", severities: [24, 18, 12, 6, 0, -6] },
  { family: "ma", severities: [24, 18, 12, 6, 0, -6] },
  { family: "wander", severities: [0.5, 1, 2, 4] },
  { family: "gain", severities: [0.25, 0.5, 2, 4] },
];

/** Each drift of the grid begins behind a clean lead-in of so many seconds and lasts to the record's end. */
export const gridDrifts = (leadInSeconds: number): Drift[] =>
  GRID.flatMap(({ family, severities }) =>
    severities.map((severity) => ({
      injections: [{ kind: family, value: severity, fromSeconds: leadInSeconds, toSeconds: Number.POSITIVE_INFINITY }],
      family,
      severity,
    })),
  );

/** Drifts asked for as they are. Throws BAD_ARGUMENT where one holds nothing. */
export function driftsOf(specs: readonly (readonly Injection[])[]): Drift[] {
  return specs.map((injections) => {
    if (injections.length === 0) throw new BedsideError("BAD_ARGUMENT", "a drift is empty: e.g. em:6dB@300s is one");
    return { injections, family: null, severity: null };
  });
}

/** What is scored, in the clean run and with drift alike: from the first drift's begin to the last one's end. */
export function scoredStretch(drifts: readonly Drift[]): ScoredStretch {
  const all = drifts.flatMap(({ injections }) => injections);
  return {
    fromSeconds: Math.min(...all.map(({ fromSeconds }) => fromSeconds)),
    toSeconds: Math.max(...all.map(({ toSeconds }) => toSeconds)),
  };
}

/** In the grammar of contracts/drift.ts. */
export const nameOf = ({ injections }: Drift): string => formatDrift(injections);

/** For people, of the grid: `em 6 dB`; else in the grammar, as `drift` has it. */
export function shortNameOf({
  family,
  severity,
  drift,
}: Omit<Drift, "injections"> & { readonly drift: string }): string {
  if (family === null || severity === null) return drift;
  return family === "gain" ? `gain ×${severity}` : `${family} ${severity} ${INJECTION_KINDS[family].unit}`;
}
