import { msg } from "@lit/localize";
import { DISPLAY_FILTERS, displayBand, type DisplayFilterName } from "../trace/samples/display-filter.ts";

const NAMES: Readonly<Record<DisplayFilterName, () => string>> = {
  monitor: () => msg("monitor"),
  diagnostic: () => msg("diagnostic"),
};

/** A filter by name and band, e.g. "monitor 0.5–40 Hz"; with a sampling rate, what that carries of it. */
export function filterWords(name: DisplayFilterName, rateHz: number | null = null): string {
  const { lowHz, highHz } = rateHz === null ? DISPLAY_FILTERS[name] : displayBand(name, rateHz);
  return `${NAMES[name]()} ${lowHz}–${highHz} Hz`;
}
