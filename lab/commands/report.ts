import { existsSync } from "node:fs";
import path from "node:path";
import { AblationTableSchema } from "../../contracts/ablation.ts";
import { ChallengeScoreSchema } from "../../contracts/challenge-score.ts";
import { FalseSSchema } from "../../contracts/false-s.ts";
import { PublicToolsSchema } from "../../contracts/public-tools.ts";
import { ReplaySchema } from "../../contracts/replay.ts";
import { ReportSchema } from "../../contracts/report.ts";
import { RhythmScoringSchema } from "../../contracts/rhythm-scoring.ts";
import { ScoringSchema } from "../../contracts/scoring.ts";
import { writeWhole } from "../../kit/atomic-write.ts";
import { readCard } from "../../model/card/live-folder.ts";
import { readRowCard } from "../../model/card/row-folder.ts";
import { readConfig } from "../../server/config.ts";
import { readJson, writeJson } from "../json-file.ts";
import { redactCommand } from "../redaction.ts";
import { gather } from "../report/gather.ts";
import { modelReportPage } from "../report/page.ts";
import { REPORT_FILE } from "../../model/report-file.ts";
import { command, run } from "../../kit/cli/command.ts";

interface Options {
  readonly evaluate: string[];
  readonly protocolModel: string;
  readonly tools: string[];
  readonly falseS: string[];
  readonly rhythms: string[];
  readonly challenge: string[];
  readonly replay?: string;
  readonly ablation?: string;
  readonly html?: string;
  readonly json: string;
}

const repeated = (file: string, before: string[]): string[] => [...before, file];

const program = command(
  "report",
  "Gathers what was measured of the models into one report, for the dashboard and as HTML.",
)
  .option(
    "--evaluate <file>",
    "what npm run evaluate -- --json wrote; repeated: other databases, annotated R peaks, the published protocol's model",
    repeated,
    [],
  )
  .option(
    "--protocol-model <folder>",
    "the model of the published protocol, trained on DS1 alone, told beside MODEL",
    "model/artifacts/live-ds1",
  )
  .option("--tools <file>", "what public QRS detectors find in the same records; repeated", repeated, [])
  .option("--false-s <file>", "what npm run false-s -- --json wrote; repeated: development, report", repeated, [])
  .option(
    "--rhythms <file>",
    "what npm run evaluate -- --rhythms --json wrote; repeated: other databases",
    repeated,
    [],
  )
  .option(
    "--challenge <file>",
    "what npm run alarms -- --score-json wrote; repeated: report, development",
    repeated,
    [],
  )
  .option("--replay <file>", "what npm run replay -- --grid --json wrote")
  .option(
    "--ablation <file>",
    "what each ingredient of the training is worth; default: ablation.json of the model's folder",
  )
  .option("--html <file>", "where the page goes: one file that needs no other")
  .option("--json <file>", "where the report goes that the dashboard shows at /model", REPORT_FILE)
  .addHelpText(
    "after",
    "\nVariables: MODEL and ROWS_MODEL, the models' folders. What is not given is said to be not measured.",
  )
  .action(
    async ({ evaluate, protocolModel, tools, falseS, rhythms, challenge, replay, ablation, html, json }: Options) => {
      const { MODEL, ROWS_MODEL } = readConfig();
      const usual = path.join(MODEL, "ablation.json");
      const table = ablation ?? (existsSync(usual) ? usual : undefined);
      const report = gather({
        live: await readCard(MODEL),
        protocol: existsSync(path.join(protocolModel, "card.json")) ? await readCard(protocolModel) : null,
        rows: existsSync(path.join(ROWS_MODEL, "card.json")) ? await readRowCard(ROWS_MODEL) : null,
        evaluate: await Promise.all(
          evaluate.map((file) => readJson(file, ScoringSchema, "npm run evaluate -- --json")),
        ),
        tools: await Promise.all(
          tools.map((file) => readJson(file, PublicToolsSchema, "npm run bench -- public-qrs --json")),
        ),
        falseS: await Promise.all(falseS.map((file) => readJson(file, FalseSSchema, "npm run false-s -- --json"))),
        rhythms: await Promise.all(
          rhythms.map((file) => readJson(file, RhythmScoringSchema, "npm run evaluate -- --rhythms --json")),
        ),
        challenge: await Promise.all(
          challenge.map((file) => readJson(file, ChallengeScoreSchema, "npm run alarms -- --score-json")),
        ),
        replay: replay === undefined ? null : await readJson(replay, ReplaySchema, "npm run replay -- --json"),
        ablation:
          table === undefined
            ? null
            : await readJson(table, AblationTableSchema, "npm run crossvalidate -- --model live"),
        command: redactCommand("report", process.argv.slice(2)),
        date: new Date(),
      });
      await writeJson(json, ReportSchema, report);
      if (html !== undefined) await writeWhole(html, modelReportPage(report));
      for (const model of [report.live, report.rows]) {
        if (model)
          console.log(
            `${model.name} ${model.hash}: ${model.evaluations.map(({ name }) => name).join("; ") || "nothing measured"}`,
          );
      }
      console.log(
        `written: ${[json, html]
          .filter((file) => file !== undefined)
          .map((file) => path.relative(".", file))
          .join(", ")}`,
      );
    },
  );

await run(program);
