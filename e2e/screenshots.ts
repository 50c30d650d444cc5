import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Page } from "playwright-core";
import { openBrowser } from "./browser.ts";
import { startCommand } from "./processes.ts";

/** npm run screenshots: takes every picture of docs/screens/ anew, on synthetic beds. */
const FOLDER = path.resolve(import.meta.dirname, "../docs/screens");
const SIZES = {
  wall: { width: 1920, height: 1080 },
  desk: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
};
/** So that alarms stand, latched ones and open ones, and tables are not empty. */
const PLAYED_MS = 60_000;
const LOADED_MS = 4000;
const AT = /Bedside is at (http:\/\/\S+)/;

/** Each view that has a picture, and how one comes to it from the ward. */
const VIEWS: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  ward: async () => {},
  bed: (page) => page.locator("bed-tile a").first().click(),
  beat: async (page) => {
    await page.locator("bed-tile a").first().click();
    await page.locator("beat-table tbody a").last().click();
    await page.locator("provenance-view chart-figure svg").first().waitFor();
  },
};

const app = startCommand("server/main/start.ts", [], {
  PORT: "0",
  HOST: "127.0.0.1",
  LOG_LEVEL: "warn",
});
const browser = await openBrowser();
try {
  await app.printed(AT);
  const url = AT.exec(app.output())?.[1] ?? "";
  await mkdir(FOLDER, { recursive: true });
  await new Promise((resolve) => setTimeout(resolve, PLAYED_MS));
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ["dark", "light"] as const) {
      for (const [view, open] of Object.entries(VIEWS)) {
        const page = await browser.newPage({ viewport, colorScheme });
        await page.goto(url);
        await page.locator("bed-tile").first().waitFor();
        await open(page);
        await page.waitForTimeout(LOADED_MS);
        const file = `${view}-${size}-${colorScheme}.png`;
        await page.screenshot({ path: path.join(FOLDER, file) });
        console.log(file);
        await page.close();
      }
    }
  }
} finally {
  await browser.close();
  app.child.kill("SIGTERM");
  await app.exited;
}
