import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { openBrowser } from "../e2e/browser.ts";
import { deferred } from "../kit/deferred.ts";
import { environmentWith } from "../server/config.ts";

/**
 * A newcomer's loop: from a colour saved in a tile's styles to that colour on the screen, `npm run dev` running and the page
 * open in a headless Chromium: `npm run bench -- dev-loop [--json]`. In a copy of the sources, so that a run that is broken
 * off leaves no colour behind.
 */
const ROOT = path.resolve(import.meta.dirname, "..");
const COPY = path.join(ROOT, ".cache", "dev-loop");
const ROOMS = "bus charts client contracts data kit model scoring server signal simulator tools".split(" ");
const FILES = ["package.json", "tsconfig.json"];
const STYLES = path.join(COPY, "client/elements/ward/bed-tile-styles.ts");
const COLOUR = /background: (var\(--panel\)|rgb\([\d, ]+\));/;
const TIMES = 7;

async function copySources(): Promise<void> {
  await rm(COPY, { recursive: true, force: true });
  await mkdir(COPY, { recursive: true });
  const isNeeded = (file: string): boolean => !/^(data\/files|client\/dist)\b/.test(path.relative(ROOT, file));
  for (const name of [...ROOMS, ...FILES])
    await cp(path.join(ROOT, name), path.join(COPY, name), { recursive: true, filter: isNeeded });
}

/** Starts `npm run dev` in the copy; gives where the page is, and how to end it. */
async function startDev(): Promise<{ url: string; end: () => Promise<void> }> {
  const child = spawn(process.execPath, ["--import", "tsx", "tools/commands/dev.ts", "--beds", "8"], {
    cwd: COPY,
    env: environmentWith({ PORT: "0", LOG_LEVEL: "error" }),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const found = deferred<string>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const url = /^Bedside is at (\S+)/.exec(line)?.[1];
    if (url) found.resolve(url);
  });
  child.once("exit", (code) => found.reject(new Error(`npm run dev ended with ${code}`)));
  const end = async (): Promise<void> => {
    if (child.exitCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  return { url: await found.promise, end };
}

/** In the page, as text, since what runs this file adds helpers of its own to functions: tells of each colour behind the first tile. */
const WATCH = `
  const below = (element, selector) => element?.shadowRoot?.querySelector(selector);
  let last;
  const look = () => {
    const tile = below(below(below(document.querySelector("bedside-app"), "ward-view"), "bed-tile"), "article");
    const colour = tile ? getComputedStyle(tile).backgroundColor : last;
    if (colour !== last) sawColour(colour);
    last = colour;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
`;

await copySources();
const dev = await startDev();
const browser = await openBrowser();
const took: number[] = [];
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const waiting = new Map<string, () => void>();
  const first = deferred<void>();
  await page.exposeFunction("sawColour", (colour: string) => {
    first.resolve();
    waiting.get(colour)?.();
  });
  await page.addInitScript({ content: WATCH });
  await page.goto(dev.url);
  await first.promise;
  for (let n = 1; n <= TIMES; n++) {
    await page.waitForTimeout(1500);
    const colour = `rgb(${n}, 20, 30)`;
    const text = (await readFile(STYLES, "utf8")).replace(COLOUR, `background: ${colour};`);
    const shown = new Promise<void>((resolve) => waiting.set(colour, resolve));
    const beginMs = performance.now();
    await writeFile(STYLES, text);
    await shown;
    took.push(performance.now() - beginMs);
  }
} finally {
  await browser.close();
  await dev.end();
  await rm(COPY, { recursive: true, force: true });
}

const sorted = took.map(Math.round).toSorted((a, b) => a - b);
const medianMs = sorted[Math.floor(sorted.length / 2)];
console.log(`a colour saved → on the screen: median of ${TIMES} ${medianMs} ms (${sorted.join(", ")} ms)`);
if (process.argv.includes("--json")) console.log(JSON.stringify({ bench: "dev-loop", medianMs, ms: sorted }));
