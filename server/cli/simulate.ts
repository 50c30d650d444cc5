import { randomBytes } from "node:crypto";
import { describeConfig, readConfig } from "../config.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { openBus } from "../bus.ts";
import { drift, list, speed, wholeNumber } from "./options.ts";
import { command, onShutdown, run } from "./run.ts";
import { simulate, type SimulationOptions } from "./simulation.ts";

const program = command(
  "simulate",
  "Replays records as beds onto ecg.frames, their truth onto ecg.annotations (BUS=kafka).",
)
  .option(
    "--beds <count>",
    "number of beds; the records are dealt out in turn (default: one a record)",
    wholeNumber(1, 1024),
  )
  .option("--records <names>", "comma-separated MIT-BIH records, or synthetic/NAME", list)
  .option("--speed <times>", "times real time, 0.1 to max", speed, 1)
  .option("--once", "end each bed when its record has been played (default: begin a new epoch)", false)
  .option("--frame-ms <ms>", "length of a frame", wholeNumber(100, 500), 200)
  .option("--seed <number>", "seed of what is random in the drift", wholeNumber(0, 2 ** 31), 1)
  .option("--epoch <name>", "name of each bed's first epoch (default: random)")
  .option("--drift <spec>", "e.g. em:6dB@60..120s,gain:0.5@200s", drift, [])
  .addHelpText("after", describeConfig())
  .action(async (options: Omit<SimulationOptions, "epoch"> & { epoch?: string }) => {
    const config = readConfig();
    if (config.BUS === "memory") {
      throw new BedsideError(
        "BAD_CONFIG",
        "BUS is memory, which lives in one process: use `npm start`, or BUS=kafka with a broker (`npm run kafka`)",
      );
    }
    const bus = openBus(config, "simulator");
    await bus.start();
    const epoch = options.epoch ?? randomBytes(4).toString("hex");
    const simulator = await simulate(bus, config.PHYSIONET_DIR, { ...options, epoch }, console.log);
    onShutdown(() => simulator.stop());
    await simulator.done.finally(() => bus.close());
  });

await run(program);
