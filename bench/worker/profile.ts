import { Session } from "node:inspector/promises";

/** Which part of the worker a file is of; the first that fits, in this order. */
const PARTS: readonly (readonly [RegExp, string])[] = [
  [/contracts\/(frame|generated)|@bufbuild/, "decode"],
  [/signal\/(resample|kaiser|missing|filters|chain|leads)/, "chain: resampling, filters"],
  [/signal\/qrs/, "chain: QRS"],
  [/signal\/quality/, "chain: quality"],
  [/signal\/beat/, "chain: beats' features"],
  [/signal\/rhythm/, "rhythm monitor"],
  [/onnxruntime|model\/engines/, "inference"],
  [/pipeline\/.*classify/, "batches"],
  [/model\/gate/, "gate"],
  [/pipeline\/.*interpret/, "interpret"],
  [/pipeline\/.*messages/, "headers"],
  [/contracts\/|typebox/, "JSON"],
  [/rxjs/, "RxJS"],
  [/bus\//, "bus"],
  [/server\//, "composition"],
];

/** Prints how a second of processor time is spent in `work`, as rows of a table: share of each part. */
export async function profiled<T>(work: () => Promise<T>): Promise<T> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 200 });
  await session.post("Profiler.start");
  const result = await work();
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();

  const parts = new Map<number, string>();
  for (const { id, callFrame, children } of profile.nodes) {
    const own = partOf(callFrame.functionName, callFrame.url) ?? parts.get(id) ?? "runtime";
    parts.set(id, own);
    // What has no file of its own (built-in functions, native calls) is its caller's.
    for (const child of children ?? []) parts.set(child, own);
  }
  const spent = new Map<string, number>();
  let total = 0;
  profile.samples?.forEach((id, i) => {
    const part = parts.get(id) ?? "runtime";
    if (part === "idle") return;
    const microseconds = profile.timeDeltas?.[i] ?? 0;
    spent.set(part, (spent.get(part) ?? 0) + microseconds);
    total += microseconds;
  });
  for (const [part, microseconds] of [...spent].sort(([, a], [, b]) => b - a)) {
    console.log(`| ${part} | ${((100 * microseconds) / total).toFixed(1)} % |`);
  }
  return result;
}

function partOf(functionName: string, url: string): string | null {
  if (functionName === "(garbage collector)") return "garbage";
  if (functionName === "(idle)") return "idle";
  return PARTS.find(([pattern]) => pattern.test(url))?.[1] ?? null;
}
