import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { axeFindings } from "./axe.ts";
import { complaintsOf, DESKTOP, openBrowser, PHONE } from "./browser.ts";
import { type Command, kill, startApp } from "./processes.ts";
import { picture, tile } from "./screen.ts";

const SHOTS = ".cache/screenshots";
/** VT from 0:22 on, so that there are alarms while other pages are looked at. */
const RECORDS = ["sinus", "ventricular-runs"].map((name) => `synthetic/${name}`);

let app: Command;
let url = "";
let browser: Browser;
let page: Page;
let complaints: string[];

const soon = (look: () => Promise<void>, seconds = 20): Promise<void> =>
  vi.waitFor(look, { timeout: seconds * 1000, interval: 250 });

const status = (): Promise<string | null> => page.getByTestId("upload-status").getAttribute("data-status");

/** How far a page's content is wider than its place, CSS px. */
const tooWide = (of: Page = page): Promise<number> =>
  of.locator("main").evaluate((main) => Math.max(0, main.scrollWidth - main.clientWidth));

beforeAll(async () => {
  app = startApp(["--records", RECORDS.join(",")]);
  url = await app.address();
  browser = await openBrowser();
  page = await browser.newPage({ viewport: DESKTOP });
  complaints = complaintsOf(page);
});

afterAll(async () => {
  await browser?.close();
  await kill(app);
});

/** Each view that needs nothing kept (e2e/kept.e2e.ts has the others), what stands there when it has come, and what of it is looked at. */
const VIEWS = [
  ["#/", "bed-tile", "bedside-app"],
  ["#/map", "map-bed", "main"],
  ["#/bed/b2", "beat-table tbody tr", "main"],
  ["#/simulation/b1", "play-controls select", "main"],
  ["model", "evaluation-view svg.chart", "main"],
  ["upload", "upload-view h1", "main"],
] as const;
/** What opens over a page: which button opens it, its name, and what it is then. */
const DIALOGS = [
  ["Settings", "page-settings dialog[open]"],
  ["Keys", "key-help dialog[open]"],
  ["A tour in four steps", "newcomer-tour [role=dialog]"],
] as const;

describe("axe-core finds nothing of any severity, at three sizes, dark and light", () => {
  let other: Page;

  beforeAll(async () => {
    other = await browser.newPage({ viewport: DESKTOP });
    await other.goto(url);
  });

  afterAll(() => other.close());

  test.each(DIALOGS)("%s", async (name, dialog) => {
    await other.getByRole("button", { name, exact: true }).click();
    await other.locator(dialog).waitFor();
    expect(await axeFindings(other, dialog)).toEqual([]);
    // From the settings one comes to the keys.
    if (name !== "Settings") await other.keyboard.press("Escape");
  });

  test.each(VIEWS)("%s", async (path, shows, part) => {
    if (path.startsWith("#")) await other.evaluate((hash) => (location.hash = hash), path);
    else await other.locator(`app-header nav a[href$="${path}"]`).click();
    await other.locator(shows).first().waitFor();
    expect(await axeFindings(other, part)).toEqual([]);
  });
});

test("who reads German has the page in German, at the size of a phone too, and may choose English", async () => {
  const context = await browser.newContext({ locale: "de-DE", viewport: PHONE });
  const other = await context.newPage();
  await other.goto(url);
  await other.getByRole("heading", { name: "Alarme" }).waitFor();
  expect(await other.locator("html").getAttribute("lang")).toBe("de");
  await soon(async () => expect(await tile(other, "b1").locator(".rhythm").textContent()).toContain("Sinusrhythmus"));
  expect(await tooWide(other)).toBe(0);
  await other.screenshot({ path: `${SHOTS}/german-${PHONE.width}.png` });
  await other.getByRole("button", { name: "Einstellungen" }).click();
  await other.getByTestId("language").selectOption("en");
  await other.getByRole("heading", { name: "Alarms" }).waitFor();
  expect(await other.locator("html").getAttribute("lang")).toBe("en");
  await context.close();
});

test("the model's page says first how good, on whom, and what not to trust", async () => {
  await page.goto(`${url}/model`);
  await soon(async () => expect(await page.getByTestId("verdict").count()).toBeGreaterThanOrEqual(4));
  expect(await page.getByTestId("headline").innerText()).toMatch(/: .*(right|F1)/);
  expect(await page.title()).toMatch(/Models – Bedside$/);
  await soon(async () => expect(await page.locator("evaluation-view svg.chart").count()).toBeGreaterThan(0));
  expect(await page.locator("evaluation-view svg.chart text").count()).toBeGreaterThan(10);
  expect(await page.getByRole("heading", { name: "Limits, and where it comes from" }).count()).toBe(1);
  await page.screenshot({ path: `${SHOTS}/model-${DESKTOP.width}.png` });
  await page.getByRole("button", { name: "Uploaded rows" }).click();
  await soon(async () => expect(await page.getByText("One isolated beat").count()).toBe(1));
});

test("from page to page the socket stays, and the alarms in sight", async () => {
  let sockets = 0;
  page.on("websocket", () => sockets++);
  await page.getByRole("link", { name: "Upload" }).click();
  await soon(async () => expect(await page.locator("upload-view").count()).toBe(1));
  expect(new URL(page.url()).pathname).toBe("/upload");
  await soon(async () => expect(await page.locator("alarm-list li").count()).toBeGreaterThan(0), 60);
  await page.goBack();
  await soon(async () => expect(await page.locator("model-view").count()).toBe(1));
  await page.getByRole("link", { name: "Ward" }).click();
  await soon(async () => expect(await page.locator("bed-tile").count()).toBe(2));
  const before = await picture(tile(page, "b1"));
  await soon(async () => expect(await picture(tile(page, "b1"))).not.toBe(before));
  await page.getByRole("link", { name: "Model", exact: true }).click();
  await page.locator("alarm-list a").first().click();
  await soon(async () => expect(await page.locator("bed-view").count()).toBe(1));
  expect(sockets).toBe(0);
});

test("a view whose files do not come says what to do, and is there when they come", async () => {
  const context = await browser.newContext({ viewport: DESKTOP });
  const other = await context.newPage();
  const asked: string[] = [];
  other.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await other.goto(url);
  await soon(async () => expect(await other.locator("bed-tile").count()).toBe(2));
  expect(asked.filter((file) => /\/(model|upload)-view/.test(file))).toEqual([]);
  await other.route("**/assets/*.js", (route) => route.abort());
  await other.getByRole("link", { name: "Model", exact: true }).click();
  await soon(async () => expect(await other.getByText("This page did not load").count()).toBe(1));
  expect(await other.locator("alarm-list").count()).toBe(1);
  await other.unroute("**/assets/*.js");
  await other.getByRole("button", { name: "Try again" }).click();
  await soon(async () => expect(await other.locator("model-view").count()).toBe(1));
  await context.close();
});

test("noise and lead-off dragged onto a bed are answered by the bed, and said on it everywhere", async () => {
  await page.goto(`${url}/#/simulation/b1`);
  await soon(async () => expect(await page.getByTestId("record").inputValue()).toBe("synthetic/sinus"));
  const outcome = () => page.getByTestId("outcome").innerText();
  await page.getByTestId("white").fill("5");
  await soon(async () => expect(await outcome()).toBe("The bed plays what you asked for."));
  const said = page.locator("bed-response").getByTestId("injected");
  await soon(async () => expect(await said.innerText()).toBe("SIMULATED white noise 0 dB"));
  await page.getByTestId("lead-off-2").click();
  const off = page.getByTestId("alarms").getByText("Lead off");
  await soon(async () => expect(await off.allInnerTexts()).toEqual([expect.stringContaining("V1")]));
  await page.getByTestId("lead-off").click();
  await soon(async () => expect(await off.count()).toBe(2));
  await page.screenshot({ path: `${SHOTS}/simulation-${DESKTOP.width}.png` });
  await page.getByRole("link", { name: "Ward" }).click();
  await soon(async () =>
    expect(await tile(page, "b1").getByTestId("injected").innerText()).toBe(
      "SIMULATED white noise 0 dB, all leads off",
    ),
  );
  expect(await tile(page, "b2").getByTestId("injected").count()).toBe(0);
  await page.goBack();
  await page.getByRole("button", { name: "Remove all disturbances" }).click();
  await page.getByTestId("record").selectOption("synthetic/bigeminy");
  await page.getByRole("link", { name: "Ward" }).click();
  await soon(async () => expect(await tile(page, "b1").locator(".source").textContent()).toContain("bigeminy"));
  expect(await tile(page, "b1").getByTestId("injected").count()).toBe(0);
});

test("an example shows what a file comes to: totals, scores, refused rows, the beat, a file to keep", async () => {
  await page.getByRole("link", { name: "Upload" }).click();
  await page.getByRole("button", { name: "Try an example" }).click();
  await soon(async () => expect(await status()).toBe("done"), 60);
  expect(await page.getByTestId("upload-status").innerText()).toContain("120 rows classified, 1 refused");
  expect(await page.getByTestId("rejected").innerText()).toMatch(/^Line 41\s+.*cell 1/);
  expect(await page.getByTestId("scores").innerText()).toContain("120 labels");
  expect(await page.getByTestId("row").count()).toBe(50);
  const line = page.locator("uploaded-beat path.line").first();
  await soon(async () => expect(await line.count()).toBe(1));
  const first = await line.getAttribute("d");
  await page.getByRole("button", { name: "Show line 1", exact: true }).press("ArrowDown");
  await soon(async () => expect(await line.getAttribute("d")).not.toBe(first));
  await page.getByRole("button", { name: "Next ›" }).click();
  await soon(async () => expect(await page.getByTestId("page").innerText()).toBe("51 to 100 of 120"));
  await page.screenshot({ path: `${SHOTS}/upload-${DESKTOP.width}.png` });
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download CSV" }).click(),
  ]);
  const folder = await mkdtemp(path.join(tmpdir(), "bedside-pages-"));
  await download.saveAs(path.join(folder, "out.csv"));
  const lines = (await readFile(path.join(folder, "out.csv"), "utf8")).trim().split("\r\n");
  await rm(folder, { recursive: true });
  expect(lines).toHaveLength(122);
  expect(lines[0]).toBe("row,beatClass,N,S,V,F,Q,label,rejected");
  expect(lines[41]).toMatch(/^41,,,,,,,,"/);
});

test("a file that is none is refused in words, and another can be chosen", async () => {
  const choose = (name: string, text: string) =>
    page.locator('input[type="file"]').setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await choose("empty.csv", "");
  await soon(async () => expect(await status()).toBe("failed"));
  expect(await page.getByTestId("upload-status").innerText()).toMatch(/^empty\.csv: .*empty/);
  await choose("one.csv", `${Array.from({ length: 187 }, (_, i) => (i === 0 ? 1 : 0)).join(";")}\r\n`);
  await soon(async () => expect(await status()).toBe("done"), 60);
  expect(await page.getByTestId("upload-status").innerText()).toContain("1 rows classified, 0 refused");
  // The refusal stands on the console as the request's 422.
  expect(complaints.filter((text) => !text.includes("422"))).toEqual([]);
});

test("on a phone nothing is wider than the screen", async () => {
  await page.setViewportSize(PHONE);
  await page.goto(`${url}/model`);
  await soon(async () => expect(await page.locator("evaluation-view svg.chart").count()).toBeGreaterThan(0));
  expect(await tooWide()).toBe(0);
  await page.screenshot({ path: `${SHOTS}/model-${PHONE.width}.png` });
  await page.goto(`${url}/upload`);
  await page.getByRole("button", { name: "Try an example" }).click();
  await soon(async () => expect(await status()).toBe("done"), 60);
  await soon(async () => expect(await page.locator("uploaded-beat path.line").count()).toBeGreaterThan(0));
  expect(await tooWide()).toBe(0);
  await page.screenshot({ path: `${SHOTS}/upload-${PHONE.width}.png` });
});
