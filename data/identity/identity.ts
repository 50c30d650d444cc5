import type { FrameLead } from "../../contracts/frame.ts";
import { MITDB_SIGNALS } from "./mitdb-signals.ts";
import { signalHash } from "./signal-hash.ts";

/** Samples of each of MIT-BIH's leads: what is longer or shorter need not be hashed. */
const MITDB_LENGTH = 650_000;

const RECORD_OF: ReadonlyMap<string, string> = new Map(
  MITDB_SIGNALS.trim()
    .split("\n")
    .flatMap((line) => {
      const [record, ...hashes] = line.split(" ");
      return hashes.map((hash) => [hash, record] as const);
    }),
);

/**
 * Which of MIT-BIH's records a recording is, whatever it is called: the one that has a lead with the same samples
 * (signalHash), null where none has. So a renamed copy is recognised, in another format too, and one lead alone; a copy
 * that was cut, resampled, filtered or scaled is not, nor is a stranger that has a record's name.
 */
export function mitdbRecordOf({ leads }: { readonly leads: readonly FrameLead[] }): string | null {
  for (const lead of leads) {
    const record = lead.samples.length === MITDB_LENGTH ? RECORD_OF.get(signalHash(lead)) : undefined;
    if (record !== undefined) return record;
  }
  return null;
}
