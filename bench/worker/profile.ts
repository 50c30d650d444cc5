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

/** Prints what `work` spends its processor time on, as rows of a table, µs a bed-second. */
export async function profiled<T>(work: () => Promise<T>, bedSeconds: number): Promise<T> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 200 });
  await session.post("Profiler.start");
  const result = await work();
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();

  const names = new Map<number, string>();
  for (const { id, callFrame, children } of profile.nodes) {
    const own = partOf(callFrame.functionName, callFrame.url) ?? names.get(id) ?? "runtime";
    names.set(id, own);
    // What has no file of its own (built-in functions, native calls) is its caller's.
    for (const child of children ?? []) names.set(child, own);
  }
  const spent = new Map<string, number>();
  profile.samples?.forEach((id, i) => {
    const name = names.get(id) ?? "runtime";
    spent.set(name, (spent.get(name) ?? 0) + (profile.timeDeltas?.[i] ?? 0));
  });
  spent.delete("idle");
  for (const [name, microseconds] of [...spent].sort(([, a], [, b]) => b - a)) {
    console.log(`| ${name} | ${(microseconds / bedSeconds).toFixed(1)} |`);
  }
  return result;
}

function partOf(functionName: string, url: string): string | null {
  if (functionName === "(garbage collector)") return "garbage";
  if (functionName === "(idle)") return "idle";
  return PARTS.find(([pattern]) => pattern.test(url))?.[1] ?? null;
}
