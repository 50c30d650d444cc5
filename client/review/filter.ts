/** What is listed. "": all. */
export interface EpisodeFilter {
  readonly kind: string;
  readonly bed: string;
  /** Hours back from this moment; null: all. */
  readonly hours: number | null;
}

export const NO_FILTER: EpisodeFilter = { kind: "", bed: "", hours: null };

/** From when on alarms are listed, Unix ms. */
export const rangeOf = ({ hours }: EpisodeFilter, nowMs: number): { from?: number } =>
  hours === null ? {} : { from: nowMs - hours * 3_600_000 };
