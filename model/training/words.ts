import type { Card } from "../card/live-schema.ts";
import { byDatabase, parseRecordName } from "../../data/record-name.ts";
import type { LearnedDatabase } from "../../data/splits/learned.ts";
import type { FoldsResult, PooledFigures } from "./folds.ts";
import type { PreparedRecord } from "./records/prepare.ts";

const DATABASES: Readonly<Record<LearnedDatabase, { readonly title: string; readonly recordings: string }>> = {
  mitdb: { title: "MIT-BIH Arrhythmia Database 1.0.0", recordings: "ambulatory, 1975 to 1979" },
  svdb: {
    title: "MIT-BIH Supraventricular Arrhythmia Database 1.0.0",
    recordings: "ambulatory, chosen for supraventricular arrhythmia",
  },
};
const F = 3;

const of = (database: string): (typeof DATABASES)[LearnedDatabase] => DATABASES[database as LearnedDatabase];

/** What the card says of the data: databases, patients and leads that were learned from. */
export function databaseText(prepared: readonly PreparedRecord[]): string {
  const parts = [...byDatabase(prepared)].map(([database, records]) => {
    const leads = new Set(records.flatMap(({ readings }) => readings.map(({ lead }) => lead)));
    return `${of(database).title}: ${records.length} records, leads ${[...leads].toSorted().join(" ")}`;
  });
  return `${parts.join("; ")}; noise from the first halves of NSTDB 1.0.0`;
}

/** What the model must not be taken for. */
export function limitsOf(prepared: readonly PreparedRecord[]): string[] {
  const patients = [...byDatabase(prepared)].map(
    ([database, records]) => `${records.length} of the ${of(database).title} (${of(database).recordings})`,
  );
  return [
    `Trained on ${prepared.length} two-channel recordings, each taken for a patient: ${patients.join(", ")}; other leads, devices and patients may differ.`,
    "S is hard without a clear P wave: expect false S in atrial fibrillation and other irregular rhythms, and missed S of late coupling.",
    fusionLimit(prepared),
    "Noise hides the P wave first: with electrodes moving or muscles tense S is lost below 18 dB signal-to-noise ratio, V below 6 dB; the gate rejects most of what noise spoils (class Q), not all.",
    "Pacing is not recognised: in the four records with a pacemaker (102, 104, 107, 217) nearly every paced beat is called N, some V; with a pacemaker the classes say nothing. Spikes that capture nothing may be taken for beats; that was not measured.",
    "The rhythms of the training copies were chosen from the literature, which also names those of the hold-out's hard records (brady-tachy in 232, fibrillation, blocks); no signal or label of the hold-out had a part in training or choices.",
  ];
}

/** How much of F comes from one patient. */
function fusionLimit(prepared: readonly PreparedRecord[]): string {
  const beats = prepared.map(({ name, readings: [{ clean }] }) => ({ name, count: clean.targets[F] }));
  const all = beats.reduce((sum, { count }) => sum + count, 0);
  const most = beats.toSorted((a, b) => b.count - a.count)[0];
  if (all === 0) return "F has no beat in the training data: it is never to be expected.";
  const share = `record ${parseRecordName(most.name).record} has ${most.count} of ${all}`;
  return most.count > all / 2
    ? `F is learned from hardly more than one patient (${share}): its figures say little.`
    : `F is rare (${all} beats; ${share}): its figures say little.`;
}

/** The card's section on the folds. */
export function foldsOf(result: FoldsResult | null, folds: number): Card["folds"] {
  if (!result) return { remark: "No folds were run.", pooled: null, each: [], perEpoch: [] };
  const f1 = ({ meanF1 }: PooledFigures): string => meanF1.toFixed(3);
  const { figures, single, otherRhythms, each, perEpoch, bestEpochs } = result;
  const several = Object.keys(figures.databases).length > 1;
  return {
    remark:
      `${folds} folds of whole records, ${several ? "each database dealt over all of them, " : ""}each held out once, its monitored lead heard by the ` +
      "live signal chain and classified by the exported graphs; missed and false beats count against their class, reference Q is not scored. The " +
      `number of epochs (${bestEpochs}) was chosen by the first member's figures on the same folds, which flatters them a little. Mean F1 of N, S, V` +
      `${several ? ", the mean of the databases'" : ""}: the ensemble ${f1(figures)}, its first member alone ${f1(single)}` +
      `${otherRhythms ? `, the ensemble on held-out records under other rhythms ${f1(otherRhythms)}` : ""}.`,
    pooled: figures.pooled,
    databases: { ...figures.databases },
    each: each.map(({ heldOut, figures: own }) => ({ heldOut: [...heldOut], figures: own })),
    perEpoch: [...perEpoch],
  };
}
