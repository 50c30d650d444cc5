import type { Ward } from "../../ward/ward.ts";

/** Last beats in a snapshot: of each bed, of all, and of all in bytes. */
const BEATS = { perBed: 30, all: 2400, bytes: 1 << 20 } as const;

/** The text of a Snapshot: what the ward knows of some beds at `nowMs`. Beats are left out before it grows large; patients' names are for those who asked for them. */
export function snapshotText(
  ward: Ward,
  { has, withNames }: { has: (bed: string) => boolean; withNames: boolean },
  cursor: string,
  nowMs: number,
): string {
  const beds = ward.list(nowMs).filter(({ bed }) => has(bed));
  const conditions = beds.flatMap(({ bed }) => ward.bed(bed)?.openConditions ?? []);
  const alarms = beds.flatMap(({ bed }) => ward.bed(bed)?.alarms ?? []);
  const admissions = withNames ? beds.flatMap(({ bed }) => ward.bed(bed)?.admission ?? []) : [];
  const head = JSON.stringify({
    type: "snapshot",
    serverTimeMs: nowMs,
    cursor,
    beds,
    conditions,
    alarms,
    admissions,
  });
  const perBed = Math.min(BEATS.perBed, Math.floor(BEATS.all / Math.max(1, beds.length)));
  const beats: string[] = [];
  let left: number = BEATS.bytes;
  for (const { bed } of beds) {
    for (const beat of ward.beats(bed, perBed)) {
      const text = JSON.stringify(beat);
      left -= text.length + 1;
      if (left < 0) break;
      beats.push(text);
    }
  }
  return `${head.slice(0, -1)},"beats":[${beats.join(",")}]}`;
}
