import pino from "pino";
import { readCard } from "../../model/card/live-folder.ts";
import { infoOf, loadClassifier } from "../../model/load.ts";
import { whenAsked } from "../classify/when-asked.ts";
import { openBus } from "../bus.ts";
import { describeConfig, readConfig } from "../config.ts";
import { REPORT_FILE } from "../../model/report-file.ts";
import { deferred } from "../../kit/deferred.ts";
import { publicModel } from "../gateway/public-model.ts";
import { startGateway } from "../gateway/start-gateway.ts";
import { openPolicies } from "../pipeline/policies.ts";
import { createMetrics, watchProcess } from "../metrics.ts";
import { openTracing } from "../tracing/open-tracing.ts";
import { openAccessOf } from "./access.ts";
import { openHistoryOf } from "./history.ts";
import { CLIENT_DIR, openRowsWhenAsked } from "./model.ts";
import { command, run } from "../../kit/cli/command.ts";
import { onShutdown } from "../../kit/cli/shutdown.ts";
import { requireKafka } from "./require-kafka.ts";

const program = command(
  "gateway",
  "Serves the dashboard, HTTP and WebSockets from the bus: one of any number (BUS=kafka).",
)
  .addHelpText("after", describeConfig())
  .action(async () => {
    const config = readConfig();
    requireKafka(config);
    const card = await readCard(config.MODEL);
    const model = publicModel({ ...infoOf(card), engine: config.ENGINE }, card);
    const log = pino({ level: config.LOG_LEVEL });
    const access = openAccessOf(config, log);
    const metrics = createMetrics();
    watchProcess(metrics);
    const tracing = await openTracing(config, "gateway", log);
    const bus = openBus(config, "gateway", log, metrics);
    const rows = openRowsWhenAsked(config);
    const explainer = whenAsked(() => loadClassifier(config.MODEL, config.ENGINE));
    const ended = deferred<void>();
    bus.start().catch(ended.reject);
    onShutdown(async () => ended.resolve());
    try {
      const onError = ended.reject;
      const options = {
        bus,
        config,
        metrics,
        tracing,
        ...access,
        model,
        clientDir: CLIENT_DIR,
        onError,
        openRows: rows.open,
        openClassifier: explainer.open,
        reportFile: REPORT_FILE,
        history: await openHistoryOf(config, log),
        policyOf: await openPolicies(config),
      };
      const { app, url } = await startGateway(options);
      rows.open().catch((error: unknown) => app.log.warn({ err: error }, "CSV files cannot be classified"));
      console.log(`Bedside is at ${url} (Ctrl-C ends it). Not a medical device.`);
      await ended.promise.finally(() => app.close());
    } finally {
      await rows.close();
      await explainer.close();
      await bus.close();
      await tracing?.close();
    }
  });

await run(program);
