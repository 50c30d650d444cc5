import { deferred } from "../../kit/deferred.ts";
import { within } from "../../kit/within.ts";
import { describeConfig, readConfig } from "../config.ts";
import { openBus } from "../bus.ts";
import { command, run } from "../../kit/cli/command.ts";
import { onShutdown } from "../../kit/cli/shutdown.ts";
import { requireKafka } from "./require-kafka.ts";
import { addSimulationOptions, simulate, type SimulationOptions } from "./simulation.ts";

const STOP_WITHIN_MS = 3000;

const program = addSimulationOptions(
  command("simulate", "Replays records as beds onto ecg.frames and their truth onto ecg.annotations (BUS=kafka)."),
)
  .addHelpText("after", describeConfig())
  .action(async (options: SimulationOptions) => {
    const config = readConfig();
    requireKafka(config);
    const bus = openBus(config, "simulator", { warn: console.error, info: console.log });
    const ended = deferred<void>();
    bus.start().catch(ended.reject);
    onShutdown(async () => ended.resolve());
    try {
      const simulator = await simulate(bus, config.PHYSIONET_DIR, options, console.log);
      await Promise.race([simulator.done, ended.promise]);
      if (!(await within(STOP_WITHIN_MS, simulator.stop())))
        console.error("stopped while the bus is away: its last frames were not sent");
    } finally {
      await bus.close();
    }
  });

await run(program);
