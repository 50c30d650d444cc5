import { msg } from "@lit/localize";
import { formatDrift, type Injection, type InjectionKind, parseDrift } from "../../contracts/drift.ts";

/** A disturbance that a screen can drag onto a bed. */
export interface DriftControl {
  readonly kind: InjectionKind;
  readonly label: () => string;
  /** From the least to the most; null: nothing of it. */
  readonly steps: readonly (number | null)[];
  /** Needs recorded noise. */
  readonly recorded?: boolean;
}

/** Signal-to-noise ratios: at 24 dB the eye hardly finds it, at −6 dB no beat. */
const RATIOS = [null, 24, 18, 12, 6, 0, -6] as const;

export const DRIFT_CONTROLS: readonly DriftControl[] = [
  { kind: "em", label: () => msg("Electrode motion"), steps: RATIOS, recorded: true },
  { kind: "ma", label: () => msg("Muscle noise"), steps: RATIOS, recorded: true },
  { kind: "bw", label: () => msg("Baseline noise"), steps: RATIOS, recorded: true },
  { kind: "white", label: () => msg("White noise"), steps: RATIOS },
  { kind: "wander", label: () => msg("Baseline wander"), steps: [null, 0.25, 0.5, 1, 2, 3] },
  { kind: "baseline", label: () => msg("Baseline shift"), steps: [-2, -1, -0.5, null, 0.5, 1, 2] },
  { kind: "gain", label: () => msg("Gain"), steps: [0.1, 0.25, 0.5, null, 1.5, 2, 3] },
];

/** The value of a kind in a drift; null: it has none. */
export function valueOf(drift: string, kind: InjectionKind): number | null {
  return injectionsOf(drift).find((one) => one.kind === kind)?.value ?? null;
}

/** The drift with this kind at this value from now to the end, or without it; all else as it is. */
export function withValue(drift: string, kind: InjectionKind, value: number | null): string {
  const others = injectionsOf(drift).filter((one) => one.kind !== kind);
  const own = { kind, fromSeconds: 0, toSeconds: Number.POSITIVE_INFINITY };
  return formatDrift(value === null ? others : [...others, { ...own, value }]);
}

/** The step that stands nearest to a value, which may have been given elsewhere. */
export function stepOf({ steps }: DriftControl, value: number | null): number {
  if (value === null) return steps.indexOf(null);
  const distance = (step: number | null): number => (step === null ? Number.POSITIVE_INFINITY : Math.abs(step - value));
  return steps.reduce<number>((best, step, index) => (distance(step) < distance(steps[best]) ? index : best), 0);
}

/** Nothing, where it is of a grammar that this page does not know. */
function injectionsOf(drift: string): Injection[] {
  try {
    return parseDrift(drift);
  } catch {
    return [];
  }
}
