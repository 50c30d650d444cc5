import { createMemoryBus } from "../bus/memory-bus.ts";
import type { BusMessage } from "../bus/bus.ts";
import { loadClassifier } from "../model/load.ts";
import { readConfig } from "../server/config.ts";
import { runPipeline } from "../server/pipeline/pipeline.ts";
import { Said } from "./said.ts";

/** What one worker says of these messages that nobody disturbs: with the configured model, on a bus within this process. */
export async function undisturbed(messages: readonly BusMessage[], ends: ReadonlyMap<string, number>): Promise<Said> {
  const config = readConfig();
  const classifier = await loadClassifier(config.MODEL, config.ENGINE);
  const bus = createMemoryBus({ partitions: config.KAFKA_PARTITIONS, maxMessages: 1e9, maxBytes: 1e12 });
  await bus.start();
  const said = new Said(ends);
  const left = await said.listen(bus, "subscriber");
  const pipeline = runPipeline({ bus, classifier, group: "undisturbed", credits: config.CREDITS });
  await pipeline.lag();
  await bus.publish(messages);
  await zero(() => pipeline.lag());
  await pipeline.close();
  await zero(left);
  said.close();
  await bus.close();
  await classifier.close();
  return said;
}

async function zero(count: () => Promise<number | null>): Promise<void> {
  while ((await count()) !== 0) await new Promise((resolve) => setTimeout(resolve, 20));
}
