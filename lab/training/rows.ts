import { BedsideError } from "../../contracts/errors.ts";
import { buildRowSet, type RowSet } from "../../data/kachuee/dataset.ts";
import { hasRecords } from "../../data/records.ts";
import { MITDB } from "../../data/splits/mitdb.ts";
import { SVDB_DEVELOPMENT } from "../../data/splits/svdb.ts";
import { readRowCard, writeRowCard } from "../../model/card/row-folder.ts";
import type { RowCard, RowFolds } from "../../model/card/row-schema.ts";
import { crossValidateRows, type FoldKind } from "../../model/rows/training/cross-validate.ts";
import type { RowBalancing } from "../../model/rows/training/settings.ts";
import { trainRows } from "../../model/rows/training/train.ts";
import { readConfig } from "../../server/config.ts";
import { checkFetched, chooseLearned } from "./choose-learned.ts";
import { trainingBar } from "./progress.ts";

/** Epochs of the fit that is kept, and of each fold. */
export const ROW_EPOCHS = 28;
export const ROW_FOLD_EPOCHS = 8;
/** What --quick trains on: records that have every class between them. */
const QUICK = { records: ["104", "119", "208", "223"], epochs: 6 } as const;

export interface RowsOptions {
  readonly epochs: number;
  readonly seed: number;
  readonly out: string;
  readonly quick: boolean;
  readonly balancing?: RowBalancing;
}

/** Trains the model of rows and writes its folder. */
export async function trainRowModel({ seed, out, quick, balancing = {}, ...options }: RowsOptions): Promise<void> {
  const epochs = quick ? QUICK.epochs : options.epochs;
  const bar = trainingBar("validation F1");
  try {
    const set = await readRows(quick ? QUICK.records : MITDB, bar);
    const card = await trainRows({
      set,
      epochs,
      seed,
      out,
      balancing,
      command: `npm run train -- --model rows${quick ? " --quick" : ` --epochs ${epochs}`} --seed ${seed}${told(balancing)}`,
      onStep: (loss, epoch, step, steps) =>
        bar.step(`rows, epoch ${epoch + 1}/${epochs}`, loss, (epoch + step / steps) / epochs),
      onEpoch: ({ validation }) => bar.score(validation?.macroF1.toFixed(3) ?? "–"),
    });
    bar.stop();
    const { accuracy, macroF1 } = card.test.figures;
    console.log(
      `model ${card.hash.slice(0, 12)} written to ${out}; test rows: accuracy ${(100 * accuracy).toFixed(2)} %, macro-F1 ${macroF1.toFixed(4)}`,
    );
  } finally {
    bar.stop();
  }
}

/** Options of the command line, as they were given. */
function told({ balance, oversampling, focal, gmm, augmentation }: RowBalancing): string {
  const numbers = Object.entries({ "class-weights": balance, oversampling, focal, gmm })
    .map(([name, value]) => (value === undefined ? "" : ` --${name} ${value}`))
    .join("");
  return augmentation ? `${numbers} --no-augmentation` : numbers;
}

export interface RowFoldsOptions {
  readonly kinds: readonly FoldKind[];
  /** MIT-BIH, whose rows are held out, and what else the folds of whole patients learn from. */
  readonly databases: readonly string[];
  readonly epochs: number;
  readonly seed: number;
  /** Folder of the model whose card gets the figures. */
  readonly out: string;
}

/** Cross-validates the recipe of the rows' model and enters the figures in its card. */
export async function crossValidateRowModel({ kinds, databases, epochs, seed, out }: RowFoldsOptions): Promise<void> {
  const withSvdb = learnsFromSvdb(databases, kinds);
  // Without a card there would be no place for the result of an hour.
  await readRowCard(out);
  const bar = trainingBar("last fold's F1");
  try {
    const set = await readRows(MITDB, bar);
    const added = withSvdb ? await readSvdb(bar) : undefined;
    for (const kind of kinds) {
      const folds = await crossValidateRows({
        set,
        added,
        kind,
        epochs,
        seed,
        command: `npm run crossvalidate -- --model rows --kind ${kind}${withSvdb ? ` --databases ${databases.join(",")}` : ""} --epochs ${epochs} --seed ${seed}`,
        onStep: (what, loss, done) => bar.step(`${kind}, ${what}`, loss, done),
        onFold: ({ macroF1 }) => bar.score(macroF1.toFixed(3)),
      });
      await enter(out, withSvdb ? "recordFoldsWithSvdb" : CARD_ENTRY[kind], folds);
      bar.stop();
      console.log(describe(kind, folds));
    }
  } finally {
    bar.stop();
  }
}

const CARD_ENTRY = { random: "randomFolds", records: "recordFolds" } as const satisfies Record<FoldKind, keyof RowCard>;

/**
 * Whether the folds learn from SVDB too. Throws BAD_ARGUMENT where a database is not learned from, or where the command asks for
 * folds that are not defined: without MIT-BIH, whose patients are held out, or of rows at random.
 */
export function learnsFromSvdb(databases: readonly string[], kinds: readonly FoldKind[]): boolean {
  chooseLearned(databases, undefined);
  const refused = (why: string): BedsideError =>
    new BedsideError("BAD_ARGUMENT", `--databases ${databases.join(",")}: ${why}`);
  if (!databases.includes("mitdb")) throw refused("rows are held out of MIT-BIH; take mitdb or mitdb,svdb");
  const withSvdb = databases.includes("svdb");
  if (withSvdb && kinds.includes("random")) throw refused("whole patients alone have it; take --kind records");
  return withSvdb;
}

/** The card is read anew: it may have been written since. */
async function enter(folder: string, entry: keyof RowCard, folds: RowFolds): Promise<void> {
  const card = await readRowCard(folder);
  await writeRowCard(folder, { ...card, [entry]: folds });
}

function describe(kind: FoldKind, { accuracy, macroF1, folds }: RowFolds): string {
  const spread = ({ mean, sd }: RowFolds["accuracy"]): string =>
    `${(100 * mean).toFixed(2)} ± ${(100 * sd).toFixed(2)} %`;
  return `rows, ${folds.length} ${kind} folds: accuracy ${spread(accuracy)}, macro-F1 ${spread(macroF1)}`;
}

/** All of `records` or an error: a model of fewer records than its card says is another model. */
async function readRows(records: readonly string[], bar: ReturnType<typeof trainingBar>): Promise<RowSet> {
  const { PHYSIONET_DIR: dir } = readConfig();
  if (!(await hasRecords(dir, records))) {
    throw new BedsideError("UNKNOWN_RECORD", `records are missing in ${dir}: run npm run fetch`);
  }
  bar.start("rows of the records", records.length);
  return buildRowSet(dir, records, (done) => bar.part(done, records.length));
}

/** The rows of SVDB's records that may be learned from. */
async function readSvdb(bar: ReturnType<typeof trainingBar>): Promise<RowSet> {
  const { PHYSIONET_DIR: dir } = readConfig();
  await checkFetched(
    dir,
    SVDB_DEVELOPMENT.map((name) => `svdb/${name}`),
  );
  return buildRowSet(dir, SVDB_DEVELOPMENT, (done) => bar.part(done, SVDB_DEVELOPMENT.length), "svdb");
}
