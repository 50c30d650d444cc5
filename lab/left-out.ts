import { BedsideError, type ErrorCode } from "../contracts/errors.ts";
import type { LeftOut } from "../contracts/scoring.ts";

/** What is wrong with a record itself. Anything else (model, engine, a full disk) is wrong for every record, and ends a run. */
const RECORD_CODES: readonly ErrorCode[] = ["BAD_RECORD", "UNKNOWN_RECORD", "BAD_ARGUMENT", "BAD_FRAME", "TOO_LARGE"];
/** Reasons that an error tells before it counts the others. */
const TOLD = 3;

/**
 * What is left out of a run because of `error`, so that one record never costs the rest. An error that is no BedsideError
 * is one that only this record's bytes have brought about, as far as is known. Throws what is no record's fault.
 */
export function leftOutBy(record: string, error: unknown): LeftOut {
  if (!(error instanceof BedsideError)) {
    return { record, code: "BAD_RECORD", reason: `it can't be gone through: ${oneLine(error)}` };
  }
  if (!RECORD_CODES.includes(error.code)) throw error;
  return { record, code: error.code, reason: error.message };
}

const oneLine = (error: unknown): string => String(error).split("\n")[0];

/**
 * What `work` gives for each record, in order, of those that can be gone through, `jobs` of them at the same time; the others join
 * `leftOut`, in order. Those that have joined it before are passed over.
 */
export async function throughRecords<T>(
  names: readonly string[],
  leftOut: LeftOut[],
  work: (name: string, index: number) => Promise<T>,
  jobs = 1,
): Promise<T[]> {
  const results = new Map<number, T>();
  const failed = new Map<number, LeftOut>();
  const passedOver = new Set(leftOut.map(({ record }) => record));
  let next = 0;
  const through = async (): Promise<void> => {
    while (next < names.length) {
      const index = next++;
      const name = names[index];
      if (passedOver.has(name)) continue;
      try {
        results.set(index, await work(name, index));
      } catch (error) {
        failed.set(index, leftOutBy(name, error));
      }
    }
  };
  await Promise.all(Array.from({ length: jobs }, through));
  leftOut.push(...inOrder(failed));
  return inOrder(results);
}

const inOrder = <T>(byIndex: ReadonlyMap<number, T>): T[] =>
  [...byIndex].toSorted(([a], [b]) => a - b).map(([, value]) => value);

/** The error of a run in which every record was left out; `what` it was to do, e.g. "scored". */
export function nothingLeft(leftOut: readonly LeftOut[], what: string): BedsideError {
  const [first] = leftOut;
  const code = first.code as ErrorCode;
  if (leftOut.length === 1) return new BedsideError(code, first.reason);
  const told = leftOut.slice(0, TOLD).map(({ record, reason }) => `${record}: ${reason}`);
  const more = leftOut.length - told.length;
  return new BedsideError(
    code,
    `none of the ${leftOut.length} records can be ${what}. ${told.join(". ")}${more > 0 ? `. And ${more} more` : ""}`,
  );
}

/** For people, each in one line; empty where none was left out. */
export const leftOutLines = (leftOut: readonly LeftOut[]): string[] =>
  leftOut.length === 0
    ? []
    : [
        `Left out, in no figure (${leftOut.length}):`,
        ...leftOut.map(({ record, code, reason }) => `  ${record}: ${reason} [${code}]`),
      ];

/** Says at a run's end which records it left out; the process then ends with 1, whatever else went well. */
export function tellLeftOut(leftOut: readonly LeftOut[]): void {
  if (leftOut.length === 0) return;
  console.error(`\n${leftOutLines(leftOut).join("\n")}`);
  process.exitCode = 1;
}
