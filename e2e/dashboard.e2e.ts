import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { complaintsOf, DESKTOP, openBrowser, PHONE } from "./browser.ts";
import { type Command, kill, startApp } from "./processes.ts";
import { SYNTHETIC_BEDS } from "../data/synthetic/beds.ts";
import { syntheticRecord } from "../data/synthetic/record.ts";
import { heartRate, labelOffsets, labelPixels, lineHeight, picture, tile } from "./screen.ts";

const SHOTS = ".cache/screenshots";
/** What happens in them: nothing; a run and VT from 0:22 on; fast from 0:30 on; asystole at 0:30, a lead off at 1:18. */
const RECORDS = ["sinus", "ventricular-runs", "tachycardia", "pauses"].map((name) => `synthetic/${name}`);
const BEDS = ["b1", "b2", "b3", "b4"];

let app: Command;
let url = "";
let browser: Browser;
let page: Page;
let complaints: string[];

async function start(port: number): Promise<void> {
  app = startApp(["--records", RECORDS.join(",")], { PORT: String(port) });
  url = await app.address();
}

/** Asks again, as one who watches the screen, until `look` no longer throws. */
const soon = (look: () => Promise<void>, seconds = 15): Promise<void> =>
  vi.waitFor(look, { timeout: seconds * 1000, interval: 250 });

const connection = (): Promise<string | null> => page.getByTestId("connection").getAttribute("data-status");

async function tracesMove(): Promise<void> {
  for (const bed of BEDS) {
    const before = await picture(tile(page, bed));
    await soon(async () => expect(await picture(tile(page, bed))).not.toBe(before), 3);
  }
}

/** Keeps what is announced: each of two alarms that come at once is said for a moment. */
const listen = (of: Page): Promise<void> =>
  of.locator("alarm-announcer").evaluate((element) => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    const keep = (): number => said.push(element.shadowRoot?.querySelector("[aria-live=assertive]")?.textContent ?? "");
    if (element.shadowRoot)
      new MutationObserver(keep).observe(element.shadowRoot, { subtree: true, childList: true, characterData: true });
    keep();
  });
const announced = (): Promise<string> =>
  page.evaluate(() => (globalThis as unknown as { said: string[] }).said.join("; "));

beforeAll(async () => {
  await start(0);
  browser = await openBrowser();
  page = await browser.newPage({ viewport: DESKTOP });
  complaints = complaintsOf(page);
  await page.goto(url);
  await listen(page);
});

afterAll(async () => {
  await browser?.close();
  if (app) await kill(app);
});

test("beds appear with moving traces, labelled beats at their R peaks, and heart rates", async () => {
  await soon(async () => expect(await page.locator("bed-tile").count()).toBe(4));
  expect(await page.getByTestId("beds").innerText()).toBe("4 beds");
  expect(await connection()).toBe("live");
  await tracesMove();
  for (const bed of BEDS) {
    await soon(async () => expect(await labelPixels(tile(page, bed), "N")).toBeGreaterThan(5));
    await soon(async () => expect(await heartRate(tile(page, bed))).toBeGreaterThan(30));
    expect(await heartRate(tile(page, bed))).toBeLessThan(200);
  }
  await soon(async () => expect(await labelOffsets(tile(page, "b1"))).not.toEqual([]));
  for (const offset of await labelOffsets(tile(page, "b1"))) expect(Math.abs(offset)).toBeLessThanOrEqual(3);
  const sinus = await heartRate(tile(page, "b1"));
  expect(sinus).toBeGreaterThan(62);
  expect(sinus).toBeLessThan(82);
  expect(await page.getByTestId("model").innerText()).toMatch(/Model .+ · engine onnx · [0-9a-f]{12}/);
});

test("a bed's view shows every lead, its beats and what the model made of them", async () => {
  await tile(page, "b3").getByRole("link", { name: "b3" }).click();
  const view = page.locator("bed-view");
  await soon(async () => expect(await view.locator("ecg-trace").count()).toBe(2));
  await soon(async () => expect(await view.getByTestId("beat").count()).toBeGreaterThan(3));
  await soon(async () => expect(await view.locator("path.rate").count()).toBeGreaterThan(0));
  await soon(async () => expect(await view.locator("rr-tachogram g").count()).toBeGreaterThan(3));
  const before = await picture(view);
  await soon(async () => expect(await picture(view)).not.toBe(before), 3);
  await page.screenshot({ path: `${SHOTS}/bed-${DESKTOP.width}.png` });
  await page.getByRole("link", { name: "All beds" }).click();
  await soon(async () => expect(await page.locator("bed-tile").count()).toBe(4));
});

test("half the gain draws the line half as high", async () => {
  // A trace that comes into sight is blank until its last seconds are there.
  let atTen = 0;
  await soon(async () => {
    const [before, now] = [atTen, await lineHeight(tile(page, "b1"))];
    atTen = now;
    expect(await labelPixels(tile(page, "b1"), "N")).toBeGreaterThan(5);
    expect(Math.abs(before / now - 1)).toBeLessThan(0.05);
  });
  await page.getByLabel("Gain, mm/mV").selectOption("5");
  await page.getByLabel("Speed, mm/s").selectOption("12.5");
  // What is drawn wanders with breathing: near a half, and then near the whole again.
  const share = async (): Promise<number> => (await lineHeight(tile(page, "b1"))) / atTen;
  await soon(async () => expect(Math.abs((await share()) - 0.5)).toBeLessThan(0.1), 10);
  expect(await page.locator("app-footer .scale").innerText()).toContain("12.5 mm/s · 5 mm/mV");
  await page.getByLabel("Gain, mm/mV").selectOption("10");
  await page.getByLabel("Speed, mm/s").selectOption("25");
  await soon(async () => expect(Math.abs((await share()) - 1)).toBeLessThan(0.2), 10);
});

test("asystole is an alarm of high priority, which stays when it has ended", { timeout: 360_000 }, async () => {
  const inTile = tile(page, "b4").getByTestId("condition");
  const inList = page.locator('alarm-list [data-kind="asystole"]');
  // It lasts for seconds: all of it is looked at together, on a machine that is busy perhaps the next time that it comes.
  await soon(async () => {
    expect(await inList.innerText()).toMatch(/^Asystole\s+0:\d\d$/);
    expect(await page.locator("alarm-list li .bed").allInnerTexts()).toContain("b4");
    expect(await inTile.getAttribute("data-priority")).toBe("high");
    expect(await tile(page, "b4").getAttribute("priority")).toBe("high");
    expect(await heartRate(tile(page, "b4"))).toBe(0);
  }, 240);
  expect(await announced()).toContain("Bed b4: Asystole");
  await page.screenshot({ path: `${SHOTS}/ward-${DESKTOP.width}.png` });
  await page.goto(`${url}/#/bed/b4`);
  // A trace that stands still stops no alarm.
  await page.getByTestId("freeze").click();
  await soon(async () => expect(await inList.innerText()).toContain("ended"), 30);
  expect(await page.locator("frozen-lead").count()).toBe(2);
  const logged = page.locator('condition-log [data-kind="asystole"]').first();
  await soon(async () => expect(await logged.getAttribute("data-end")).toMatch(/^\d\d:\d\d:\d\d$/));
  await page.goto(`${url}/#/`);
});

test("on frozen traces an RR of the generator is measured by keys, while numbers and alarms go on", async () => {
  await page.goto(`${url}/#/bed/b1`);
  const measured = page.locator("frozen-lead").first().getByTestId("interval");
  const ms = async (): Promise<number> => Number.parseFloat((await measured.textContent()) ?? "");
  const moveEdge = async (): Promise<number> => {
    await soon(async () => expect(await measured.textContent()).toMatch(/^[1-9]\d+ ms/));
    await page.locator('frozen-lead [data-edge="time-1"]').first().focus();
    const begun = await ms();
    await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("ArrowRight");
    expect(Math.abs(begun - (await ms()) - 9 * (1000 / 360))).toBeLessThan(1.1);
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("ArrowLeft");
    expect(await ms()).toBe(begun);
    return begun;
  };
  // Asked for as soon as the page is there, before its samples are.
  await page.locator("trace-tools [data-testid=callipers]:enabled").waitFor();
  await page.keyboard.press("c");
  await moveEdge();
  await page.keyboard.press("Escape");
  const times = page.locator("beat-table [data-testid=beat] a");
  await soon(async () => expect(await times.count()).toBeGreaterThan(3));
  // Two more, which the trace has.
  for (let more = 0; more < 2; more++) {
    const before = await times.first().textContent();
    await soon(async () => expect(await times.first().textContent()).not.toBe(before));
  }
  await page.keyboard.press("c");
  const begun = await moveEdge();
  const last = await times.first().textContent();
  // The beats that it lies on are among the last ones, and the generator knows where each is.
  const { beats } = (await (await fetch(`${url}/api/beds/b1/beats`)).json()) as { beats: { sample: number }[] };
  const { seed, script } = SYNTHETIC_BEDS.find(({ name }) => name === "sinus") ?? SYNTHETIC_BEDS[0];
  const { annotations, length } = syntheticRecord(script, { samplingRateHz: 360, seed });
  const truth = annotations.filter(({ symbol }) => symbol === "N").map(({ sample }) => sample);
  const known = (sample: number): number =>
    truth.reduce((best, one) => (Math.abs(one - sample) < Math.abs(best - sample) ? one : best));
  // The record is played over and over in one epoch.
  const samples = beats.map(({ sample }) => sample % length);
  const errors = samples.slice(1).flatMap((sample, at) => {
    const before = samples[at];
    const isIt = Math.abs(((sample - before) / 360) * 1000 - begun) <= 1;
    return isIt ? [Math.abs(((known(sample) - known(before)) / 360) * 1000 - begun)] : [];
  });
  expect(errors).not.toEqual([]);
  expect(Math.max(...errors)).toBeLessThan(12);
  expect(await page.locator("frozen-sign b").first().innerText()).toMatch(/^FROZEN \d\d:\d\d:\d\d$/);
  await soon(async () => expect(await times.first().textContent()).not.toBe(last));
  expect(await heartRate(page.locator("bed-view"))).toBeGreaterThan(50);
  expect(await connection()).toBe("live");
  await page.keyboard.press("Escape");
  expect(await page.locator("frozen-lead").count()).toBe(0);
  expect(new URL(page.url()).hash).toBe("#/bed/b1");
  await page.keyboard.press("Escape");
  await soon(async () => expect(await page.locator("bed-tile").count()).toBe(4));
});

test("beats of ventricular tachycardia are labelled V on the trace", { timeout: 120_000 }, async () => {
  await soon(async () => expect(await labelPixels(tile(page, "b2"), "V")).toBeGreaterThan(100), 90);
});

test("a phone shows the same in one column, without scrolling sideways", async () => {
  const phone = await browser.newPage({ viewport: PHONE, deviceScaleFactor: 2, hasTouch: true });
  const complaintsOfPhone = complaintsOf(phone);
  await phone.goto(url);
  await soon(async () => expect(await labelPixels(tile(phone, "b1"), "N")).toBeGreaterThan(5));
  await phone.screenshot({ path: `${SHOTS}/ward-${PHONE.width}.png` });
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
  const boxes = await Promise.all(BEDS.map((bed) => tile(phone, bed).boundingBox()));
  expect(new Set(boxes.map((box) => box?.x)).size).toBe(1);
  await phone.goto(`${url}/#/bed/b1`);
  await soon(async () => expect(await phone.getByTestId("beat").count()).toBeGreaterThan(3));
  await phone.screenshot({ path: `${SHOTS}/bed-${PHONE.width}.png` });
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
  expect(complaintsOfPhone).toEqual([]);
  await phone.close();
});

test("until then nothing was complained of, and every message was understood", async () => {
  expect(complaints).toEqual([]);
  expect(await page.locator("app-footer .rejected").count()).toBe(0);
});

test(
  "without a server traces are stale and the page says so; with one again it is live",
  { timeout: 120_000 },
  async () => {
    const { port } = new URL(url);
    await soon(async () => expect(await page.locator("bed-tile").count()).toBe(4));
    await soon(async () => expect(await heartRate(tile(page, "b1"))).toBeGreaterThan(30), 60);
    await kill(app);
    await soon(async () => expect(["offline", "connecting"]).toContain(await connection()));
    await soon(async () => expect(await page.locator("bed-tile .no-data").count()).toBe(4));
    expect(await tile(page, "b1").locator(".no-data").innerText()).toMatch(/^NO DATA\s+\d+ s$/);
    expect(await heartRate(tile(page, "b1"))).toBeNull();
    const banner = page.getByTestId("offline");
    const since = /(?:OFFLINE|NO DATA) – nothing here is live since (\d\d:\d\d:\d\d)/i;
    await soon(async () => expect(await banner.innerText()).toMatch(since));
    const told = since.exec(await banner.innerText())?.[1];
    expect(await page.locator('alarm-list [data-kind="cut-off"]').count()).toBe(4);
    const stopped = () => page.locator("alarm-list .time.stopped").allInnerTexts();
    const clocks = await stopped();
    await page.screenshot({ path: `${SHOTS}/offline-${DESKTOP.width}.png` });
    const frozen = await picture(tile(page, "b1"));
    await page.waitForTimeout(1000);
    expect(await picture(tile(page, "b1"))).toBe(frozen);
    expect(await stopped()).toEqual(clocks);
    expect(since.exec(await banner.innerText())?.[1]).toBe(told);

    complaints.length = 0;
    await start(Number(port));
    await soon(async () => expect(await connection()).toBe("live"), 20);
    await soon(async () => expect(await page.locator(".no-data").count()).toBe(0));
    expect(await banner.count()).toBe(0);
    expect(await page.locator('[data-kind="cut-off"], .time.stopped').count()).toBe(0);
    await tracesMove();
    await soon(async () => expect(await heartRate(tile(page, "b1"))).toBeGreaterThan(30), 20);
    expect(complaints.filter((text) => !text.includes("ERR_CONNECTION_REFUSED"))).toEqual([]);
  },
);
