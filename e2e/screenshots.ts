import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "./browser.ts";
import { startApp } from "./processes.ts";

/**
 * npm run screenshots: takes every picture of docs/screens/ anew, on synthetic beds. With a folder behind it (npm run screenshots -- FOLDER), all
 * views at all sizes in both themes go there instead.
 */
const CHOSEN = path.resolve(import.meta.dirname, "../docs/screens");
const SIZES = {
  wall: { width: 1920, height: 1080 },
  desk: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
} as const;
const THEMES = ["dark", "light"] as const;
/** Those in docs: each view once, and of what a size or a theme changes most one more. */
const IN_DOCS = new Set(
  [
    ["ward", "wall-dark", "desk-light", "phone-dark"],
    ["calm", "desk-dark"],
    ["ward64", "desk-dark"],
    ["bed", "desk-dark", "phone-light"],
    ["map", "desk-dark"],
    ["events", "desk-dark"],
    ["event", "desk-dark"],
    ["trends", "desk-dark"],
    ["disclosure", "desk-dark"],
    ["beat", "desk-dark"],
    ["simulation", "desk-dark"],
    ["model", "desk-dark"],
    ["upload", "desk-light"],
  ].flatMap(([view, ...looks]) => looks.map((look) => `${view}-${look}`)),
);
/** Traces and figures have come. */
const DRAWN_MS = 1200;

type Open = (page: Page) => Promise<unknown>;

const go =
  (address: string, shows: string): Open =>
  async (page) => {
    await page.evaluate((hash) => (location.hash = hash), address);
    await page.locator(shows).first().waitFor({ timeout: 60_000 });
  };
const follow =
  (link: string, shows: string): Open =>
  async (page) => {
    await page.locator(link).first().click();
    await page.locator(shows).first().waitFor({ timeout: 60_000 });
  };

/** What is started, how long it plays before the first picture, s, and the views that are looked at, in their order. */
const SCENES: readonly {
  readonly args: readonly string[];
  readonly seconds: number;
  readonly views: Readonly<Record<string, Open>>;
}[] = [
  {
    args: [],
    seconds: 75,
    views: {
      ward: go("#/", "bed-tile"),
      map: go("#/map", "map-bed"),
      bed: go("#/bed/b2", "beat-table tbody tr"),
      beat: follow("beat-table tbody a", "provenance-view chart-figure svg"),
      trends: go("#/trends/b2", "trend-panel canvas"),
      disclosure: go("#/disclosure/b2", "disclosure-view canvas"),
      events: go("#/events", "episode-list a"),
      event: follow("episode-list a", "ecg-strip [data-testid=beat]"),
      simulation: go("#/simulation/b2", "play-controls select"),
      model: follow('app-header a[href$="model"]', "evaluation-view svg.chart"),
      upload: follow('app-header a[href$="upload"]', "upload-view h1"),
    },
  },
  {
    args: ["--records", "synthetic/sinus", "--beds", "8"],
    seconds: 15,
    views: { calm: go("#/", "bed-tile") },
  },
  {
    args: ["--beds", "64"],
    seconds: 45,
    views: { ward64: go("#/", "bed-tile") },
  },
];

async function shoot(browser: Browser, scene: (typeof SCENES)[number], folder: string, isAll: boolean): Promise<void> {
  const history = await mkdtemp(path.join(tmpdir(), "bedside-screens-"));
  const app = startApp(scene.args, { HISTORY: path.join(history, "history.sqlite") });
  try {
    const page = await browser.newPage({ viewport: SIZES.desk, colorScheme: "dark" });
    await page.goto(await app.address(), { waitUntil: "commit" });
    await page.locator("bed-tile").first().waitFor({ timeout: 90_000 });
    await page.waitForTimeout(scene.seconds * 1000);
    for (const [view, open] of Object.entries(scene.views)) {
      await page.setViewportSize(SIZES.desk);
      await open(page);
      for (const colorScheme of THEMES) {
        for (const [size, viewport] of Object.entries(SIZES)) {
          const name = `${view}-${size}-${colorScheme}`;
          if (!isAll && !IN_DOCS.has(name)) continue;
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize(viewport);
          await page.waitForTimeout(DRAWN_MS);
          await page.screenshot({ path: path.join(folder, `${name}.png`), timeout: 90_000 });
          console.log(name);
        }
      }
    }
    await page.close();
  } finally {
    app.child.kill("SIGTERM");
    await app.exited;
    await rm(history, { recursive: true, force: true });
  }
}

const [given] = process.argv.slice(2);
const folder = given === undefined ? CHOSEN : path.resolve(given);
const browser = await openBrowser();
try {
  await mkdir(folder, { recursive: true });
  for (const scene of SCENES) await shoot(browser, scene, folder, given !== undefined);
} finally {
  await browser.close();
}
