import { describeConfig, readConfig } from "../config.ts";
import { openBus } from "../bus.ts";
import { deferred } from "../deferred.ts";
import { createMetrics } from "../metrics.ts";
import { startGateway } from "../gateway/start-gateway.ts";
import { CLIENT_DIR, openModel } from "./model.ts";
import { command, onShutdown, requireKafka, run } from "./run.ts";

const program = command(
  "gateway",
  "Serves the dashboard, HTTP and WebSockets from the bus: one of any number (BUS=kafka).",
)
  .addHelpText("after", describeConfig())
  .action(async () => {
    const config = readConfig();
    requireKafka(config);
    const { classifier, model } = await openModel(config);
    await classifier.close();
    const bus = openBus(config, "gateway");
    await bus.start();
    const failed = deferred<void>();
    const metrics = createMetrics();
    try {
      const { app, url } = await startGateway({
        bus,
        config,
        metrics,
        model,
        clientDir: CLIENT_DIR,
        onError: failed.reject,
      });
      console.log(`Bedside is at ${url} (Ctrl-C ends it). Not a medical device.`);
      onShutdown(async () => {
        await app.close();
        failed.resolve();
      });
      await failed.promise;
    } finally {
      await bus.close();
    }
  });

await run(program);
