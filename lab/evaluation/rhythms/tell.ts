import type { RhythmOpening, RhythmScoring } from "../../../contracts/rhythm-scoring.ts";
import { durationTable, episodeTable, runTable } from "../../../scoring/episodes/table.ts";
import { alignRight } from "../../../scoring/tables.ts";
import { decimals } from "../../../kit/figures.ts";

/** A run's figures for people: each kind of episode, each record with errors, all that was raised. */
export function rhythmText(scoring: RhythmScoring): string {
  const { records, rows, runsByBeats, raised, rPeaksAlone, skipSeconds } = scoring;
  const perKind = alignRight([
    ["raised in all", "count", "an hour"],
    ...raised.map(({ kind, count, perHour }) => [kind, String(count), decimals(perHour, 2)]),
  ]);
  return [
    `${records.length} records${skipSeconds > 0 ? ` from ${skipSeconds} s on` : ""}, episode by episode`,
    ...(rPeaksAlone.length > 0 ? [`By their R peaks alone: ${rPeaksAlone.join(", ")}.`] : []),
    recordTable(scoring),
    episodeTable(rows),
    durationTable(rows),
    runTable(runsByBeats),
    perKind,
  ].join("\n\n");
}

/** Missed and false episodes of each record that has some, by kind. */
function recordTable({ rows, perRecord }: RhythmScoring): string {
  const lines = perRecord.flatMap(({ record, rows: own }) => {
    const faults = own.flatMap(({ name, episodes }) => {
      const missed = episodes.reference - episodes.found;
      const wrong = episodes.raised - episodes.right;
      const label = rows.find((row) => row.name === name)?.label ?? name;
      if (missed + wrong === 0) return [];
      return `${label} ${[missed > 0 ? `${missed} missed` : "", wrong > 0 ? `${wrong} false` : ""].filter(Boolean).join(", ")}`;
    });
    return faults.length > 0 ? [`${record}: ${faults.join("; ")}`] : [];
  });
  return lines.length > 0 ? lines.join("\n") : "No episode missed, none false.";
}

/** What a look at a hold-out leaves in the model's card: the kinds of episodes of which there were any. */
export const rhythmOpening = ({ records, rows }: RhythmScoring): RhythmOpening => ({
  records: [...records],
  rhythms: rows
    .filter(({ episodes }) => episodes.reference + episodes.raised > 0)
    .map(({ name, episodes: { reference, found, raised, right }, duration, bySecond, falsePerHour }) => ({
      name,
      episodes: { reference, found, raised, right },
      duration: { se: duration.se, ppv: duration.ppv },
      bySecond: { se: bySecond.se, sp: bySecond.sp },
      falsePerHour,
    })),
});
