import { describeConfig, readConfig } from "../config.ts";
import { openBus } from "../bus.ts";
import { REPORT_FILE } from "../../model/report-file.ts";
import { deferred } from "../../kit/deferred.ts";
import { createMetrics, watchProcess } from "../metrics.ts";
import { startGateway } from "../gateway/start-gateway.ts";
import { observeWith } from "../pipeline/observe.ts";
import { openPolicies } from "../pipeline/policies.ts";
import { seedBus } from "../history/seed-bus.ts";
import { runPipeline } from "../pipeline/pipeline.ts";
import { openTracing } from "../tracing/open-tracing.ts";
import { openAccessOf } from "./access.ts";
import { openHistoryOf } from "./history.ts";
import { CLIENT_DIR, openModel, openRowsWhenAsked } from "./model.ts";
import { command, run } from "../../kit/cli/command.ts";
import { onShutdown } from "../../kit/cli/shutdown.ts";
import { addSimulationOptions, simulate, type SimulationOptions } from "./simulation.ts";

const program = addSimulationOptions(command("start", "Simulator, pipeline, gateway and dashboard in one process."))
  .addHelpText("after", describeConfig())
  .action(async (options: SimulationOptions) => {
    const config = { ...readConfig(), BUS: "memory" as const };
    const access = openAccessOf(config, console);
    const policyOf = await openPolicies(config);
    const { classifier, model } = await openModel(config);
    const metrics = createMetrics();
    watchProcess(metrics);
    const tracing = await openTracing(config, "start", console);
    const bus = openBus(config, "start", console);
    await bus.start();

    const history = await openHistoryOf(config, console);
    if (history) await seedBus(bus, history, console);
    const failed = deferred<never>();
    const rows = openRowsWhenAsked(config);
    const gateway = await startGateway({
      bus,
      config,
      metrics,
      tracing,
      ...access,
      model,
      clientDir: CLIENT_DIR,
      onError: failed.reject,
      openRows: rows.open,
      openClassifier: async () => classifier,
      reportFile: REPORT_FILE,
      history,
      policyOf,
    });
    rows.open().catch((error: unknown) => gateway.app.log.warn({ err: error }, "CSV files cannot be classified"));
    const observer = observeWith(metrics, gateway.app.log);
    const pipeline = runPipeline({
      bus,
      classifier,
      group: config.KAFKA_GROUP,
      credits: config.CREDITS,
      observer,
      policyOf,
      tracing,
      // They would end with this process, as the bus does.
      writesCheckpoints: false,
    });
    await pipeline.lag();
    const simulator = await simulate(bus, config.PHYSIONET_DIR, options, console.log, tracing);

    onShutdown(async () => {
      await simulator.stop();
      await pipeline.close();
      await gateway.app.close();
      await rows.close();
      await bus.close();
      await tracing?.close();
      await classifier.close();
    });
    console.log(`Bedside is at ${gateway.url} (Ctrl-C ends it). Not a medical device.`);
    await Promise.race([Promise.all([simulator.done, pipeline.done]), failed.promise]);
  });

await run(program);
