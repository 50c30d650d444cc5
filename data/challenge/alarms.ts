import { readFile } from "node:fs/promises";
import path from "node:path";
import { CHALLENGE_KINDS, type ChallengeKind } from "../../contracts/challenge-score.ts";
import { BedsideError } from "../../contracts/errors.ts";

/** An alarm that a bedside monitor raised, and what experts found it to be. */
export interface ChallengeAlarm {
  readonly record: string;
  readonly kind: ChallengeKind;
  readonly isTrue: boolean;
}

/** Of the alarm, in every record of the challenge, s. */
export const CHALLENGE_ALARM_SECONDS = 300;

const FILE = "ALARMS";
const LINE = /^([\w-]+),(\w+),([01])$/;

/**
 * The alarms of a folder of the PhysioNet/CinC Challenge 2015 (its file ALARMS: record, kind, 1 for true), in the file's order. Null where
 * the folder has no such file. Throws BAD_RECORD for a line that is none, or a record that stands there twice.
 */
export async function challengeAlarms(folder: string): Promise<readonly ChallengeAlarm[] | null> {
  const file = path.join(folder, FILE);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new BedsideError("BAD_RECORD", `${file} can't be read`, { cause });
  }
  const alarms = new Map<string, ChallengeAlarm>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const alarm = alarmOf(line.trim());
    const place = `${file}, line ${index + 1}`;
    if (alarm === null) {
      const kinds = CHALLENGE_KINDS.join(", ");
      const found = JSON.stringify(line.slice(0, 60));
      throw new BedsideError("BAD_RECORD", `${place}: ${found} must be record,kind,0 or 1; kinds are ${kinds}`);
    }
    if (alarms.has(alarm.record)) {
      throw new BedsideError("BAD_RECORD", `${place}: record ${alarm.record} has two lines: leave one`);
    }
    alarms.set(alarm.record, alarm);
  }
  if (alarms.size === 0) throw new BedsideError("BAD_RECORD", `${file} names no alarm: fetch it again`);
  return [...alarms.values()];
}

function alarmOf(line: string): ChallengeAlarm | null {
  const [, record, word, label] = LINE.exec(line) ?? [];
  const kind = CHALLENGE_KINDS.find((known) => known === word);
  return record === undefined || kind === undefined ? null : { record, kind, isTrue: label === "1" };
}
