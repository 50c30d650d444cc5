import { availableParallelism } from "node:os";
import { type Injection } from "../../contracts/drift.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { type Replay, ReplaySchema } from "../../contracts/replay.ts";
import { writeWhole } from "../../kit/atomic-write.ts";
import { writeJson } from "../json-file.ts";
import { identityNamed, mitdbNameOf } from "../../data/identity/identity.ts";
import { checkIdentity } from "../../data/identity/read-known.ts";
import { NOISE_KINDS, openNoise } from "../../data/injection/noise-records.ts";
import { mitdbFolder } from "../../data/records.ts";
import { DS1, DS2 } from "../../data/splits/mitdb.ts";
import { logOpening, readCard } from "../../model/card/live-folder.ts";
import { infoOf } from "../../model/load.ts";
import { readConfig } from "../../server/config.ts";
import { checkNames } from "../evaluation/choose-records.ts";
import { unloggedNote } from "../evaluation/opening.ts";
import { tellLeftOut } from "../left-out.ts";
import { makeRoom } from "../output.ts";
import { progressBar } from "../progress.ts";
import { type Drift, driftsOf, gridDrifts } from "../replay/grid.ts";
import { cached } from "../replay/cache.ts";
import { openingOf } from "../replay/opening.ts";
import { replayPage } from "../replay/page.ts";
import { replay } from "../replay/replay.ts";
import { replayTable } from "../replay/table.ts";
import { openReplayPool } from "../replay/pool.ts";
import type { ReplaySetting } from "../replay/setting.ts";
import { drift, list, wholeNumber } from "../../kit/cli/options.ts";
import { command, run } from "../../kit/cli/command.ts";
import { redactCommand } from "../redaction.ts";

interface Options {
  readonly split?: string;
  readonly records?: string[];
  readonly drift: Injection[][];
  readonly grid: boolean;
  readonly leadIn: number;
  readonly seed: number;
  readonly jobs: number;
  readonly json?: string;
  readonly html?: string;
  readonly logOpening: boolean;
}

const SPLITS: Readonly<Record<string, readonly string[]>> = { ds1: DS1, ds2: DS2, all: [...DS1, ...DS2] };
/** The first minutes of a bed, while its template and averages form: EC57's learning period. */
const LEAD_IN_SECONDS = 300;

const program = command(
  "replay",
  "Replays MIT-BIH records through the live pipeline with injected drift, and compares with the clean run.",
)
  .option("--split <name>", "ds1, ds2 (the hold-out) or all")
  .option("--records <names>", "comma-separated, in place of a split", list)
  .option(
    "--drift <spec>",
    "e.g. em:6dB@300s,gain:0.5@600..900s; repeated: one run each",
    (text: string, before: Injection[][]) => [...before, drift(text)],
    [],
  )
  .option("--grid", "em, bw, ma at 24 to -6 dB, wander of 0.5 to 4 mV, gain by 1/4 to 4", false)
  .option(
    "--lead-in <seconds>",
    "the grid's drift begins there, and so does scoring",
    wholeNumber(0, 3600),
    LEAD_IN_SECONDS,
  )
  .option("--seed <number>", "seed of what is random in the drift", wholeNumber(0, 2 ** 31), 1)
  .option("--jobs <count>", "threads", wholeNumber(1, 64), Math.min(4, availableParallelism()))
  .option("--json <file>", "where the figures go")
  .option("--html <file>", "where the report goes")
  .option("--log-opening", "enter the figures of DS2, the hold-out, in the model's card", false)
  .addHelpText(
    "after",
    `
A record that can't be replayed is left out and named at the end, in the JSON too (leftOut); the exit code is 1 then.
DS1, DS2 and "trained on" go by what MIT-BIH's samples are, not by a record's name.
Variables: PHYSIONET_DIR, where npm run fetch puts recordings (mitdb/1.0.0 and nstdb/1.0.0 in it); MODEL and ENGINE, as for the worker.`,
  )
  .action(async (options: Options) => {
    const { PHYSIONET_DIR, MODEL, ENGINE } = readConfig();
    const records = recordsOf(options);
    const drifts = driftsFrom(options);
    const db = mitdbFolder(PHYSIONET_DIR);
    await checkNames(db, options.records ?? []);
    const kinds = drifts.flatMap(({ injections }) => injections.map(({ kind }) => kind));
    const noiseKinds = NOISE_KINDS.filter((kind) => kinds.includes(kind));
    // Noise that can't be read is no record's fault: it is found out here, not in every thread.
    await openNoise(PHYSIONET_DIR, noiseKinds, "second half");
    await makeRoom({ files: [options.json, options.html] });
    const card = await readCard(MODEL);
    const { name, hash } = infoOf(card);
    const bar = progressBar("[{bar}] {value}/{total} records  {what}  {eta_formatted} left", { etaBuffer: 100 });
    bar.start((drifts.length + 1) * records.length, 0, { what: "" });
    const setting: ReplaySetting = {
      db,
      physionetDir: PHYSIONET_DIR,
      noiseKinds,
      seed: options.seed,
      model: MODEL,
      engine: ENGINE,
    };
    const pool = openReplayPool(setting, options.jobs);
    const runCached = await cached((task) => pool.run(task), setting, hash);
    const result = await replay({
      command: redactCommand("replay", process.argv.slice(2), MODEL),
      database: "mitdb",
      records,
      drifts,
      seed: options.seed,
      model: { name, hash },
      trainedOn: card.training.records.flatMap((record) => mitdbNameOf(identityNamed(record)) ?? []),
      jobs: options.jobs,
      run: async (record, drift, stretch) => {
        const replayed = await runCached({ record, drift, stretch });
        // A split is of MIT-BIH's records by their samples: a stranger that has one's name is none of them.
        if (options.split !== undefined)
          checkIdentity(`mitdb/${record}`, replayed.during.mitdb && `mitdb/${replayed.during.mitdb}`);
        return replayed;
      },
      onProgress: (done, _, what) => bar.update(done, { what }),
    }).finally(() => {
      bar.stop();
      return pool.close();
    });
    console.log(replayTable(result));
    if (options.json !== undefined) await writeJson(options.json, ReplaySchema, result);
    if (options.html !== undefined) await writeWhole(options.html, replayPage(result));
    await noteOpening(result, MODEL, options.logOpening);
    tellLeftOut(result.leftOut ?? []);
  });

function recordsOf({ split, records }: Options): readonly string[] {
  if (records && split === undefined) return [...new Set(records)];
  if (split !== undefined && !records && Object.hasOwn(SPLITS, split)) return SPLITS[split];
  throw new BedsideError(
    "BAD_ARGUMENT",
    `give --split ${Object.keys(SPLITS).join(", ")}, or --records: one of the two`,
  );
}

function driftsFrom({ drift: specs, grid, leadIn }: Options): Drift[] {
  if (grid === specs.length > 0) throw new BedsideError("BAD_ARGUMENT", "give --drift or --grid: one of the two");
  return grid ? gridDrifts(leadIn) : driftsOf(specs);
}

/** Each look at the hold-out is to stand in the model's card. */
async function noteOpening(result: Replay, model: string, log: boolean): Promise<void> {
  const opening = openingOf(result, new Date());
  if (opening && log) await logOpening(model, opening);
  else if (opening) console.error(`\n${unloggedNote(["DS2"])}`);
}

await run(program);
