import { gzipSync } from "node:zlib";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { openBrowser } from "../e2e/browser.ts";
import { type Command, startApp } from "../e2e/processes.ts";
import { openCountingProxy } from "./screen/counting-proxy.ts";
import { heapTable } from "./screen/heap-table.ts";
import { openHeapMeter } from "./screen/live-heap.ts";
import { openScreenProbe } from "./screen/probe.ts";
import { type Row, type ScreenView, screenTable } from "./screen/table.ts";

/**
 * What the dashboard costs: `npm run bench -- screen [--beds 8,32,64] [--views ward,bed] [--seconds 20] [--json]`, in a headless Chromium with
 * software rendering at 1920 × 1080, server and browser on the same machine. `--heap 30`: how much memory the ward holds over so many minutes, with the
 * first number of beds (32). Build the client before: `npm run build`.
 */
const SCREEN = { width: 1920, height: 1080 } as const;
/** Until traces run and what is compiled at first use has been. */
const SETTLE_S = 12;
const HASHES: Readonly<Record<ScreenView, string>> = { ward: "#/", bed: "#/bed/b1", none: "#/events" };

const argument = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const minutes = Number(argument("heap") ?? 0);
const counts = (argument("beds") ?? (minutes > 0 ? "32" : "8,32,64")).split(",").map(Number);
const seconds = Number(argument("seconds") ?? 20);
const views = (argument("views") ?? "ward").split(",") as ScreenView[];

async function startServer(beds: number): Promise<{ app: Command; port: number }> {
  const app = startApp(["--beds", String(beds)], { LOG_LEVEL: "error" });
  return { app, port: Number(new URL(await app.address()).port) };
}

async function stop(app: Command): Promise<void> {
  app.child.kill("SIGTERM");
  await app.exited;
}

async function measure(browser: Browser, beds: number, view: ScreenView): Promise<Row> {
  const { app, port } = await startServer(beds);
  const proxy = await openCountingProxy(port);
  const page = await browser.newPage({ viewport: SCREEN });
  const probe = await openScreenProbe(page, app.child.pid ?? 0);
  const scripts = new Set<string>();
  page.on("request", (request) => {
    if (request.url().endsWith(".js")) scripts.add(request.url());
  });
  try {
    await page.goto(`http://127.0.0.1:${proxy.port}/${HASHES[view]}`, { timeout: 120_000 });
    const sentKb = await probe.scriptsSentKb();
    const scriptsGzipKb = await gzippedKb([...scripts]);
    await probe.running();
    await sleep(SETTLE_S * 1000);
    const before = proxy.bytes();
    const { serverCpuPercent, ...reading } = await probe.read(seconds);
    const socketKbPerBedS = (proxy.bytes() - before) / 1000 / beds / seconds;
    return { beds, view, ...reading, scriptsGzipKb, sentKb, socketKbPerBedS, serverCpuPercent };
  } finally {
    await page.close();
    proxy.close();
    await stop(app);
  }
}

async function gzippedKb(urls: readonly string[]): Promise<number> {
  const sizes = urls.map(async (url) => gzipSync(await (await fetch(url)).arrayBuffer()).length);
  return (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0) / 1000;
}

/** Live MB of the page's heap, minute by minute, behind a collection. */
async function watchHeap(browser: Browser, beds: number): Promise<number[]> {
  const { app, port } = await startServer(beds);
  const page = await browser.newPage({ viewport: SCREEN });
  const heapMb = await openHeapMeter(page);
  const heaps: number[] = [];
  try {
    await page.goto(`http://127.0.0.1:${port}/${HASHES.ward}`);
    for (let minute = 1; minute <= minutes; minute++) {
      await sleep(60_000);
      heaps.push(await heapMb());
      console.error(`minute ${minute}: ${heaps[minute - 1].toFixed(1)} MB`);
    }
    return heaps;
  } finally {
    await page.close();
    await stop(app);
  }
}

const browser = await openBrowser();
try {
  if (minutes > 0) console.log(heapTable(counts[0], await watchHeap(browser, counts[0])));
  else {
    const rows: Row[] = [];
    for (const view of views) {
      for (const beds of counts) {
        console.error(`${view} of ${beds} beds …`);
        rows.push(await measure(browser, beds, view));
      }
    }
    console.log(screenTable(rows));
    if (process.argv.includes("--json")) console.log(JSON.stringify({ bench: "screen", rows }));
  }
} finally {
  await browser.close();
}
