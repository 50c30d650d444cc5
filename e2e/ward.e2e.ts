import { WebSocket } from "ws";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { complaintsOf, openBrowser } from "./browser.ts";
import { type Command, kill, startApp } from "./processes.ts";

const SCREEN = { width: 1280, height: 900 } as const;
/** A prime: a plain grid of them would leave holes. */
const BEDS = 5;

let app: Command;
let browser: Browser;
let page: Page;
let complaints: string[];

const soon = (look: () => Promise<void>, seconds = 30): Promise<void> =>
  vi.waitFor(look, { timeout: seconds * 1000, interval: 250 });

beforeAll(async () => {
  const what = ["--records", "synthetic/bradycardia", "--beds", String(BEDS)];
  app = startApp(what);
  browser = await openBrowser();
  page = await browser.newPage({ viewport: SCREEN });
  complaints = complaintsOf(page);
  await page.goto(await app.address());
});

afterAll(async () => {
  await browser?.close();
  await kill(app);
});

test("beds fill the screen, whatever their number", async () => {
  await soon(async () => expect(await page.locator("bed-tile").count()).toBe(BEDS));
  const boxes = await page
    .locator("bed-tile")
    .evaluateAll((tiles) => tiles.map((tile) => tile.getBoundingClientRect().toJSON()));
  const right = Math.max(...boxes.map((box) => box.right));
  for (const top of new Set(boxes.map((box) => box.top))) {
    const row = boxes.filter((box) => box.top === top);
    expect(Math.abs(Math.max(...row.map((box) => box.right)) - right)).toBeLessThan(2);
  }
  expect(Math.max(...boxes.map((box) => box.bottom))).toBeLessThanOrEqual(SCREEN.height);
});

test(
  "beside a limit stands a rate beyond it, from the begin of an extreme bradycardia on",
  { timeout: 240_000 },
  async () => {
    const limits = new Set<number>();
    await soon(async () => {
      const seen = await page.locator("heart-rate").evaluateAll((elements) =>
        elements.map((element) => {
          const limit = /< (\d+)/.exec(element.shadowRoot?.querySelector(".note")?.textContent ?? "")?.[1];
          return { limit, number: element.shadowRoot?.querySelector(".number")?.textContent ?? "" };
        }),
      );
      for (const { limit, number } of seen) {
        if (limit === undefined) continue;
        if (Number(number) >= Number(limit)) limits.add(-1);
        limits.add(Number(limit));
      }
      expect(limits).toContain(40);
    }, 200);
    // Rounded, a rate just below its limit reads as the limit: the generator's are far below.
    expect(limits).not.toContain(-1);
  },
);

test("an alarm is acknowledged in the list, which says by whom", { timeout: 240_000 }, async () => {
  const row = page.locator("alarm-list li").first();
  const acknowledge = row.getByTestId("acknowledge").first();
  const by = page.locator("alarm-list .by");
  // One that has ended meanwhile is gone once it is acknowledged: on a machine that is busy it is the next one.
  await soon(async () => {
    if ((await by.count()) === 0) {
      if ((await acknowledge.count()) === 0) await row.locator("button").first().click({ timeout: 5000 });
      await row.getByLabel("Your name").fill("Anna", { timeout: 5000 });
      await acknowledge.click({ timeout: 5000 });
      await by.first().waitFor({ timeout: 5000 });
    }
    expect(await by.first().innerText()).toBe("acknowledged by Anna");
  }, 200);
});

test("the wall screen has no controls until Escape", async () => {
  await page.getByRole("button", { name: "Wall screen" }).click();
  await soon(async () => expect(await page.locator("app-header nav").count()).toBe(0));
  expect(await page.locator("ward-tools").count()).toBe(0);
  await page.keyboard.press("Escape");
  await soon(async () => expect(await page.locator("ward-tools").count()).toBe(1));
  expect(complaints).toEqual([]);
});

test("each QRS is told before the class of its beat", async () => {
  const socket = new WebSocket(`${(await app.address()).replace("http", "ws")}/ws`, "bedside.v1");
  const order: string[] = [];
  socket.on("open", () => socket.send(JSON.stringify({ type: "subscribe", topics: ["qrs", "beats"], beds: "*" })));
  socket.on("message", (text) => {
    const { topic, data } = JSON.parse(String(text)) as { topic?: string; data?: { id: string } };
    if (topic && data) order.push(`${topic} ${data.id}`);
  });
  // The first may be of QRS that were told before.
  await soon(async () => expect(order.filter((told) => told.startsWith("beats")).length).toBeGreaterThan(3 * BEDS));
  socket.terminate();
  const beats = order.filter((told) => told.startsWith("beats")).slice(2 * BEDS);
  for (const told of beats) {
    const found = order.indexOf(told.replace("beats", "qrs"));
    expect(found).toBeGreaterThanOrEqual(0);
    expect(found).toBeLessThan(order.indexOf(told));
  }
});
