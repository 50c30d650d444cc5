import type { CDPSession, Page } from "playwright-core";

export const metricsOf = async (session: CDPSession): Promise<ReadonlyMap<string, number>> => {
  const { metrics } = await session.send("Performance.getMetrics");
  return new Map(metrics.map(({ name, value }) => [name, value]));
};

/** Live MB of the page's heap, behind a collection. */
export async function liveHeapMb(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  return ((await metricsOf(session)).get("JSHeapUsedSize") ?? 0) / 1e6;
}

/** Reads a page's heap and adds nothing to it: what counts frames and beats in a page (probe.ts) keeps all it has seen. */
export async function openHeapMeter(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  return () => liveHeapMb(session);
}
