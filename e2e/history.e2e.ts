import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { BedAlarms } from "../contracts/alarm.ts";
import { DESKTOP, openBrowser } from "./browser.ts";
import { type Command, kill, startApp } from "./processes.ts";

const folder = mkdtempSync(path.join(tmpdir(), "bedside-history-"));

let app: Command;
let url = "";
let browser: Browser;

async function start(): Promise<void> {
  const args = ["--beds", "1", "--records", "synthetic/ventricular-runs", "--speed", "8", "--no-canaries"];
  app = startApp(args, { HISTORY: path.join(folder, "history.sqlite") });
  url = await app.address();
}

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await kill(app);
  rmSync(folder, { recursive: true, force: true });
});

interface Episodes {
  readonly episodes: readonly {
    readonly alarm: { readonly id: string; readonly kind: string; readonly epoch: string };
  }[];
}

const tachycardias = async (): Promise<Episodes["episodes"]> => {
  const answer = await fetch(`${url}/api/events?kinds=ventricular-tachycardia`);
  return ((await answer.json()) as Episodes).episodes;
};
/** Ids of the alarms that are not over. */
async function standing(): Promise<string[]> {
  const { beds } = (await (await fetch(`${url}/api/alarms`)).json()) as { beds: BedAlarms[] };
  return beds.flatMap(({ alarms }) => alarms.map(({ id }) => id));
}

const soon = (look: () => Promise<void>): Promise<void> => vi.waitFor(look, { timeout: 60_000, interval: 200 });

test("an alarm that stands when the server is killed stands on the page when it is back, and can be reviewed", async () => {
  await start();
  await soon(async () => expect(await tachycardias()).not.toEqual([]));
  const [{ alarm }] = (await tachycardias()).slice(-1);
  // So that what went on before and after it is in the file.
  await soon(async () => {
    const range = `from=${Date.now() - 3_600_000}&to=${Date.now() + 3_600_000}`;
    const told = (await (await fetch(`${url}/api/beds/b1/beats?${range}`)).json()) as { beats: unknown[] };
    expect(told.beats.length).toBeGreaterThan(90);
  });
  await kill(app);
  await start();
  // The very one: the recording that is played anew raises its own, too.
  await soon(async () => expect(await standing()).toContain(alarm.id));

  const page = await (await browser.newContext({ viewport: DESKTOP, acceptDownloads: true })).newPage();
  await page.goto(`${url}/#/events/${encodeURIComponent(alarm.id)}`);
  const shown = page.locator('alarm-list [data-kind="ventricular-tachycardia"]');
  await soon(async () => expect(await shown.count()).toBeGreaterThan(0));
  await soon(async () => expect(await beats(page)).toContain("V"));
  expect(await page.getByTestId("title").innerText()).toBe("Ventricular tachycardia");
  expect(await page.locator("ecg-strip .name").allTextContents()).toContainEqual(expect.stringContaining("MLII"));

  const first = page.locator(".screen [data-testid=beat][data-class=V]").first();
  const id = await first.getAttribute("data-beat");
  await page.locator("input[name=by]").fill("Anna");
  await first.click();
  await page.getByTestId("relabel").locator("[data-class=N]").click();
  const relabelled = page.locator(`.screen [data-testid=beat][data-beat="${id}"]`);
  await soon(async () => expect(await relabelled.getAttribute("data-class")).toBe("N"));
  await page.getByTestId("relabel").locator("[data-class=V]").click();
  await soon(async () => expect(await relabelled.getAttribute("data-class")).toBe("V"));

  await page.locator("input[name=reason]").fill("lead moved");
  await page.getByTestId("dismiss").click();
  await soon(async () => expect(await page.getByTestId("dismissed").innerText()).toMatch(/Anna.*lead moved/));
  await page.getByTestId("reinstate").click();
  await soon(async () => expect(await page.getByTestId("dismissed").count()).toBe(0));

  const downloads: string[] = [];
  page.on("download", (download) => downloads.push(download.suggestedFilename()));
  for (const name of ["edf", "png"]) await page.getByTestId(name).click();
  await soon(async () => expect(downloads.map((file) => path.extname(file)).sort()).toEqual([".edf", ".png"]));
}, 240_000);

const beats = (page: Page): Promise<string[]> =>
  page
    .locator(".screen [data-testid=beat]")
    .evaluateAll((all) => all.map((one) => String(one.getAttribute("data-class"))));
