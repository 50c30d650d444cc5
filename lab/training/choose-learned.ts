import { BedsideError } from "../../contracts/errors.ts";
import { identityNamed } from "../../data/identity/identity.ts";
import { byDatabase, ownNames, parseRecordName } from "../../data/record-name.ts";
import { missingRecords } from "../../data/records.ts";
import { halfOf } from "../../data/splits/halves.ts";
import { LEARNED, type LearnedDatabase, learnedRecords } from "../../data/splits/learned.ts";
import { DS2, PACED } from "../../data/splits/mitdb.ts";

export const LEARNED_DATABASES = Object.keys(LEARNED) as readonly LearnedDatabase[];

/**
 * The records to learn from, as `database/record`: all of some databases, or those named, of which a bare one is MIT-BIH's. Throws
 * BAD_ARGUMENT where one is of DS2, paced, of a report half, or of a database that is not learned from, UNKNOWN_RECORD where it has
 * no such record.
 */
export function chooseLearned(databases: readonly string[], named: readonly string[] | undefined): string[] {
  const unknown = databases.filter((name) => !isLearned(name));
  if (unknown.length > 0)
    throw refused("--databases", unknown, `not learned from; there are ${LEARNED_DATABASES.join(", ")}`);
  if (!named) return learnedRecords(LEARNED_DATABASES.filter((name) => databases.includes(name)));
  const records = [...new Set(named.map(identityNamed))];
  const refuse = (why: string, is: (database: string, record: string) => boolean): void => {
    const wrong = records.filter((name) => {
      const { database, record } = parseRecordName(name);
      return is(database, record);
    });
    if (wrong.length > 0) throw refused("--records", wrong, why);
  };
  refuse(`of no database that is learned from; there are ${LEARNED_DATABASES.join(", ")}`, (name) => !isLearned(name));
  refuse("of DS2, which is never trained on; take DS1's", (name, record) => name === "mitdb" && DS2.includes(record));
  refuse("paced, which EC57 leaves out; take DS1's", (name, record) => name === "mitdb" && PACED.includes(record));
  refuse(
    "of the half that is kept for the report, and never trained on",
    (name, record) => name === "svdb" && halfOf(name, record) === "report",
  );
  for (const database of LEARNED_DATABASES) {
    const own: readonly string[] = LEARNED[database];
    const strangers = ownNames(database, records).filter((record) => !own.includes(record));
    if (strangers.length > 0) {
      const message = `--records ${strangers.join(",")}: none of ${database} that is learned from; there are ${own.join(",")}`;
      throw new BedsideError("UNKNOWN_RECORD", message);
    }
  }
  return records;
}

/**
 * Throws UNKNOWN_RECORD where one of the records is not under `dir`. Nor is one passed over that can't be read later on: a model of fewer
 * records than its command says is another model.
 */
export async function checkFetched(dir: string, records: readonly string[]): Promise<void> {
  const missing = byDatabase((await missingRecords(dir, records)).map((name) => ({ name })));
  if (missing.size === 0) return;
  const counts = [...missing].map(([database, names]) => `${names.length} of ${database}`);
  const remedy = `npm run fetch -- ${[...missing.keys()].join(" ")}`;
  throw new BedsideError("UNKNOWN_RECORD", `records are missing in ${dir} (${counts.join(", ")}): run ${remedy}`);
}

const isLearned = (name: string): name is LearnedDatabase => LEARNED_DATABASES.some((database) => database === name);

const refused = (option: string, names: readonly string[], why: string): BedsideError =>
  new BedsideError("BAD_ARGUMENT", `${option} ${names.join(",")}: ${why}`);
