import { wholeNumber } from "../../kit/cli/options.ts";
import { command, run } from "../../kit/cli/command.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { fuzz } from "./fuzz.ts";
import { sharesOf, TARGETS } from "./targets.ts";

interface Options {
  readonly inputs: number;
  readonly seed: number;
  readonly only?: string;
  readonly from: number;
}

const program = command("fuzz", "Sends what nobody should to whatever reads: no crash, no 5xx, no hang may come of it.")
  .option("--inputs <count>", "of all targets together", wholeNumber(1, 1e9), 200_000)
  .option("--seed <number>", "the same gives the same inputs", wholeNumber(0, 2 ** 31), 1)
  .option("--only <target>", `one of: ${TARGETS.map(({ name }) => name).join("; ")}`)
  .option("--from <number>", "first input of each target, as a fault names it", wholeNumber(0, 1e9), 0)
  .action(async ({ inputs, seed, only, from }: Options) => {
    const targets = TARGETS.filter(({ name }) => only === undefined || name === only);
    if (targets.length === 0) throw new BedsideError("BAD_ARGUMENT", `no target is called ${JSON.stringify(only)}`);
    let [all, faults] = [0, 0];
    for (const [target, count] of sharesOf(inputs, targets)) {
      const begunMs = performance.now();
      const report = await fuzz(target, { inputs: count, seed, from });
      const seconds = ((performance.now() - begunMs) / 1000).toFixed(0);
      console.log(
        `${target.name.padEnd(26)} ${String(report.inputs).padStart(7)} inputs, ${report.taken} taken, ${report.refused} refused, ` +
          `slowest ${report.slowestMs.toFixed(0)} ms, ${report.faults.length} faults, ${seconds} s`,
      );
      for (const { at, what } of report.faults)
        console.log(`  --seed ${seed} --only "${target.name}" --from ${at} --inputs 1: ${what}`);
      all += report.inputs;
      faults += report.faults.length;
    }
    console.log(`${all} inputs with seed ${seed}: ${faults} crashes, 5xx or hangs`);
    process.exitCode = faults > 0 ? 1 : 0;
  });

await run(program);
