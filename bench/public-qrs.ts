import { Option } from "commander";
import { type PublicTools, PublicToolsSchema } from "../contracts/public-tools.ts";
import { leadToMillivolts } from "../contracts/frame.ts";
import type { LeftOut } from "../contracts/scoring.ts";
import { readKnownRecord } from "../data/identity/read-known.ts";
import { databaseFolder } from "../data/records.ts";
import { SPLITS } from "../data/splits/splits.ts";
import { annotationsOf } from "../data/wfdb/annotations.ts";
import { command, run } from "../kit/cli/command.ts";
import { writeJson } from "../lab/json-file.ts";
import { tellLeftOut, throughRecords } from "../lab/left-out.ts";
import { makeRoom } from "../lab/output.ts";
import { progressBar } from "../lab/progress.ts";
import { redactCommand } from "../lab/redaction.ts";
import { figuresOf } from "../scoring/figures.ts";
import { referenceOf } from "../scoring/reference.ts";
import { type Confusion, scoreBeats, sumConfusions, TOLERANCE_MS } from "../scoring/score.ts";
import { readConfig } from "../server/config.ts";
import { monitoredLead } from "../signal/leads.ts";
import { withoutGaps } from "./public-qrs/gaps.ts";
import { openPublicTools } from "./public-qrs/tools.ts";
import { qrsLine } from "./qrs/score-record.ts";

/**
 * What public QRS detectors, each with its defaults, find on the lead that the monitor takes, scored by the same rules (EC57, 150 ms,
 * from 0:00, flutter left out). No class is read of the reference: `npm run bench -- public-qrs`.
 */
const program = command("public-qrs", "Scores XQRS and NeuroKit2 on the recordings that the pipeline is reported on.")
  .addOption(
    new Option("--split <names...>", "of which records")
      .choices(SPLITS.map(({ option }) => option))
      .default(["ds2", "svdb-report"]),
  )
  .option("--json <file>", "where the figures go, for npm run report -- --tools")
  .action(async ({ split: options, json }: { split: string[]; json?: string }) => {
    await makeRoom({ files: [json] });
    const { PHYSIONET_DIR } = readConfig();
    const splits = SPLITS.filter(({ option }) => options.includes(option));
    const total = splits.reduce((sum, { records }) => sum + records.length, 0);
    const tools = await openPublicTools(console.error);
    const bar = progressBar("[{bar}] {value}/{total} records  {record}  {eta_formatted} left");
    bar.start(total, 0, { record: "" });
    const leftOut: LeftOut[] = [];
    const results: PublicTools["results"][number][] = [];
    const lines: string[] = [];
    try {
      for (const { name, database, records } of splits) {
        const scored = await throughRecords([...records], leftOut, async (record) => {
          bar.update({ record });
          const confusions = await scoreRecord(database, record);
          bar.increment();
          return { record, confusions };
        });
        for (const [tool, version] of Object.entries(tools.versions)) {
          const confusion = sumConfusions(scored.map(({ confusions }) => confusions[tool]));
          const { qrs } = figuresOf(confusion);
          results.push({ tool, version, database, split: name, records: scored.map(({ record }) => record), qrs });
          lines.push(`${name.padEnd(12)} ${qrsLine(tool.padEnd(20), confusion)}`);
        }
      }
    } finally {
      bar.stop();
      await tools.close();
    }
    console.log(`${" ".repeat(35)}beats missed  false     Se     +P\n${lines.join("\n")}`);
    const line = redactCommand("bench", ["public-qrs", ...process.argv.slice(2)]);
    const date = new Date().toISOString();
    if (json !== undefined)
      await writeJson(json, PublicToolsSchema, { command: line, date, toleranceMs: TOLERANCE_MS, results }, 2);
    tellLeftOut(leftOut);

    async function scoreRecord(database: "mitdb" | "svdb", name: string): Promise<Record<string, Confusion>> {
      const record = await readKnownRecord(PHYSIONET_DIR, database, name);
      const { samplingRateHz } = record;
      const lead = record.leads[monitoredLead(record)];
      const millivolts = new Float32Array(lead.samples.length);
      leadToMillivolts(lead, millivolts);
      const reference = referenceOf(await annotationsOf(record, databaseFolder(PHYSIONET_DIR, database)));
      const found = await tools.detect({ record: name, samplingRateHz, millivolts: withoutGaps(millivolts) });
      const score = (peaks: readonly number[]): Confusion => {
        const beats = peaks.map((sample) => ({ sample, beatClass: "N" as const }));
        return scoreBeats(reference, beats, { samplingRateHz });
      };
      return Object.fromEntries(found.map(({ tool, peaks }) => [tool, score(peaks)]));
    }
  });

await run(program);
