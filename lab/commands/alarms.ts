import { availableParallelism } from "node:os";
import { Option } from "commander";
import { AlarmLogSchema } from "../../contracts/alarm-log.ts";
import { type ChallengeScore, ChallengeScoreSchema } from "../../contracts/challenge-score.ts";
import { PolicyComparisonSchema } from "../../contracts/policy-comparison.ts";
import type { RhythmPolicy } from "../../contracts/rhythm-policy.ts";
import type { LeftOut } from "../../contracts/scoring.ts";
import { challengeAlarms } from "../../data/challenge/alarms.ts";
import { mitdbFolder } from "../../data/records.ts";
import { command, run } from "../../kit/cli/command.ts";
import { list, wholeNumber } from "../../kit/cli/options.ts";
import { logOpening, readCard } from "../../model/card/live-folder.ts";
import { infoOf } from "../../model/load.ts";
import { readConfig } from "../../server/config.ts";
import { openPolicy } from "../../server/pipeline/policies.ts";
import { challengeRow, challengeScore } from "../alarms/challenge.ts";
import { comparePolicies } from "../alarms/compare-policies.ts";
import { comparisonTable } from "../alarms/comparison-table.ts";
import { challengeOpening, CHALLENGE_HOLD_OUT } from "../alarms/opening.ts";
import { type AlarmOptions, checkTogether, chooseAlarmRecords, policyNames } from "../alarms/options.ts";
import { openAlarmPool } from "../alarms/pool.ts";
import { readReferences } from "../alarms/references.ts";
import { readCommands } from "../alarms/read-commands.ts";
import { alarmLog, replayAlarms, type Replayed } from "../alarms/replay.ts";
import type { AlarmSetting } from "../alarms/setting.ts";
import { challengeTable, countTable, logTable } from "../alarms/tables.ts";
import { unloggedNote } from "../evaluation/opening.ts";
import { writeJson } from "../json-file.ts";
import { nothingLeft, tellLeftOut } from "../left-out.ts";
import { makeRoom } from "../output.ts";
import { progressBar } from "../progress.ts";
import { redactCommand } from "../redaction.ts";

const program = command(
  "alarms",
  "Replays records through the live pipeline and tells the conditions and alarms that it would have raised.",
)
  .option("--db <folder>", "WFDB records, annotated or not (default: MIT-BIH, where npm run fetch puts it)")
  .option("--record <name>", "one record, whose log is printed")
  .option("--records <names>", "comma-separated (default: all of the folder)", list)
  .addOption(
    new Option("--split <half>", "records of one half of the challenge of 2015 alone; report is a hold-out").choices([
      "development",
      "report",
    ]),
  )
  .option(
    "--policy <name>",
    "alarm policy: adult, paediatric, neonate or a JSON file (default: POLICY); given twice, the second is --against",
    (name: string, before: string[] = []) => [...before, name],
  )
  .option("--against <name>", "another policy: tells what it would change")
  .option(
    "--commands <file>",
    "what somebody asks of the record's alarms: JSON lines of contracts/command.ts, atSeconds",
  )
  .option("--frame-ms <ms>", "length of the frames a record is cut into; the log is the same", wholeNumber(10, 60_000))
  .option("--jobs <count>", "threads", wholeNumber(1, 64), Math.min(4, availableParallelism()))
  .option("--json <file>", "where the log goes")
  .option("--score-json <file>", "where the figures go, for records of the challenge of 2015")
  .option("--log-opening", "enter the figures of the challenge's report half, a hold-out, in the model's card", false)
  .addHelpText(
    "after",
    `
The same records, model and policy give the same log, byte for byte, however the records are cut into frames and whatever runs beside.
A folder with the file ALARMS is one of the PhysioNet/CinC Challenge 2015: true and false alarms are counted, by what is said up to 5:00.
With two policies: alarms by bed-hour, annotated episodes missed and their delay under each, in records with annotations (.atr), and
the records whose alarms differ; --json has this comparison then (contracts/policy-comparison.ts). The challenge's labels are not counted.
A record that can't be replayed is left out and named at the end, in the JSON too (leftOut); the exit code is 1 then.
Variables: PHYSIONET_DIR, where npm run fetch puts recordings; MODEL, ENGINE and POLICY, as for the worker.`,
  )
  .action(async (options: AlarmOptions) => {
    const { PHYSIONET_DIR, MODEL, ENGINE, POLICY } = readConfig();
    const [policyName, againstName] = policyNames(options, POLICY);
    const policy = await openPolicy(policyName);
    const against = againstName === undefined ? null : await openPolicy(againstName);
    const db = options.db ?? mitdbFolder(PHYSIONET_DIR);
    const labels = await challengeAlarms(db);
    checkTogether(options, labels !== null, against !== null);
    const { records, without } = await chooseAlarmRecords(
      db,
      options,
      against ? null : labels && new Set(labels.map(({ record }) => record)),
    );
    await makeRoom({ files: [options.json, options.scoreJson] });
    const { hash } = infoOf(await readCard(MODEL));
    const setting: AlarmSetting = {
      db,
      model: MODEL,
      engine: ENGINE,
      policy,
      ...(options.commands !== undefined && { commands: await readCommands(options.commands) }),
      ...(options.frameMs !== undefined && { frameMs: options.frameMs }),
    };
    if (against) {
      await tellComparison(setting, against, records, options);
      return;
    }
    const replayed = await replayAll(setting, records, without, options.jobs);
    const { logs, leftOut } = replayed;
    console.log(options.record === undefined ? countTable(logs) : logTable(logs[0]));
    if (options.json !== undefined)
      await writeJson(options.json, AlarmLogSchema, alarmLog(replayed, policy.label, hash));
    if (labels && options.record === undefined) {
      const rows = logs.flatMap((log) => {
        const alarm = labels.find(({ record }) => record === log.record);
        return alarm ? challengeRow(alarm, log) : [];
      });
      const line = redactCommand("alarms", process.argv.slice(2), MODEL);
      const facts = {
        command: line,
        split: options.split ?? "all",
        policy: policy.label,
        model: hash,
      } as const;
      await tellScore(challengeScore(facts, rows, leftOut), MODEL, options);
    }
    tellLeftOut(leftOut);
  });

async function replayAll(
  setting: AlarmSetting,
  records: readonly string[],
  without: readonly LeftOut[],
  jobs: number,
): Promise<Replayed> {
  const count = Math.min(jobs, records.length);
  const pool = openAlarmPool(setting, count);
  const bar = progressBar("[{bar}] {value}/{total} records  {record}  {eta_formatted} left", { etaBuffer: 50 });
  bar.start(records.length, 0, { record: "" });
  return replayAlarms({
    records,
    without,
    run: (record) => pool.run({ record }),
    jobs: count,
    onProgress: (done, record) => bar.update(done, { record }),
  }).finally(() => {
    bar.stop();
    return pool.close();
  });
}

async function tellComparison(
  setting: AlarmSetting,
  against: RhythmPolicy,
  records: readonly string[],
  { jobs, json }: AlarmOptions,
): Promise<void> {
  const unread: LeftOut[] = [];
  const references = await readReferences(setting.db, records, unread);
  if (references.length === 0) throw nothingLeft(unread, "replayed");
  const first = await replayAll(
    setting,
    references.map(({ record }) => record),
    unread,
    jobs,
  );
  const left = first.logs.map(({ record }) => record);
  const second = await replayAll({ ...setting, policy: against }, left, first.leftOut, jobs);
  const { hash: model } = infoOf(await readCard(setting.model));
  const policies = { policy: setting.policy.label, against: against.label };
  const logs = { policy: first.logs, against: second.logs };
  const comparison = comparePolicies({ policies, model }, logs, references, second.leftOut);
  console.log(comparisonTable(comparison));
  if (json !== undefined) await writeJson(json, PolicyComparisonSchema, comparison, 2);
  if (comparison.holdOuts.length > 0) {
    console.error(
      `\nThe episodes are of ${comparison.holdOuts.join(" and ")} too, held out: choose no limits by them.`,
    );
  }
  tellLeftOut(second.leftOut);
}

async function tellScore(
  score: ChallengeScore,
  model: string,
  { scoreJson, logOpening: log }: AlarmOptions,
): Promise<void> {
  console.log(`\n${challengeTable(score)}`);
  if (scoreJson !== undefined) await writeJson(scoreJson, ChallengeScoreSchema, score, 2);
  const opening = challengeOpening(score, new Date());
  if (opening && log) await logOpening(model, opening);
  else if (opening) console.error(`\n${unloggedNote([CHALLENGE_HOLD_OUT])}`);
}

await run(program);
