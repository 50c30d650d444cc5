import type { AlarmEvent } from "../../contracts/alarm.ts";
import type { Condition } from "../../contracts/condition.ts";
import { BedsideError } from "../../contracts/errors.ts";
import type {
  BeatRange,
  ConditionRange,
  EpisodeList,
  EpisodesQuery,
  HistoryState,
  Trend,
} from "../../contracts/history.ts";
import { BeatReader, type KeptBeat } from "./beat-reader.ts";
import { EpisodeReader } from "./episode-reader.ts";
import { isDamage, openReading, type Sql } from "./file.ts";
import { RangeReader } from "./reader.ts";
import { usedBytes } from "./retention.ts";
import { TrendReader } from "./trend-reader.ts";

type Reach = Pick<HistoryState, "reachesBackToMs" | "bytes">;

/** Times are event time, Unix ms. */
export interface ReaderMethods {
  open(file: string): void;
  reach(): Reach;
  signal(bed: string, from: number, to: number, isContinued: boolean): Uint8Array;
  beats(bed: string, from: number, to: number): BeatRange;
  conditions(bed: string, from: number, to: number): ConditionRange;
  trend(bed: string, from: number, to: number, stepMs: number): Trend;
  episodes(query: EpisodesQuery): EpisodeList;
  /** Null where it is not kept. */
  beat(id: string): KeptBeat | null;
  /** Conditions of the bed that name the beat as one that caused them, in the order they were told. */
  conditionsNaming(beat: KeptBeat["beat"]): Condition[];
  /** Steps of the alarms that these conditions raised or held. */
  alarmSteps(bed: string, from: number, conditions: readonly string[]): AlarmEvent[];
  close(): void;
}

export function readerMethods(): ReaderMethods {
  let sql: Sql | undefined;
  let ranges: RangeReader;
  let trends: TrendReader;
  let episodes: EpisodeReader;
  let single: BeatReader;
  return readable({
    open: (file) => {
      sql?.close();
      sql = openReading(file);
      ranges = new RangeReader(sql);
      trends = new TrendReader(sql);
      episodes = new EpisodeReader(sql);
      single = new BeatReader(sql, ranges);
    },
    reach: () => {
      if (!sql) throw new Error("the file is not open");
      return reachOf(sql);
    },
    signal: (...args) => ranges.signal(...args),
    beats: (...args) => ranges.beats(...args),
    conditions: (...args) => ranges.conditions(...args),
    trend: (...args) => trends.trend(...args),
    episodes: (query) => episodes.list(query),
    beat: (id) => single.beat(id),
    conditionsNaming: (beat) => single.conditionsNaming(beat),
    alarmSteps: (...args) => single.alarmSteps(...args),
    close: () => void sql?.close(),
  });
}

/** The methods, which throw HISTORY_DAMAGED for what SQLite can't read, and HISTORY_UNAVAILABLE for what else it throws. */
function readable(methods: ReaderMethods): ReaderMethods {
  const entries = Object.entries(methods).map(([name, method]: [string, (...args: never[]) => unknown]) => [
    name,
    (...args: never[]) => {
      try {
        return method(...args);
      } catch (cause) {
        if (!(cause instanceof Error) || cause instanceof BedsideError) throw cause;
        const code = isDamage(cause) ? "HISTORY_DAMAGED" : "HISTORY_UNAVAILABLE";
        throw new BedsideError(code, `the history file cannot be read: ${cause.message}`, { cause });
      }
    },
  ]);
  return Object.fromEntries(entries) as ReaderMethods;
}

function reachOf(sql: Sql): Reach {
  const oldest = (table: string, column: string): number | null => {
    // Bed by bed by the index.
    const beds = sql.prepare("SELECT DISTINCT bed FROM epochs UNION SELECT DISTINCT bed FROM episodes").all() as {
      bed: string;
    }[];
    const first = sql.prepare(`SELECT min(${column}) AS ms FROM ${table} WHERE bed = ?`);
    const times = beds.flatMap(({ bed }) => (first.all(bed) as { ms: number | null }[]).flatMap(({ ms }) => ms ?? []));
    return times.length === 0 ? null : Math.min(...times);
  };
  return {
    reachesBackToMs: {
      signal: oldest("frames", "begin_ms"),
      beats: oldest("beats", "time_ms"),
      alarms: oldest("alarms", "time_ms"),
    },
    bytes: usedBytes(sql),
  };
}
