import { isHeardAs } from "../../contracts/epoch.ts";
import { HISTORY_LIMITS, type Trend, type TrendPoint } from "../../contracts/history.ts";
import type { Sql } from "./file.ts";

interface Sums {
  readonly step: number;
  readonly signal_ms: number;
  readonly n: number;
  readonly s: number;
  readonly v: number;
  readonly f: number;
  readonly q: number;
  readonly rr_count: number;
  readonly rr_ms: number;
  readonly rr_min_ms: number | null;
  readonly rr_max_ms: number | null;
  readonly quality: number;
}

interface Span {
  readonly kind: string;
  readonly epoch: string;
  readonly begin_ms: number;
  readonly end_ms: number | null;
}

type MutablePoint = { -readonly [K in keyof TrendPoint]: TrendPoint[K] };

/** Trends, of the sums that are made while events are written. Times are Unix ms. */
export class TrendReader {
  private readonly sums;
  private readonly raised;
  private readonly spans;
  private readonly epochs;

  constructor(sql: Sql) {
    this.sums = sql.prepare(
      `SELECT CAST(time_ms / ?1 AS INTEGER) AS step, sum(signal_ms) AS signal_ms, sum(n) AS n, sum(s) AS s, sum(v) AS v, sum(f) AS f,
       sum(q) AS q, sum(rr_count) AS rr_count, sum(rr_ms) AS rr_ms, min(rr_min_ms) AS rr_min_ms, max(rr_max_ms) AS rr_max_ms,
       sum(quality) AS quality FROM trends WHERE bed = ?2 AND time_ms >= ?3 AND time_ms < ?4 GROUP BY step ORDER BY step LIMIT ?5`,
    );
    this.raised = sql.prepare(
      `SELECT CAST(first_ms / ? AS INTEGER) AS step, priority, count(*) AS count FROM episodes
       WHERE bed = ? AND first_ms >= ? AND first_ms < ? GROUP BY step, priority`,
    );
    this.spans = sql.prepare(
      "SELECT kind, epoch, begin_ms, end_ms FROM spans WHERE bed = ? AND begin_ms < ? AND (end_ms IS NULL OR end_ms > ?)",
    );
    this.epochs = sql.prepare("SELECT epoch, end_ms FROM epochs WHERE bed = ?");
  }

  /** `stepMs`: a multiple of what is kept; the range goes out to whole steps. */
  trend(bed: string, from: number, to: number, stepMs: number): Trend {
    const begin = Math.floor(from / stepMs) * stepMs;
    const end = Math.ceil(to / stepMs) * stepMs;
    const rows = this.sums.all(stepMs, bed, begin, end, HISTORY_LIMITS.points) as Sums[];
    const points = new Map(rows.map((sums) => [sums.step, pointOf(sums, stepMs)]));
    this.addAlarms(points, bed, begin, end, stepMs);
    this.addConditions(points, bed, begin, end, stepMs);
    return { bed, stepMs, points: [...points.values()] };
  }

  private addAlarms(points: Points, bed: string, begin: number, end: number, stepMs: number): void {
    const rows = this.raised.all(stepMs, bed, begin, end) as { step: number; priority: string; count: number }[];
    for (const { step, priority, count } of rows) {
      const alarms = points.get(step)?.alarms;
      if (alarms && isPriority(priority)) alarms[priority] = count;
    }
  }

  private addConditions(points: Points, bed: string, begin: number, end: number, stepMs: number): void {
    const epochs = this.epochs.all(bed) as { epoch: string; end_ms: number }[];
    for (const { kind, epoch, begin_ms: beginMs, end_ms: endMs } of this.spans.all(bed, end, begin) as Span[]) {
      const last = endMs ?? epochs.find((one) => isHeardAs(one.epoch, epoch))?.end_ms ?? beginMs;
      const to = Math.min(last, end);
      for (let step = Math.floor(Math.max(beginMs, begin) / stepMs); step * stepMs < to; step++) {
        const point = points.get(step);
        if (!point) continue;
        const ms = Math.min(to, (step + 1) * stepMs) - Math.max(beginMs, step * stepMs);
        point.conditionMs[kind] = Math.min(stepMs, (point.conditionMs[kind] ?? 0) + ms);
      }
    }
  }
}

type Points = ReadonlyMap<number, MutablePoint>;

const isPriority = (text: string): text is keyof TrendPoint["alarms"] =>
  text === "high" || text === "medium" || text === "low";

const rateOf = (rrMs: number | null): number | null => (rrMs === null || rrMs === 0 ? null : 60_000 / rrMs);

function pointOf(sums: Sums, stepMs: number): MutablePoint {
  const { step, n, s, v, f, q, quality } = sums;
  const count = n + s + v + f + q;
  return {
    timeMs: step * stepMs,
    signalMs: sums.signal_ms,
    heartRateBpm: sums.rr_count === 0 ? null : rateOf(sums.rr_ms / sums.rr_count),
    minBpm: rateOf(sums.rr_max_ms),
    maxBpm: rateOf(sums.rr_min_ms),
    beats: { N: n, S: s, V: v, F: f, Q: q },
    quality: count === 0 ? null : quality / count,
    alarms: { high: 0, medium: 0, low: 0 },
    conditionMs: {},
  };
}
