import type { FrameLead } from "../../contracts/frame.ts";
import { MITDB_SIGNALS } from "./mitdb-signals.ts";
import { signalHash } from "./signal-hash.ts";
import { SVDB_SIGNALS } from "./svdb-signals.ts";

/** Databases whose recordings are known by their samples. `length`: samples of each lead, what is longer or shorter need not be hashed. */
const KNOWN = {
  mitdb: { title: "MIT-BIH", length: 650_000, signals: MITDB_SIGNALS },
  svdb: { title: "SVDB", length: 230_400, signals: SVDB_SIGNALS },
} as const;
export type KnownDatabase = keyof typeof KNOWN;

const LENGTHS: readonly number[] = Object.values(KNOWN).map(({ length }) => length);

const IDENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries(KNOWN).flatMap(([database, { signals }]) =>
    signals
      .trim()
      .split("\n")
      .flatMap((line) => {
        const [record, ...hashes] = line.split(" ");
        return hashes.map((hash) => [hash, `${database}/${record}`] as const);
      }),
  ),
);

/**
 * Which known recording this is, as `database/record` (mitdb/101, svdb/802), whatever it is called: the one that has a lead with the
 * same samples (signalHash), null where none has. So a renamed copy is recognised, in another format too, and one lead alone; a copy
 * that was cut, resampled, filtered or scaled is not, nor is a stranger that has a record's name, nor one of the 22 records
 * of SVDB whose samples are not known.
 */
export function identityOf({ leads }: { readonly leads: readonly FrameLead[] }): string | null {
  for (const lead of leads) {
    const identity = LENGTHS.includes(lead.samples.length) ? IDENTITIES.get(signalHash(lead)) : undefined;
    if (identity !== undefined) return identity;
  }
  return null;
}

/** Which of MIT-BIH's records a recording is, by its bare name; null: none of them. */
export function mitdbRecordOf(recording: { readonly leads: readonly FrameLead[] }): string | null {
  return mitdbNameOf(identityOf(recording));
}

/** The bare name of an identity among MIT-BIH's records, null of any other. */
export const mitdbNameOf = (identity: string | null): string | null =>
  identity?.startsWith("mitdb/") ? identity.slice("mitdb/".length) : null;

/** A record's identity as cards have it: one without a database is MIT-BIH's. */
export const identityNamed = (name: string): string => (name.includes("/") ? name : `mitdb/${name}`);

/** What people call a database. */
export const databaseInWords = (database: KnownDatabase): string => KNOWN[database].title;

/** "MIT-BIH's 101" of mitdb/101. */
export function identityInWords(identity: string): string {
  const [database, record] = identity.split("/");
  return `${databaseInWords(database as KnownDatabase)}'s ${record}`;
}
