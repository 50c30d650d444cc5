import { expect, test } from "vitest";
import { readTraceparent } from "../../contracts/traceparent.ts";
import { until } from "../../testing/gateway/gateway.ts";
import { openOtlpReceiver } from "../../testing/server/otlp-receiver.ts";
import { openTracing } from "./open-tracing.ts";
import { openOtel } from "./otel.ts";

const SILENT = { warn: () => {}, info: () => {} };
const ROOT = { kind: "producer", parent: null, attributes: {} } as const;

test("where nobody asks for spans, there is nothing that makes them", async () => {
  const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: "", OTEL_TRACES_SAMPLER_ARG: 1 };
  expect(await openTracing(settings, "worker", SILENT)).toBeNull();
});

test("all processes record the same share of the traces, also of a source that marks all of its frames", async () => {
  const { endpoint } = await openOtlpReceiver();
  const [one, other] = [0, 1].map(() => openOtel({ endpoint, ratio: 0.1, service: "test", log: SILENT }));
  const isSampled = (text: string): boolean => readTraceparent(text)?.isSampled === true;
  let sampled = 0;
  for (let i = 0; i < 5000; i++) {
    const { traceparent } = one.begin("a", ROOT);
    const marked = `${traceparent.slice(0, -2)}01`;
    const followed = other.begin("b", { ...ROOT, parent: marked }).traceparent;
    expect(isSampled(followed)).toBe(isSampled(traceparent));
    expect(followed.slice(3, 35)).toBe(traceparent.slice(3, 35));
    expect(followed.slice(36, 52)).not.toBe(traceparent.slice(36, 52));
    if (isSampled(traceparent)) sampled++;
  }
  expect(sampled).toBeGreaterThan(350);
  expect(sampled).toBeLessThan(650);
  await Promise.all([one.close(), other.close()]);
});

test("a parent that is none is none, and an error is told with its word", async () => {
  const { endpoint, spans } = await openOtlpReceiver();
  const tracing = openOtel({ endpoint: `${endpoint}/`, ratio: 1, service: "test", log: SILENT });
  tracing.begin("failed", { ...ROOT, parent: "00-nonsense" }).end("BAD_FRAME");
  await tracing.close();
  expect(spans).toMatchObject([{ name: "failed", status: { code: 2, message: "BAD_FRAME" } }]);
  expect(spans[0].parentSpanId ?? "").toBe("");
});

test("a collector that takes nothing is said once, and that it takes spans again", async () => {
  const status = { code: 400 };
  const { endpoint, bodies, spans } = await openOtlpReceiver(status);
  const lines: string[] = [];
  const log = { warn: (line: string) => void lines.push(line), info: (line: string) => void lines.push(line) };
  const tracing = openOtel({ endpoint, ratio: 1, service: "test", log });
  const send = async (count: number): Promise<void> => {
    tracing.begin("a", ROOT).end();
    await until(() => bodies.length === count);
  };
  await send(1);
  await send(2);
  await until(() => lines.length > 0);
  status.code = 200;
  await send(3);
  await until(() => spans.length === 1 && lines.length === 2);
  await tracing.close();
  expect(lines).toEqual([expect.stringMatching(/^spans are not taken: /), "spans are taken again"]);
});
