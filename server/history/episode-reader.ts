import type { AlarmEvent } from "../../contracts/alarm.ts";
import { type Episode, type EpisodeList, type EpisodesQuery, HISTORY_LIMITS } from "../../contracts/history.ts";
import type { Sql } from "./file.ts";
import { unpackEvent } from "./pack.ts";

interface EpisodeRow {
  readonly id: string;
  readonly bed: string;
  readonly first_ms: number;
  readonly raised_ms: number;
  readonly changed_ms: number;
  readonly acknowledged: string | null;
  readonly data: ArrayBuffer;
}

interface RemarkRow {
  readonly action: string;
  readonly at_ms: number;
  readonly said_by: string;
  readonly text: string | null;
}

const MAX_NOTES = 64;

/** Alarms from their first step to their last, the last first. */
export class EpisodeReader {
  private readonly remarks;
  private readonly raisedAt;
  private readonly raises;

  constructor(private readonly sql: Sql) {
    this.remarks = sql.prepare("SELECT action, at_ms, said_by, text FROM remarks WHERE subject = ? ORDER BY at_ms, id");
    // An event's key ends with its alarm's id.
    this.raises = sql.prepare(
      `SELECT data FROM (SELECT data, time_ms, key FROM alarms WHERE bed = ?1 AND time_ms BETWEEN ?2 AND ?3
       AND substr(key, -length(?4)) = ?4 AND (instr(key, '/raised/') > 0 OR instr(key, '/rose/') > 0)
       ORDER BY time_ms DESC, key DESC LIMIT ${HISTORY_LIMITS.raises}) ORDER BY time_ms, key`,
    );
    this.raisedAt = sql.prepare("SELECT raised_ms FROM episodes WHERE id = ?");
  }

  list({ id, kinds, beds, from, to, before, limit }: EpisodesQuery): EpisodeList {
    const where: string[] = [];
    const values: (string | number)[] = [];
    const ask = (condition: string, ...given: (string | number)[]): void => {
      where.push(condition);
      values.push(...given);
    };
    const among = (column: string, list: string | undefined): void => {
      const words = list?.split(",").filter((word) => word !== "") ?? [];
      if (words.length > 0) ask(`${column} IN (${words.map(() => "?").join(", ")})`, ...words);
    };
    if (id !== undefined) ask("id = ?", id);
    among("kind", kinds);
    among("bed", beds);
    if (from !== undefined) ask("raised_ms >= ?", from);
    if (to !== undefined) ask("raised_ms < ?", to);
    if (before !== undefined) {
      const [{ raised_ms: raisedMs } = { raised_ms: -1 }] = this.raisedAt.all(before) as { raised_ms: number }[];
      ask("(raised_ms, id) < (?, ?)", raisedMs, before);
    }
    const rows = this.sql
      .prepare(
        `SELECT id, bed, first_ms, raised_ms, changed_ms, acknowledged, data FROM episodes
         ${where.length === 0 ? "" : `WHERE ${where.join(" AND ")}`} ORDER BY raised_ms DESC, id DESC LIMIT ?`,
      )
      .all(...values, limit + 1) as EpisodeRow[];
    return { episodes: rows.slice(0, limit).flatMap((row) => this.episode(row)), more: rows.length > limit };
  }

  private raisesOf({
    id,
    bed,
    first_ms: first,
    raised_ms: raised,
    changed_ms: changed,
  }: EpisodeRow): Episode["raises"] {
    const [from, to] = [Math.min(first, raised, changed), Math.max(first, raised, changed)];
    const rows = this.raises.all(bed, from, to, `/${id}`) as { data: ArrayBuffer }[];
    return rows.map(({ data }) => unpackEvent(data).data as AlarmEvent).map(({ timeMs, epoch }) => ({ timeMs, epoch }));
  }

  private episode(row: EpisodeRow): Episode[] {
    const { id, raised_ms: raisedTimeMs, changed_ms: changedTimeMs, acknowledged, data } = row;
    const { alarm } = unpackEvent(data).data as AlarmEvent;
    if (!alarm) return [];
    const remarks = this.remarks.all(id) as RemarkRow[];
    const verdict = remarks.findLast(({ action }) => action === "dismiss" || action === "reinstate");
    const notes = remarks.filter(({ action }) => action === "note").slice(-MAX_NOTES);
    return [
      {
        alarm,
        raisedTimeMs,
        raises: this.raisesOf(row),
        changedTimeMs,
        acknowledged: acknowledged === null ? null : (JSON.parse(acknowledged) as Episode["acknowledged"]),
        dismissed:
          verdict?.action === "dismiss" ? { by: verdict.said_by, atMs: verdict.at_ms, reason: verdict.text } : null,
        notes: notes.map(({ said_by: by, at_ms: atMs, text }) => ({ by, atMs, text: text ?? "" })),
      },
    ];
  }
}
