import type { HistoryState } from "../../contracts/history.ts";

/** What GET /api/history answers where all is well. */
export const historyStateWith = (change: Partial<HistoryState> = {}): HistoryState => ({
  state: "on",
  trouble: null,
  reachesBackToMs: { signal: 1e12, beats: 1e12, alarms: 1e12 },
  isReadingBack: false,
  lost: 0,
  bytes: 1e6,
  maxBytes: 2e9,
  maxAgeMs: 6e8,
  ...change,
});
