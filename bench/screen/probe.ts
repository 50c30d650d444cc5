import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { delaysOf, firstOfEach, type Seen } from "./delays.ts";
import { liveHeapMb, metricsOf } from "./live-heap.ts";
import { IN_PAGE, LETTERS } from "./in-page.ts";

export interface Reading {
  readonly framesPerSecond: number;
  /** Processor time of the page's main thread, ms: tasks of every kind, by animation frame. */
  readonly mainThreadMsPerFrame: number;
  readonly scriptMsPerFrame: number;
  readonly styleAndLayoutMsPerFrame: number;
  /** A beat's message at the socket → its letter on the canvas, of beats whose place had been drawn. */
  readonly beatToCanvasP50Ms: number;
  readonly beatToCanvasP95Ms: number;
  readonly beatsSeen: number;
  /** Of the beats that came, those whose letter was drawn, %: where a trace is shorter than a class takes, its place has been wiped. */
  readonly lettersPercent: number;
  /** Times that a tile has rendered in a second, and that any element has. */
  readonly tileRendersPerSecond: number;
  readonly rendersPerSecond: number;
  readonly liveHeapMb: number;
  /** Of one core: the page's process with all its threads, the process that puts pages together, the server. */
  readonly rendererCpuPercent: number;
  readonly compositorCpuPercent: number;
  readonly serverCpuPercent: number;
}

interface Counts {
  readonly frames: number;
  readonly tileRenders: number;
  readonly renders: number;
  readonly beats: readonly Seen[];
  readonly letters: readonly Seen[];
}

const TICKS_PER_SECOND = 100;

/** Seconds of processor time that a process has taken (Linux: proc(5), stat, fields 14 and 15). */
async function cpuSeconds(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).replace(/^.*\) /, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Looks at a page from without; call before it is opened. `serverPid`: whose processor time is told beside. */
export async function openScreenProbe(page: Page, serverPid: number) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await session.send("Network.enable");
  let sent = 0;
  const scripts = new Set<string>();
  session.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) sent += encodedDataLength;
  });
  await page.addInitScript({ content: IN_PAGE });
  page.on("worker", (worker) => void worker.evaluate(LETTERS).catch(() => undefined));
  const browserSession = await page.context().browser()?.newBrowserCDPSession();

  const processes = async (): Promise<ReadonlyMap<string, number>> => {
    const { processInfo = [] } = (await browserSession?.send("SystemInfo.getProcessInfo")) ?? {};
    const times = new Map<string, number>();
    for (const { type, cpuTime } of processInfo) times.set(type, (times.get(type) ?? 0) + cpuTime);
    return times;
  };
  return {
    /** Waits until beats come and are drawn. */
    running: async (): Promise<void> => {
      const counts = async (): Promise<Counts> => (await page.evaluate("probe.counts()")) as Counts;
      for (let seconds = 0; seconds < 90 && (await counts()).beats.length === 0; seconds++) await sleep(1000);
    },
    scriptsSentKb: async (): Promise<number> => {
      await page.waitForLoadState("networkidle").catch(() => undefined);
      return sent / 1000;
    },
    read: async (seconds: number): Promise<Reading> => {
      await page.evaluate("probe.reset()");
      for (const worker of page.workers()) await worker.evaluate("letters = []");
      const [before, cpuBefore, serverBefore] = [
        await metricsOf(session),
        await processes(),
        await cpuSeconds(serverPid),
      ];
      const beginMs = performance.now();
      await sleep(seconds * 1000);
      const elapsedS = (performance.now() - beginMs) / 1000;
      const counts = (await page.evaluate("probe.counts()")) as Counts;
      const [after, cpuAfter, serverAfter] = [await metricsOf(session), await processes(), await cpuSeconds(serverPid)];
      const msPerFrame = (...names: string[]): number =>
        (names.reduce((sum, name) => sum + (after.get(name) ?? 0) - (before.get(name) ?? 0), 0) * 1000) / counts.frames;
      const percent = (type: string): number =>
        (((cpuAfter.get(type) ?? 0) - (cpuBefore.get(type) ?? 0)) / elapsedS) * 100;
      const drawn = [...counts.letters];
      for (const worker of page.workers()) drawn.push(...((await worker.evaluate("letters")) as Seen[]));
      const delays = delaysOf(counts.beats, page.url().includes("#/bed/") ? firstOfEach(drawn) : drawn);
      const quantile = (share: number): number => delays[Math.floor(delays.length * share)] ?? Number.NaN;
      return {
        framesPerSecond: counts.frames / elapsedS,
        mainThreadMsPerFrame: msPerFrame("TaskDuration"),
        scriptMsPerFrame: msPerFrame("ScriptDuration"),
        styleAndLayoutMsPerFrame: msPerFrame("LayoutDuration", "RecalcStyleDuration"),
        beatToCanvasP50Ms: quantile(0.5),
        beatToCanvasP95Ms: quantile(0.95),
        beatsSeen: delays.length,
        lettersPercent: (100 * delays.length) / counts.beats.length,
        tileRendersPerSecond: counts.tileRenders / elapsedS,
        rendersPerSecond: counts.renders / elapsedS,
        liveHeapMb: await liveHeapMb(session),
        rendererCpuPercent: percent("renderer"),
        compositorCpuPercent: percent("GPU"),
        serverCpuPercent: ((serverAfter - serverBefore) / elapsedS) * 100,
      };
    },
  };
}
