import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { BedsideError } from "../../contracts/errors.ts";
import { TOPICS } from "../../contracts/topics.ts";
import { History } from "../../server/history/history.ts";
import { createMetrics, type Metrics, watchProcess } from "../../server/metrics.ts";
import { workerHealth } from "../../server/pipeline/health.ts";
import { observeWith } from "../../server/pipeline/observe.ts";
import { TestClient } from "../gateway/client.ts";
import { openGateway, until } from "../gateway/gateway.ts";
import { beatAt, beatMessage, conditionAt, frameAt, frameMessage } from "../gateway/messages.ts";

/** A series that Prometheus finds: of a histogram its three kinds, each with its own labels. */
export interface Series {
  readonly type: string;
  readonly labels: ReadonlySet<string>;
  /** Values that were seen, by label. */
  readonly values: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What Prometheus itself adds to everything it reads. */
const OF_PROMETHEUS = ["job", "instance"];

/** Every series that gateways and workers serve, as their registries have them after a little of everything has happened. */
export async function servedMetrics(): Promise<ReadonlyMap<string, Series>> {
  const texts = [await gatewayText(), await workerText()];
  const found = new Map<string, { type: string; labels: Set<string>; values: Map<string, Set<string>> }>();
  const add = (name: string, type: string, labels: readonly string[]): void =>
    void found.set(name, { type, labels: new Set([...labels, ...OF_PROMETHEUS]), values: new Map() });
  const metrics = createMetrics();
  watchProcess(metrics);
  for (const metric of metrics.registry.getMetricsAsArray()) {
    const { name, type, labelNames } = metric as unknown as Record<"name" | "type", string> & { labelNames: string[] };
    if (type !== "histogram" && type !== "summary") add(name, type, labelNames);
    else {
      if (type === "histogram") add(`${name}_bucket`, "counter", [...labelNames, "le"]);
      for (const end of ["sum", "count"]) add(`${name}_${end}`, "counter", labelNames);
    }
  }
  for (const line of texts.join("\n").split("\n")) {
    const [, name, labels = ""] = /^(\w+)(?:\{(.*)\})? /.exec(line) ?? [];
    for (const [, label, value] of labels.matchAll(/(\w+)="([^"]*)"/g)) {
      const values = found.get(name)?.values;
      values?.set(label, (values.get(label) ?? new Set()).add(value));
    }
  }
  // The one series that Prometheus makes of a target.
  found.set("up", { type: "gauge", labels: new Set(OF_PROMETHEUS), values: new Map() });
  return found;
}

async function gatewayText(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "bedside-monitoring-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const quiet = { error: () => {}, warn: () => {}, info: () => {} };
  const file = path.join(folder, "history.sqlite");
  const history = await History.open({ file, log: null, maxAgeMs: 1e13, maxBytes: 1e9, logTo: quiet });
  const { app, bus, url } = await openGateway({ history });
  const client = await TestClient.open(url);
  await client.subscribe();
  const headers = { "published-at-ms": String(Date.now()), "produced-at-ms": String(Date.now()) };
  await bus.publish([
    frameMessage(frameAt("b1", 1)),
    beatMessage(beatAt("b1", 250), headers),
    { topic: TOPICS.beats, key: "b1", value: Uint8Array.of(1) },
  ]);
  let text = "";
  const isTold = (): boolean =>
    ["proof_faults{", "skipped_messages_total{", "hop_seconds_count{"].every((part) => text.includes(part));
  await until(async () => {
    await sleep(100);
    text = (await app.inject("/metrics")).body;
    return isTold();
  });
  return text;
}

async function workerText(): Promise<string> {
  const metrics = createMetrics();
  drive(metrics);
  const health = workerHealth(
    metrics,
    { trouble: null },
    { isReading: true, readUpToMs: Date.now(), lag: async () => 3 },
  );
  const { body } = await health.inject("/metrics");
  await health.close();
  return body;
}

/** Everything that can be seen of a pipeline, once. */
function drive(metrics: Metrics): void {
  const observer = observeWith(metrics, { warn: () => {}, debug: () => {} });
  observer.frame?.(0.1);
  observer.discarded?.("duplicate");
  observer.gap?.(1);
  observer.mended?.({ bed: "b1", epoch: "e1", heardAs: "e1..1", reason: "out of step" });
  observer.turn?.({ unheard: 1, clocks: { ahead: 1, behind: 0 } });
  observer.checkpoint?.(30_000);
  observer.tookOver?.({ beds: 3, refused: new Map([["of another version", 1]]), seconds: 0.1 });
  observer.deadLetter?.(new BedsideError("BAD_FRAME", "made up"), "ecg.frames.v1/0/0", "b1");
  for (const beatClass of ["N", "S", "V", "F", "Q"] as const) observer.beat?.(beatAt("b1", 1, { beatClass }));
  for (const phase of ["begin", "end"] as const) observer.condition?.(conditionAt("b1", "asystole", phase, 9));
  observer.done?.(0.1);
  observer.inFlight?.(1);
  observer.depth?.(1);
  observer.call?.("encode", 2, 0.001);
}
