import { access, readdir } from "node:fs/promises";
import path from "node:path";
import { BedsideError } from "../contracts/errors.ts";
import { NOISE_KINDS, type NoiseKind, type NoiseRecords, openNoise } from "../data/injection/noise-records.ts";
import { databaseFolder, mitdbFolder, recordsIn } from "../data/records.ts";
import { SYNTHETIC_BEDS } from "../data/synthetic/beds.ts";
import { openSources } from "./open-sources.ts";
import type { Source } from "./source.ts";

/** What there is to play: the recordings and the recorded noise that have been fetched, and the synthetic beds. */
export interface Library {
  /** Names as frames have them: "mitdb/208", "synthetic/sinus". */
  readonly records: readonly string[];
  readonly noiseKinds: readonly NoiseKind[];
  /** Throws UNKNOWN_RECORD for what is not listed, BAD_RECORD. */
  open(record: string): Promise<Source>;
  /** Throws BAD_ARGUMENT for a kind that is not there. */
  noise(kinds: readonly string[]): Promise<NoiseRecords>;
}

/** The library under `dir` (PhysioNet's layout), as it is at this moment. */
export async function openLibrary(dir: string): Promise<Library> {
  const recorded = await recordsIn(dir, await headersIn(mitdbFolder(dir)));
  const records = [
    ...recorded.map((name) => `mitdb/${name}`),
    ...SYNTHETIC_BEDS.map(({ name }) => `synthetic/${name}`),
  ];
  const noiseKinds: NoiseKind[] = [];
  for (const kind of NOISE_KINDS)
    if (await isThere(path.join(databaseFolder(dir, "nstdb"), `${kind}.dat`))) noiseKinds.push(kind);
  let noise: NoiseRecords = {};
  return {
    records,
    noiseKinds,
    open: async (record) => {
      if (!records.includes(record)) {
        const some = `there are ${records.slice(0, 8).join(", ")}${records.length > 8 ? " and others" : ""}`;
        throw new BedsideError("UNKNOWN_RECORD", `no record ${record.slice(0, 64)} to play; ${some}`);
      }
      return (await openSources(dir, [record.replace(/^mitdb\//, "")])).sources[0];
    },
    noise: async (kinds) => {
      const wanted = NOISE_KINDS.filter((kind) => kinds.includes(kind));
      const missing = wanted.find((kind) => !noiseKinds.includes(kind));
      if (missing)
        throw new BedsideError("BAD_ARGUMENT", `noise ${missing} is not here: run \`npm run fetch -- nstdb\``);
      const more = wanted.filter((kind) => !noise[kind]);
      noise = { ...noise, ...(await openNoise(dir, more)) };
      return noise;
    },
  };
}

async function headersIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.flatMap((name) => /^(\w{1,16})\.hea$/.exec(name)?.[1] ?? []).toSorted();
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
