import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { BedsideError } from "../../contracts/errors.ts";
import { environmentWith } from "../../server/config.ts";
import { ensurePythonPackages } from "../../tools/python-packages.ts";

const REQUIREMENTS = ["wfdb==4.3.1", "neurokit2==0.2.13"];
const FOLDER = path.resolve(
  import.meta.dirname,
  "../../.cache",
  `public-qrs-${REQUIREMENTS.join("-").replaceAll("==", "-")}`,
);

const HelloSchema = Type.Object({ tools: Type.Record(Type.String(), Type.String()) });
const FoundSchema = Type.Object({
  record: Type.String(),
  tool: Type.String(),
  peaks: Type.Array(Type.Integer({ minimum: 0 })),
});
/** What a tool found in a record: sample indices, ascending. */
export type FoundPeaks = Static<typeof FoundSchema>;

/** One lead of a record, mV, without gaps. */
export interface Lead {
  readonly record: string;
  readonly samplingRateHz: number;
  readonly millivolts: Float64Array;
}

/** Public QRS detectors in a process of Python's. */
export interface PublicTools {
  /** Name → version. */
  readonly versions: Readonly<Record<string, string>>;
  /** What each of them finds. */
  detect(lead: Lead): Promise<FoundPeaks[]>;
  close(): Promise<void>;
}

/** Fetches the detectors where they are not in .cache, and starts them. Throws TOOL_MISSING, DOWNLOAD_FAILED. */
export async function openPublicTools(report: (line: string) => void): Promise<PublicTools> {
  await ensurePythonPackages({ requirements: REQUIREMENTS, folder: FOLDER }, report);
  const folder = await mkdtemp(path.join(tmpdir(), "bedside-public-qrs-"));
  const python = spawn("python3", [path.join(import.meta.dirname, "detect.py")], {
    env: environmentWith({ PYTHONPATH: FOLDER, MPLCONFIGDIR: folder }),
    stdio: ["pipe", "pipe", "inherit"],
  });
  // A process that is gone is told by the answer that does not come.
  python.stdin.on("error", () => {});
  const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
  const next = async <S extends typeof HelloSchema | typeof FoundSchema>(schema: S): Promise<Static<S>> => {
    const { value, done } = await lines.next();
    const message: unknown = done ? null : JSON.parse(value);
    if (Value.Check(schema, message)) return message;
    throw new BedsideError(
      "TOOL_MISSING",
      `the detectors in ${FOLDER} ended or said what they should not: delete it and try again`,
    );
  };
  const { tools: versions } = await next(HelloSchema);
  return {
    versions,
    detect: async ({ record, samplingRateHz, millivolts }) => {
      const file = path.join(folder, "lead.f64");
      await writeFile(file, new Uint8Array(millivolts.buffer, millivolts.byteOffset, millivolts.byteLength));
      python.stdin.write(`${JSON.stringify({ record, samplingRateHz, file })}\n`);
      const found: FoundPeaks[] = [];
      while (found.length < Object.keys(versions).length) found.push(await next(FoundSchema));
      return found;
    },
    close: async () => {
      const ended = python.exitCode === null ? once(python, "close") : Promise.resolve();
      python.stdin.end();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
