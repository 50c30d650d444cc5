import type { FalseS, FalseSGroup, FalseSRow } from "../../contracts/false-s.ts";
import type { LeftOut } from "../../contracts/scoring.ts";
import { readKnownRecord } from "../../data/identity/read-known.ts";
import { mitdbFolder } from "../../data/records.ts";
import { DS1, DS2 } from "../../data/splits/mitdb.ts";
import { annotationsOf } from "../../data/wfdb/annotations.ts";
import { readRecord, type WfdbRecord } from "../../data/wfdb/record.ts";
import type { Classifier } from "../../model/classifier.ts";
import { BOOTSTRAP } from "../../scoring/bootstrap.ts";
import { referenceOf } from "../../scoring/reference.ts";
import type { FoundBeat } from "../../scoring/summary/record.ts";
import { runRecord } from "../../server/pipeline/run-record.ts";
import { nothingLeft, throughRecords } from "../left-out.ts";
import { countS } from "./count.ts";
import { groupOf } from "./group.ts";
import { fibrillationOf } from "./stretches.ts";
import { STRIPS, stripsOf } from "./strips.ts";

export interface FalseSOptions {
  /** PhysioNet's tree. */
  readonly dir: string;
  readonly split: FalseS["split"];
  readonly command: string;
  readonly date: Date;
  readonly classifier: Classifier;
  /** What the model was trained on, by its card. */
  readonly trainedOn: readonly string[];
  readonly onProgress?: (done: number, total: number, record: string) => void;
}

/** A record to go through, or null where it has nothing of the rhythm that is looked at. */
interface Task {
  readonly group: Group;
  readonly record: string;
  readonly count: () => Promise<FalseSRow | null>;
}
type Group = Pick<FalseSGroup, "name" | "database" | "truth">;

const IN_RECORDS: Group = { name: "AF and flutter, MIT-BIH", database: "mitdb", truth: "beats" };
/** Of strips, by what their experts call the rhythm; strips too noisy for them are in none. */
const OF_STRIPS: Readonly<Record<string, Group>> = {
  A: { name: "AF strips", database: STRIPS, truth: "fibrillation" },
  N: { name: "sinus strips", database: STRIPS, truth: "sinus" },
  O: { name: "strips of other rhythms", database: STRIPS, truth: "unknown" },
};

/**
 * How often a beat is called S in atrial fibrillation, where there is none, and in sinus rhythm: in the stretches of MIT-BIH's DS1
 * (development) or DS2 (report) by the annotators, and in that half of the CinC Challenge 2017's strips. Records that cannot be
 * gone through are left out by name. Throws UNKNOWN_RECORD where a database is not there, and the reason where no record is left.
 */
export async function measureFalseS(options: FalseSOptions): Promise<FalseS> {
  const { split, command, date, classifier, trainedOn, onProgress } = options;
  const tasks = [...recordTasks(options), ...(await stripTasks(options))];
  const leftOut: LeftOut[] = [];
  const rows = await throughRecords(
    tasks.map(({ record }) => record),
    leftOut,
    async (record, index) => {
      onProgress?.(index, tasks.length, record);
      return { group: tasks[index].group, row: await tasks[index].count() };
    },
  );
  if (rows.length === 0) throw nothingLeft(leftOut, "gone through");
  onProgress?.(tasks.length, tasks.length, "figures");
  const groups = [IN_RECORDS, ...Object.values(OF_STRIPS)].map((group) =>
    groupOf(
      group,
      rows.flatMap((each) => (each.group === group && each.row ? each.row : [])),
    ),
  );
  const inMitdb = groups[0].perRecord.map(({ record }) => record);
  return {
    version: 1,
    command,
    date: date.toISOString(),
    split,
    model: { name: classifier.info.name, hash: classifier.info.hash },
    trainedOn: inMitdb.filter((record) => trainedOn.includes(record) || trainedOn.includes(`mitdb/${record}`)),
    level: BOOTSTRAP.level,
    groups,
    leftOut,
  };
}

function recordTasks({ dir, split, classifier }: FalseSOptions): Task[] {
  return (split === "development" ? DS1 : DS2).map((name) => ({
    group: IN_RECORDS,
    record: name,
    count: async () => {
      const record = await readKnownRecord(dir, "mitdb", name);
      const annotations = await annotationsOf(record, mitdbFolder(dir));
      const stretches = fibrillationOf(annotations, record.leads[0].samples.length);
      if (stretches.length === 0) return null;
      const { samplingRateHz } = record;
      const found = await beatsFound(record, classifier);
      return countS(found, { record: name, samplingRateHz, stretches, reference: referenceOf(annotations) });
    },
  }));
}

async function stripTasks({ dir, split, classifier }: FalseSOptions): Promise<Task[]> {
  const strips = (await stripsOf(dir, split)).filter(({ rhythm }) => rhythm in OF_STRIPS);
  return strips.map(({ name, folder, rhythm }) => {
    const group = OF_STRIPS[rhythm];
    return {
      group,
      record: name,
      count: async () => {
        const record = await readRecord(folder, name);
        const whole = { from: 0, to: record.leads[0].samples.length - 1 };
        const reference = group.truth === "unknown" ? null : "none";
        const { samplingRateHz } = record;
        const found = await beatsFound(record, classifier);
        return countS(found, { record: name, samplingRateHz, stretches: [whole], reference });
      },
    };
  });
}

async function beatsFound(record: WfdbRecord, classifier: Classifier): Promise<FoundBeat[]> {
  const events = await runRecord(record, classifier);
  return events.flatMap(({ topic, data }) => (topic === "beats" ? data : []));
}
