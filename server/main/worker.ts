import pino from "pino";
import { describeConfig, readConfig } from "../config.ts";
import { openBus } from "../bus.ts";
import { createMetrics, watchProcess } from "../metrics.ts";
import { workerHealth } from "../pipeline/health.ts";
import { observeWith } from "../pipeline/observe.ts";
import { openPolicies } from "../pipeline/policies.ts";
import { runPipeline } from "../pipeline/pipeline.ts";
import { openTracing } from "../tracing/open-tracing.ts";
import { openModel } from "./model.ts";
import { command, run } from "../../kit/cli/command.ts";
import { deferred } from "../../kit/deferred.ts";
import { onShutdown } from "../../kit/cli/shutdown.ts";
import { requireKafka } from "./require-kafka.ts";

const REPORT_EVERY_MS = 30_000;

const program = command(
  "worker",
  "Finds and classifies beats: one of any number of workers that share the beds (BUS=kafka).",
)
  .addHelpText("after", describeConfig())
  .action(async () => {
    const config = readConfig();
    requireKafka(config);
    const log = pino({ level: config.LOG_LEVEL });
    if (config.WORKER_NAME && config.KAFKA_CLIENT === "kafkajs")
      log.warn("WORKER_NAME is without effect: kafkajs (KAFKA_CLIENT) gives members of a group no names");
    const policyOf = await openPolicies(config);
    const { classifier } = await openModel(config);
    const metrics = createMetrics();
    watchProcess(metrics);
    const tracing = await openTracing(config, "worker", log);
    const bus = openBus(config, "worker", log, metrics);
    const ended = deferred<void>();
    bus.start().catch(ended.reject);
    onShutdown(async () => ended.resolve());
    const observer = observeWith(metrics, log);
    const pipeline = runPipeline({
      bus,
      classifier,
      group: config.KAFKA_GROUP,
      memberName: config.WORKER_NAME,
      credits: config.CREDITS,
      observer,
      policyOf,
      tracing,
    });
    const health = workerHealth(metrics, bus, pipeline);
    if (config.METRICS_PORT > 0) await health.listen({ host: config.HOST, port: config.METRICS_PORT });
    const { name, hash, engine } = classifier.info;
    const sayWorking = (): void =>
      log.info(
        { model: name, hash, engine, group: config.KAFKA_GROUP, worker: config.WORKER_NAME || undefined },
        "working",
      );
    pipeline.lag().then(sayWorking, () => {});

    const report = setInterval(async () => {
      const [frames] = (await metrics.frames.get()).values;
      const beats = (await metrics.beats.get()).values.reduce((sum, { value }) => sum + value, 0);
      log.info({ frames: frames?.value ?? 0, beats, lag: await pipeline.lag().catch(() => null) }, "so far");
    }, REPORT_EVERY_MS);
    try {
      await Promise.race([pipeline.done, ended.promise]);
      const unfinished = await pipeline.close();
      if (unfinished > 0)
        log.warn({ frames: unfinished }, "stopped while the bus is away: these frames are read again");
    } finally {
      clearInterval(report);
      await health.close();
      await bus.close();
      await tracing?.close();
      await classifier.close();
    }
  });

await run(program);
