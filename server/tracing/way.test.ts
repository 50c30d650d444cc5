import { expect, onTestFinished, test } from "vitest";
import { HEADERS, TOPICS } from "../../contracts/topics.ts";
import { readTraceparent } from "../../contracts/traceparent.ts";
import { openSources } from "../../simulator/open-sources.ts";
import { runSimulator } from "../../simulator/simulator.ts";
import { FEATURE_NAMES } from "../../signal/beat/features.ts";
import { TestClient } from "../../testing/gateway/client.ts";
import { openBus, openGateway, until } from "../../testing/gateway/gateway.ts";
import { createFakeClassifier } from "../../testing/model/fake-classifier.ts";
import { openOtlpReceiver, type ReceivedSpan } from "../../testing/server/otlp-receiver.ts";
import { runPipeline } from "../pipeline/pipeline.ts";
import { openTracing } from "./open-tracing.ts";

const SILENT = { warn: () => {}, info: () => {} };

/** A source, a worker, a gateway and its client on a memory bus, until beats have come; all that they told of themselves. */
async function ward(ratio: number, isTold = true) {
  const collector = await openOtlpReceiver();
  const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: isTold ? collector.endpoint : "", OTEL_TRACES_SAMPLER_ARG: ratio };
  const tracing = await openTracing(settings, "test", SILENT);
  const bus = await openBus();
  const { url } = await openGateway({ bus, tracing });
  const client = await TestClient.open(url);
  await client.subscribe({ topics: ["beats", "qrs"] });
  const classifier = createFakeClassifier(FEATURE_NAMES.length);
  const pipeline = runPipeline({ bus, classifier, group: "pipeline", credits: 500, tracing });
  await pipeline.lag();
  const frames = new Map<string, string>();
  const beats: Readonly<Record<string, string>>[] = [];
  await bus.subscribe({
    group: "headers",
    topics: [TOPICS.frames, TOPICS.beats],
    from: "earliest",
    credits: 1_000_000,
    onMessage: ({ topic, partition, offset, headers }) => {
      if (topic === TOPICS.frames) frames.set(`${topic}/${partition}/${offset}`, headers[HEADERS.traceparent]);
      else beats.push(headers);
    },
    onError: (error) => expect.unreachable(error.message),
  });
  const { sources } = await openSources("/nonexistent", ["synthetic/sinus"]);
  const simulator = runSimulator({
    bus,
    beds: [{ bed: "b1", source: sources[0] }],
    speed: 60,
    loop: "no",
    frameMs: 200,
    seed: 1,
    epoch: "e1",
    tracing,
  });
  onTestFinished(() => simulator.stop());
  await until(() => client.events.filter(({ topic }) => topic === "beats").length >= 10);
  await simulator.stop();
  await pipeline.close();
  await tracing?.close();
  return { ...collector, frames, beats, events: client.events };
}

const attribute = ({ attributes }: ReceivedSpan, key: string): unknown =>
  Object.values(attributes.find((one) => one.key === key)?.value ?? {})[0];

test("a trace goes from the source's frame by the worker and the gateway to the socket", async () => {
  const { spans, events, bodies, paths } = await ward(1);
  expect(new Set(paths)).toEqual(new Set(["/v1/traces"]));
  const bySpan = new Map(spans.map((span) => [span.spanId, span]));
  const beats = spans.filter(({ name }) => name === "process ecg.beats.v1");
  expect(beats.length).toBeGreaterThan(5);
  for (const gateway of beats) {
    const worker = bySpan.get(gateway.parentSpanId ?? "");
    const source = bySpan.get(worker?.parentSpanId ?? "");
    const socket = spans.find(({ parentSpanId }) => parentSpanId === gateway.spanId);
    const way = [source, worker, gateway, socket].map((span) => span?.name);
    expect(way).toEqual(["send ecg.frames.v1", "process ecg.frames.v1", "process ecg.beats.v1", "send /ws"]);
    expect(source?.parentSpanId ?? "").toBe("");
    expect(new Set([source, worker, gateway, socket].map((span) => span?.traceId)).size).toBe(1);
    for (const span of [source!, worker!, gateway, socket!]) expect(attribute(span, "bedside.bed")).toBe("b1");
    for (const span of [source!, worker!]) expect(attribute(span, "bedside.epoch")).toBe("e1");
    expect(attribute(worker!, "bedside.sequence")).toEqual(attribute(source!, "bedside.sequence"));
    // The worker's ends when what it made is acknowledged, which is no sooner than it was received.
    expect(BigInt(worker!.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(worker!.startTimeUnixNano));
  }
  // Clients are told of which trace a beat is part.
  const told = events.find(({ topic }) => topic === "beats");
  const context = readTraceparent(String(told?.meta["traceparent"]));
  expect(bySpan.get(context?.spanId ?? "")?.name).toBe("process ecg.beats.v1");
  expect(bodies.join("")).not.toMatch(/samples|waveform|patient/i);
});

test("traces beyond the share are told to nobody, and have their ids all the same", async () => {
  const { spans, frames, events } = await ward(0);
  expect(spans).toEqual([]);
  expect(frames.size).toBeGreaterThan(10);
  const sent = [...frames.values()].map((text) => readTraceparent(text));
  expect(new Set(sent.map((one) => one?.traceId)).size).toBe(frames.size);
  expect(sent.every((one) => one?.isSampled === false)).toBe(true);
  expect(events.every(({ meta }) => meta["traceparent"] === undefined)).toBe(true);
});

test("a worker that makes no spans passes on the trace of the newest frame that a beat depends on", async () => {
  const { frames, beats, spans } = await ward(1, false);
  expect(beats.length).toBeGreaterThan(5);
  for (const headers of beats) expect(headers[HEADERS.traceparent]).toBe(frames.get(headers[HEADERS.source]));
  expect(new Set(beats.map((headers) => headers[HEADERS.traceparent])).size).toBeGreaterThan(5);
  expect(readTraceparent(beats[0][HEADERS.traceparent])?.isSampled).toBe(false);
  expect(spans).toEqual([]);
});
