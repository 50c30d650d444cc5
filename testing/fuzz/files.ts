import { annotationsOf, decodeAnnotations } from "../../data/wfdb/annotations.ts";
import { heedDefinitions } from "../../data/wfdb/definitions.ts";
import { decodeHeader, parseHeader } from "../../data/wfdb/header.ts";
import { readRecord } from "../../data/wfdb/record.ts";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import { bytes16 } from "../data/wfdb-files.ts";
import { anyFile, table, toldOf } from "./beat-csv.ts";
import type { Target } from "./fuzz.ts";
import { below } from "./pick.ts";
import { ANNOTATIONS, HEADER, mutated, mutatedHeader, noise } from "./wfdb.ts";

/** False where it throws as it has to: a BedsideError of one line. */
export async function isTaken(read: () => unknown): Promise<boolean> {
  try {
    await read();
    return true;
  } catch (error) {
    if (error instanceof BedsideError && /^[^\n]{1,1000}$/.test(error.message)) return false;
    throw error;
  }
}

const wfdbHeaders: Target = {
  name: "WFDB headers",
  share: 25,
  open: async () => ({
    attempt: (random) => {
      const text = mutatedHeader(random);
      const bytes =
        below(random, 5) === 0 ? noise(random, 300) : Buffer.from(text, below(random, 2) ? "utf8" : "latin1");
      return isTaken(() => parseHeader(decodeHeader(bytes), "f/b1.hea"));
    },
  }),
};

const wfdbAnnotations: Target = {
  name: "WFDB annotations",
  share: 25,
  open: async () => ({
    attempt: (random) => {
      const bytes = below(random, 3) === 0 ? noise(random, 400) : mutated(ANNOTATIONS, random);
      return isTaken(() => heedDefinitions(decodeAnnotations(bytes, "f/b1.atr"), "f/b1.atr"));
    },
  }),
};

const wfdbRecords: Target = {
  name: "WFDB records",
  share: 1,
  open: async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "bedside-fuzz-"));
    const dat = bytes16([new Int16Array(2000), new Int16Array(2000)], 24);
    return {
      attempt: async (random) => {
        const either = <T>(right: T, wrong: () => T): T => (random.uniform() < 0.4 ? wrong() : right);
        await writeFile(
          path.join(folder, "b1.hea"),
          either(HEADER, () => mutatedHeader(random)),
        );
        await writeFile(
          path.join(folder, "b1.dat"),
          either<Uint8Array>(dat, () => mutated(dat, random)),
        );
        await writeFile(
          path.join(folder, "b1.atr"),
          either(ANNOTATIONS, () => mutated(ANNOTATIONS, random)),
        );
        return isTaken(async () => annotationsOf(await readRecord(folder, "b1"), folder));
      },
      close: () => rm(folder, { recursive: true, force: true }),
    };
  },
};

const csvFiles: Target = {
  name: "CSV files",
  share: 3,
  open: async () => ({
    attempt: (random) => {
      const kind = below(random, 4);
      const { faults, error } = toldOf(kind === 3 ? table(random).pieces : anyFile(random, kind));
      if (faults.length > 0) throw new Error(faults.join("; "));
      return error === null;
    },
  }),
};

export const FILE_TARGETS: readonly Target[] = [wfdbHeaders, wfdbAnnotations, wfdbRecords, csvFiles];
