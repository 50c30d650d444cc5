import { gzipSync } from "node:zlib";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { openBrowser } from "../e2e/browser.ts";
import { type Command, startCommand } from "../e2e/processes.ts";
import { openCountingProxy } from "./screen/counting-proxy.ts";
import { openScreenProbe, type Reading } from "./screen/probe.ts";

/**
 * What the dashboard costs: `npm run bench -- screen [--beds 8,32,64] [--seconds 20] [--view bed] [--minutes 30] [--json]`, in a headless
 * Chromium with software rendering at 1920 × 1080, server and browser on the same machine. `--minutes`: how much memory it holds over that
 * time, with the first number of beds. Build the client before: `npm run build`.
 */
const SCREEN = { width: 1920, height: 1080 } as const;
/** Until traces run and what is compiled at first use has been. */
const SETTLE_S = 12;
const AT = /Bedside is at http:\/\/[^:]+:(\d+)/;

const argument = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const counts = (argument("beds") ?? "8,32,64").split(",").map(Number);
const seconds = Number(argument("seconds") ?? 20);
const minutes = Number(argument("minutes") ?? 0);
const hash = argument("view") === "bed" ? "#/bed/b1" : "#/";

interface Row extends Reading {
  readonly beds: number;
  /** Of all scripts that the view loads at first, gzipped, and what the server sent for them; kB. */
  readonly scriptsGzipKb: number;
  readonly sentKb: number;
  /** From the server to the browser while samples were taken, all of the socket's bytes, a bed and second; kB. */
  readonly socketKbPerBedS: number;
  readonly serverCpuPercent: number;
}

async function startServer(beds: number): Promise<{ app: Command; port: number }> {
  const app = startCommand("server/main/start.ts", ["--beds", String(beds)], {
    PORT: "0",
    HOST: "127.0.0.1",
    LOG_LEVEL: "error",
  });
  await app.printed(AT);
  return { app, port: Number(AT.exec(app.output())?.[1]) };
}

async function stop(app: Command): Promise<void> {
  app.child.kill("SIGTERM");
  await app.exited;
}

async function measure(browser: Browser, beds: number): Promise<Row> {
  const { app, port } = await startServer(beds);
  const proxy = await openCountingProxy(port);
  const page = await browser.newPage({ viewport: SCREEN });
  const probe = await openScreenProbe(page, app.child.pid ?? 0);
  let gzip = 0;
  page.on("response", async (response) => {
    if (response.url().endsWith(".js") && response.ok()) gzip += gzipSync(await response.body()).length;
  });
  try {
    await page.goto(`http://127.0.0.1:${proxy.port}/${hash}`, { timeout: 120_000 });
    const sentKb = await probe.scriptsSentKb();
    await probe.running();
    await sleep(SETTLE_S * 1000);
    const before = proxy.bytes();
    const { serverCpuPercent, ...reading } = await probe.read(seconds);
    const socketKbPerBedS = (proxy.bytes() - before) / 1000 / beds / seconds;
    return { beds, ...reading, scriptsGzipKb: gzip / 1000, sentKb, socketKbPerBedS, serverCpuPercent };
  } finally {
    await page.close();
    proxy.close();
    await stop(app);
  }
}

/** Live bytes of the page's heap, minute by minute, behind a collection. */
async function watchHeap(browser: Browser, beds: number): Promise<void> {
  const { app, port } = await startServer(beds);
  const page = await browser.newPage({ viewport: SCREEN });
  const probe = await openScreenProbe(page, app.child.pid ?? 0);
  const heaps: number[] = [];
  try {
    await page.goto(`http://127.0.0.1:${port}/${hash}`);
    for (let minute = 1; minute <= minutes; minute++) {
      await sleep(60_000);
      heaps.push(await probe.liveHeapMb());
      console.log(`minute ${minute}: ${heaps[minute - 1].toFixed(1)} MB`);
    }
  } finally {
    await page.close();
    await stop(app);
  }
  const fifth = heaps[Math.min(5, heaps.length) - 1];
  const later = heaps.slice(5).map((mb) => (mb / fifth - 1) * 100);
  const least = Math.min(...later, 0).toFixed(1);
  console.log(`${beds} beds, after the fifth minute: ${least} to +${Math.max(...later, 0).toFixed(1)} %`);
}

const browser = await openBrowser();
try {
  if (minutes > 0) await watchHeap(browser, counts[0]);
  else {
    const rows: Row[] = [];
    for (const beds of counts) {
      const row = await measure(browser, beds);
      rows.push(row);
      console.log(`${beds} beds:`);
      for (const [name, value] of Object.entries(row)) console.log(`  ${name} ${Number(value).toFixed(2)}`);
    }
    if (process.argv.includes("--json")) console.log(JSON.stringify({ bench: "screen", rows }));
  }
} finally {
  await browser.close();
}
