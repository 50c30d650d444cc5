import type { Beat } from "../../contracts/beat.ts";
import type { Sql } from "./file.ts";
import { TREND_MS } from "./schema.ts";

/** The sums of trends, made while events are written. Who calls sees to it that each beat and each stretch of signal comes once. */
export class Trends {
  private readonly addBeat;
  private readonly addSignal;

  constructor(sql: Sql) {
    this.addBeat = sql.prepare(
      `INSERT INTO trends (bed, time_ms, n, s, v, f, q, rr_count, rr_ms, rr_min_ms, rr_max_ms, quality)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET n = n + excluded.n, s = s + excluded.s, v = v + excluded.v, f = f + excluded.f, q = q + excluded.q,
       rr_count = rr_count + excluded.rr_count, rr_ms = rr_ms + excluded.rr_ms,
       rr_min_ms = min(coalesce(rr_min_ms, excluded.rr_min_ms), coalesce(excluded.rr_min_ms, rr_min_ms)),
       rr_max_ms = max(coalesce(rr_max_ms, excluded.rr_max_ms), coalesce(excluded.rr_max_ms, rr_max_ms)),
       quality = quality + excluded.quality`,
    );
    this.addSignal = sql.prepare(
      `INSERT INTO trends (bed, time_ms, signal_ms) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET signal_ms = min(${TREND_MS}, signal_ms + excluded.signal_ms)`,
    );
  }

  /** A rejected beat has no RR interval that could be believed. */
  beat({ bed, timeMs, beatClass, rrMs, quality }: Beat): void {
    const is = (name: Beat["beatClass"]): number => (beatClass === name ? 1 : 0);
    const rr = beatClass === "Q" ? null : rrMs;
    const counts = [is("N"), is("S"), is("V"), is("F"), is("Q")];
    this.addBeat.run(bed, stepAt(timeMs), ...counts, rr === null ? 0 : 1, rr ?? 0, rr, rr, quality);
  }

  /** From `beginMs` to `endMs` there is signal. */
  signal(bed: string, beginMs: number, endMs: number): void {
    for (let step = stepAt(beginMs); step < endMs; step += TREND_MS) {
      this.addSignal.run(bed, step, Math.min(endMs, step + TREND_MS) - Math.max(beginMs, step));
    }
  }
}

const stepAt = (timeMs: number): number => Math.floor(timeMs / TREND_MS) * TREND_MS;
