import type { Profiler } from "node:inspector";
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

/** Samples where this process spends its time until `work` is done, five thousand times a second. */
export async function sampled<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly profile: Profiler.Profile }> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 200 });
  await session.post("Profiler.start");
  const result = await work();
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  return { result, profile };
}

/** Prints how a second of processor time is spent in `work`, as rows of a table: share of each part. */
export async function profiled<T>(work: () => Promise<T>): Promise<T> {
  const { result, profile } = await sampled(work);
  // What has no file of its own (built-in functions, native calls) is its caller's.
  const spent = spentBy(profile, (functionName, url, callers) => partOf(functionName, url) ?? callers ?? "runtime");
  const total = sum(spent.values());
  for (const [part, microseconds] of [...spent].sort(([, a], [, b]) => b - a)) {
    console.log(`| ${part} | ${((100 * microseconds) / total).toFixed(1)} % |`);
  }
  return result;
}

/**
 * Share of the processor time, %, that was spent in functions of files that `pattern` fits and in all that they call. Garbage is
 * collected for whoever made it, which samples do not tell: it is taken to be shared as all else is.
 */
export function shareBelow(profile: Profiler.Profile, pattern: RegExp): number {
  const spent = spentBy(profile, (functionName, url, callers) => {
    if (callers === "below" || pattern.test(url)) return "below";
    return functionName === "(garbage collector)" ? "garbage" : "else";
  });
  const below = spent.get("below") ?? 0;
  return (100 * below) / (below + (spent.get("else") ?? 0));
}

/** Microseconds by what `nameOf` makes of a function, its file and its caller's name; without the time in which nothing was done. */
function spentBy(
  { nodes, samples = [], timeDeltas = [] }: Profiler.Profile,
  nameOf: (functionName: string, url: string, callers: string | undefined) => string,
): Map<string, number> {
  const names = new Map<number, string>();
  const idle = new Set<number>();
  // Callers come before what they call.
  for (const { id, callFrame, children = [] } of nodes) {
    if (callFrame.functionName === "(idle)") idle.add(id);
    const name = nameOf(callFrame.functionName, callFrame.url, names.get(id));
    names.set(id, name);
    for (const child of children) names.set(child, name);
  }
  const spent = new Map<string, number>();
  for (const [i, id] of samples.entries()) {
    if (idle.has(id)) continue;
    const name = names.get(id) ?? "";
    spent.set(name, (spent.get(name) ?? 0) + (timeDeltas[i] ?? 0));
  }
  return spent;
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

function partOf(functionName: string, url: string): string | null {
  if (functionName === "(garbage collector)") return "garbage";
  return PARTS.find(([pattern]) => pattern.test(url))?.[1] ?? null;
}
