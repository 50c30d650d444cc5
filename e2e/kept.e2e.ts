import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { axeFindings } from "./axe.ts";
import { complaintsOf, DESKTOP, openBrowser } from "./browser.ts";
import { type Command, kill, startApp } from "./processes.ts";

/** What is kept of a bed, looked at afterwards: trends, full disclosure, one beat. */
const SHOTS = ".cache/screenshots";

let folder: string;
let app: Command;
let url = "";
let browser: Browser;
let page: Page;
let complaints: string[];

const soon = (look: () => Promise<void>, seconds = 30): Promise<void> =>
  vi.waitFor(look, { timeout: seconds * 1000, interval: 250 });

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "bedside-kept-"));
  app = startApp(["--records", "synthetic/ventricular-runs", "--speed", "4"], {
    HISTORY: path.join(folder, "history.sqlite"),
  });
  url = await app.address();
  browser = await openBrowser();
  page = await browser.newPage({ viewport: DESKTOP });
  complaints = complaintsOf(page);
});

afterAll(async () => {
  await browser?.close();
  await kill(app);
  await rm(folder, { recursive: true, force: true });
});

test("of a ventricular beat its page tells samples, window, what the class owes to what, and the alarm it led to", async () => {
  await page.goto(`${url}/#/bed/b1`);
  // While the run goes on, its beats are the last ones.
  await soon(
    async () => expect(await page.locator('alarm-list [data-kind="ventricular-tachycardia"]').count()).toBe(1),
    60,
  );
  const v = page.locator('beat-table [data-testid="beat"]', { has: page.locator('beat-chip[class-name="V"]') });
  const address = await v.nth(2).locator("a").getAttribute("href");
  // What a beat needs behind it, and what is written only then.
  await page.waitForTimeout(4000);
  await page.goto(`${url}/${address?.slice(2)}`);
  await soon(async () => expect(await page.locator("provenance-view chart-figure svg").count()).toBe(3));
  const parts = page.locator("provenance-view section, beat-origin dl, beat-rules ol");
  const text = (await parts.allInnerTexts()).join("\n");
  expect(text).toMatch(/P\(V\) (9\d|100)\.\d %/);
  expect(text).toMatch(/ecg\.beats\.v1\/\d+\/\d+/);
  expect(text).toMatch(/received by the worker \+\d+ ms/);
  expect(text).toMatch(
    /signal before the beat.*: (the probabilities are those|no probability differs by more than \d\.\d %)/,
  );
  expect(text).toMatch(/Ventricular (run|tachycardia), (medium|high)/);
  expect(text).toMatch(/\d\d:\d\d:\d\d raised/);
  await page.screenshot({ path: `${SHOTS}/beat-${DESKTOP.width}.png`, fullPage: true });
  expect(await axeFindings(page)).toEqual([]);
});

test("trends of the last ten minutes, and from a time in them to its signal and beats", async () => {
  await page.goto(`${url}/#/trends/b1`);
  await page.getByRole("button", { name: "10 min" }).click();
  const panel = page.locator("trend-panel .plot").first();
  await soon(async () => expect(await panel.getAttribute("aria-label")).toMatch(/mean \d+/));
  await page.screenshot({ path: `${SHOTS}/trends-${DESKTOP.width}.png` });
  expect(await axeFindings(page)).toEqual([]);
  const box = await page.locator("trend-panel .u-over").first().boundingBox();
  await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) - 20, (box?.y ?? 0) + 40);
  await soon(async () => expect(await page.locator("disclosure-view .beats a").count()).toBeGreaterThan(2));
  await page.screenshot({ path: `${SHOTS}/disclosure-${DESKTOP.width}.png` });
  expect(await axeFindings(page)).toEqual([]);
  await page.locator("disclosure-view .beats a").first().click();
  await soon(async () => expect(await page.locator("provenance-view h1").innerText()).toMatch(/^Beat of b1 at/));
});

test("axe-core finds nothing in the list of events and in one that is open", async () => {
  await page.goto(`${url}/#/events`);
  await page.locator("episode-list a").first().waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.locator("episode-list a").last().click();
  await page.locator("ecg-strip [data-testid=beat]").first().waitFor();
  await page.screenshot({ path: `${SHOTS}/event-${DESKTOP.width}.png` });
  expect(await axeFindings(page, "episode-detail")).toEqual([]);
});

test("nothing on the pages broke their security policy", () => {
  expect(complaints).toEqual([]);
});
