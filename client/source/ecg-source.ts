import type { Beat } from "../../contracts/beat.ts";
import type { EpisodeList, EpisodesQuery, HistoryState, Relabel } from "../../contracts/history.ts";
import type { Condition } from "../../contracts/condition.ts";
import type { Rhythm } from "../../contracts/rhythm.ts";

/** A stretch of a bed's event time, Unix ms. */
export interface Stretch {
  readonly bed: string;
  readonly from: number;
  readonly to: number;
  /** The recording it is of: two may lie side by side in time. */
  readonly epoch: string;
}

/** A lead's samples as they were recorded. */
export interface StripLead {
  readonly name: string;
  /** mV = (adu − baseline) / gain. */
  readonly gainAduPerMv: number;
  readonly baselineAdu: number;
  /** MISSING_ADU where missing. */
  readonly adu: Int16Array;
}

/** What a source has of a stretch, all leads together. */
export interface Strip extends Stretch {
  readonly samplingRateHz: number;
  /** Index, in the recording, of the leads' first sample; its time. */
  readonly firstSample: number;
  readonly beginMs: number;
  readonly leads: readonly StripLead[];
  readonly beats: readonly Beat[];
  readonly relabelled: readonly Relabel[];
  /** What was open in the stretch, with its end; null: it went on. */
  readonly conditions: readonly { readonly condition: Condition; readonly endTimeMs: number | null }[];
  /** Those told in the stretch, and the last before it: what held when it began. */
  readonly rhythms: readonly Rhythm[];
}

/**
 * Where a view has its signals and events from; it does not know what lies behind. A stretch comes with what held when it began
 * (lichtblick's `getBackfillMessages`), so that a view may begin anywhere. Rejects with an Error whose message is for people.
 */
export interface EcgSource {
  /** How far back it reaches. */
  state(): Promise<HistoryState>;
  /** Null where it has no signal of the stretch. */
  strip(stretch: Stretch): Promise<Strip | null>;
  /** Alarms, the last first. */
  episodes(query: Partial<EpisodesQuery>): Promise<EpisodeList>;
}
