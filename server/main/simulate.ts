import { describeConfig, readConfig } from "../config.ts";
import { openBus } from "../bus.ts";
import { command, run } from "../../kit/cli/command.ts";
import { onShutdown } from "../../kit/cli/shutdown.ts";
import { requireKafka } from "./require-kafka.ts";
import { addSimulationOptions, simulate, type SimulationOptions } from "./simulation.ts";

const program = addSimulationOptions(
  command("simulate", "Replays records as beds onto ecg.frames and their truth onto ecg.annotations (BUS=kafka)."),
)
  .addHelpText("after", describeConfig())
  .action(async (options: SimulationOptions) => {
    const config = readConfig();
    requireKafka(config);
    const bus = openBus(config, "simulator");
    await bus.start();
    try {
      const simulator = await simulate(bus, config.PHYSIONET_DIR, options, console.log);
      onShutdown(() => simulator.stop());
      await simulator.done;
    } finally {
      await bus.close();
    }
  });

await run(program);
