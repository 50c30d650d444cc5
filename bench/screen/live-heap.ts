import type { CDPSession, Page } from "playwright-core";

export const metricsOf = async (session: CDPSession): Promise<ReadonlyMap<string, number>> => {
  const { metrics } = await session.send("Performance.getMetrics");
  return new Map(metrics.map(({ name, value }) => [name, value]));
};

/** What comes between a collection and its reading is garbage of the next one: the least of so many readings has the least of it. */
const READINGS = 4;

/** Live MB of the page's heap, behind a collection. */
export async function liveHeapMb(session: CDPSession): Promise<number> {
  const readings: number[] = [];
  for (let reading = 0; reading < READINGS; reading++) {
    await session.send("HeapProfiler.collectGarbage");
    readings.push(((await metricsOf(session)).get("JSHeapUsedSize") ?? 0) / 1e6);
  }
  return Math.min(...readings);
}

/** Reads a page's heap and adds nothing to it: what counts frames and beats in a page (probe.ts) keeps all it has seen. */
export async function openHeapMeter(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  return () => liveHeapMb(session);
}
