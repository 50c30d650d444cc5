import { deferred } from "../../kit/deferred.ts";
import { within } from "../../kit/within.ts";
import type { Bus } from "../../bus/bus.ts";
import { byOutbox, Outbox } from "../../bus/outbox/outbox.ts";
import { TOPICS } from "../../contracts/topics.ts";
import { type Config, describeConfig, readConfig } from "../config.ts";
import { openBus } from "../bus.ts";
import { createMetrics, watchProcess } from "../metrics.ts";
import { command, run } from "../../kit/cli/command.ts";
import { onShutdown } from "../../kit/cli/shutdown.ts";
import { openTracing } from "../tracing/open-tracing.ts";
import { requireKafka } from "./require-kafka.ts";
import { simulatorHealth } from "./simulator-health.ts";
import { addSimulationOptions, simulate, type SimulationOptions } from "./simulation.ts";

const STOP_WITHIN_MS = 3000;

/** What must not be lost. What a screen is answered is of the moment. */
const KEPT = new Set([TOPICS.frames, TOPICS.annotations]);

const program = addSimulationOptions(
  command("simulate", "Replays records as beds onto ecg.frames and their truth onto ecg.annotations (BUS=kafka)."),
)
  .addHelpText("after", describeConfig())
  .action(async (options: SimulationOptions) => {
    const config = readConfig();
    requireKafka(config);
    const log = { warn: console.error, info: console.log };
    const tracing = await openTracing(config, "simulator", log);
    const metrics = createMetrics();
    watchProcess(metrics);
    const bus = openBus(config, "simulator", log, metrics);
    const ended = deferred<void>();
    bus.start().catch(ended.reject);
    onShutdown(async () => ended.resolve());
    const outbox = await openOutbox(config, bus);
    const health = simulatorHealth(metrics, bus, outbox);
    try {
      if (config.METRICS_PORT > 0) await health.listen({ host: config.HOST, port: config.METRICS_PORT });
      const taking = outbox ? byOutbox(bus, outbox, KEPT) : bus;
      // A start waits for as long as the bus is away.
      const starting = simulate(taking, config.PHYSIONET_DIR, options, console.log, tracing);
      const simulator = await Promise.race([starting, ended.promise]);
      if (!simulator) return;
      const done = simulator.done.then(() => outbox?.drained());
      await Promise.race([done, ended.promise]);
      if (!(await within(STOP_WITHIN_MS, simulator.stop())))
        console.error("stopped while the bus is away: its last frames were not sent");
    } finally {
      await health.close();
      await outbox?.close();
      await bus.close();
      await tracing?.close();
    }
  });

/** Null where none is asked for. */
async function openOutbox({ OUTBOX: dir, OUTBOX_MB }: Config, bus: Bus): Promise<Outbox | null> {
  return dir === "" ? null : Outbox.open({ dir, maxBytes: OUTBOX_MB * 2 ** 20, bus, say: console.error });
}

await run(program);
